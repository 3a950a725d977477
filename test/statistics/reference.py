"""Answers the questions of a JSON file with the implementations that Slipway's statistics are compared with.

    python reference.py QUESTIONS.json ANSWERS.json

What only some questions need is imported by them: scikit-learn and statsmodels take longer to load than most answers.
"""

import json
import sys
import warnings

import numpy as np
from scipy import ndimage, optimize, special, stats
from scipy.spatial import distance

warnings.filterwarnings("ignore")


def mcnemar_mid_p(fixed, broken):
    from statsmodels.stats.contingency_tables import mcnemar

    exact = mcnemar([[0, fixed], [broken, 0]], exact=True).pvalue
    # statsmodels has the exact p; the mid-p counts half of what was seen.
    return exact if fixed == broken else exact - stats.binom.pmf(min(fixed, broken), fixed + broken, 0.5)


def likeliest_broken(fixed, broken, rows, difference):
    """The chance of a broken row with the largest multinomial likelihood, given the difference."""
    equal = rows - fixed - broken
    low, high = max(0, -difference), (1 - difference) / 2

    def slope(q):
        terms = [(fixed, q + difference), (broken, q)]
        rising = sum(count / chance if chance > 0 else np.inf for count, chance in terms if count > 0)
        rest = 1 - 2 * q - difference
        return rising - (2 * equal / rest if rest > 0 else np.inf if equal > 0 else 0)

    inside = (high - low) * 1e-15
    if slope(low + inside) <= 0:
        return low
    if slope(high - inside) >= 0:
        return high
    return optimize.brentq(slope, low + inside, high - inside, xtol=1e-17, rtol=1e-15)


def tango(fixed, broken, rows, confidence, delta0):
    """Tango's score test without his closed form; statsmodels has none for pairs."""

    def score(difference):
        q = likeliest_broken(fixed, broken, rows, difference)
        variance = rows * (2 * q + difference * (1 - difference))
        return (fixed - broken - rows * difference) / np.sqrt(variance)

    effect = (fixed - broken) / rows
    reach = stats.norm.ppf(0.5 + confidence / 2)
    near = 1e-13
    end = lambda z, low, high: optimize.brentq(lambda at: score(at) - z, low, high, xtol=1e-15)
    low = -1 if effect == -1 else end(reach, -1 + near, effect - near)
    high = 1 if effect == 1 else end(-reach, effect + near, 1 - near)
    z = 0 if effect == delta0 else score(delta0)
    return [effect, low, high, z, 2 * stats.norm.sf(abs(z))]


def delong(positive, first, second, confidence, delta0):
    """By the placement values, each positive row beside each negative one."""
    from sklearn.metrics import roc_auc_score

    positive = np.array(positive) == 1
    areas, hits, alarms = [], [], []
    for score in np.array([first, second]):
        above, below = score[positive][:, None], score[~positive][None, :]
        wins = (above > below) + 0.5 * (above == below)
        hits.append(wins.mean(axis=1))
        alarms.append(wins.mean(axis=0))
        areas.append(roc_auc_score(positive, score))
    covariance = np.cov(hits) / positive.sum() + np.cov(alarms) / (~positive).sum()
    reach = stats.norm.ppf(0.5 + confidence / 2)
    answer = []
    for area, variance in zip(areas, np.diag(covariance)):
        logit = stats.norm.ppf(0.5 + confidence / 2) * np.sqrt(variance) / (area * (1 - area))
        ends = special.expit(special.logit(area) + np.array([-logit, logit]))
        answer += [area, np.sqrt(variance), *ends]
    effect = areas[1] - areas[0]
    error = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    p = 2 * stats.norm.sf(abs(effect - delta0) / error)
    return [*answer, effect, error, max(-1, effect - reach * error), min(1, effect + reach * error), p]


def sign_flip(differences):
    test = stats.permutation_test(
        (np.array(differences),), np.mean, permutation_type="samples", n_resamples=np.inf, vectorized=False
    )
    return test.pvalue


def over_sources(effect, sources):
    def reach(alpha):
        return np.sqrt(sum((error * stats.t.isf(alpha / 2, degrees)) ** 2 for error, degrees in sources))

    level = optimize.brentq(lambda log: reach(np.exp(log)) - abs(effect), np.log(1e-15), 0, xtol=1e-14, rtol=1e-15)
    return [effect - reach(0.05), effect + reach(0.05), float(np.exp(level))]


def welch(first, second):
    test = stats.ttest_ind(second, first, equal_var=False)
    interval = test.confidence_interval()
    return [np.mean(second) - np.mean(first), interval.low, interval.high, test.pvalue, test.df]


def paired_t(differences):
    test = stats.ttest_1samp(differences, 0)
    interval = test.confidence_interval()
    return [np.mean(differences), interval.low, interval.high, test.pvalue]


def corrected_t(differences, test_share):
    """As scikit-learn's example of comparing models by a grid search computes it."""
    count = len(differences)
    error = np.sqrt(np.var(differences, ddof=1) * (1 / count + test_share))
    t = np.mean(differences) / error
    reach = stats.t.ppf(0.975, count - 1) * error
    return [t * error - reach, t * error + reach, 2 * stats.t.sf(np.abs(t), count - 1)]


def two_samples(first, second):
    first, second = np.array(first), np.array(second)
    anderson = stats.anderson_ksamp([first, second])
    return [
        stats.ks_2samp(first, second).pvalue,
        stats.wasserstein_distance(first, second),
        stats.energy_distance(first, second),
        stats.mannwhitneyu(first, second).pvalue,
        stats.mannwhitneyu(first, second, alternative="less").pvalue,
        stats.ttest_ind(first, second).pvalue,
        anderson.statistic,
        anderson.pvalue,
        stats.cramervonmises_2samp(first, second).pvalue,
        stats.epps_singleton_2samp(first, second).pvalue,
    ]


def two_counts(reference, current):
    table = np.array([reference, current])
    plain = stats.chi2_contingency(table, correction=False)
    ratio = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    return [
        plain.statistic,
        plain.pvalue,
        ratio.statistic,
        ratio.pvalue,
        distance.jensenshannon(*table),
        stats.entropy(*table),
    ]


class Distribution:
    def __init__(self, replicates):
        # SciPy refuses whole numbers.
        self.bootstrap_distribution = np.array(replicates, dtype=float)


def bootstrap_of_mean(sample, replicates, method):
    result = stats.bootstrap(
        (np.array(sample),), np.mean, n_resamples=0, method=method, bootstrap_result=Distribution(replicates)
    )
    return [result.confidence_interval.low, result.confidence_interval.high]


def iqm_interval(scores, repetitions):
    """`scores` by task; rliable wants them by run."""
    from arch.bootstrap import IIDBootstrap
    from rliable import library
    from rliable import metrics as rliable_metrics

    # rliable asks for the generator by the name that arch had for it before its version 6.
    begin = IIDBootstrap.__init__
    IIDBootstrap.__init__ = lambda self, *args, random_state=None, **named: begin(self, *args, seed=1, **named)
    library.StratifiedBootstrap.random_state = np.random.RandomState(1)
    runs = np.array(scores).T
    aggregate = lambda each: np.array([rliable_metrics.aggregate_iqm(each)])
    points, intervals = library.get_interval_estimates({"a": runs}, aggregate, reps=repetitions)
    return [points["a"][0], *intervals["a"].flatten()]


def corrected(values, method):
    from statsmodels.stats.multitest import multipletests

    return multipletests(values, method=method)[1]


def wilson(successes, trials):
    from statsmodels.stats.proportion import proportion_confint

    return proportion_confint(successes, trials, method="wilson")


def quantile_ranks(size, share, confidence):
    from scipy.stats import quantile_test

    values = np.arange(1, size + 1)
    low, high = quantile_test(values, q=share, p=share).confidence_interval(confidence)
    return [0 if np.isnan(low) else low, size + 1 if np.isnan(high) else high]


def classification(truth, predicted, scores, weights):
    from sklearn import metrics

    truth, weights = np.array(truth), np.array(weights)
    answers = {}
    if predicted is not None:
        predicted = np.array(predicted)
        given = {"sample_weight": weights}
        answers["accuracy"] = metrics.accuracy_score(truth, predicted, **given)
        answers["balanced_accuracy"] = metrics.balanced_accuracy_score(truth, predicted, **given)
        for name in ["precision", "recall", "f1"]:
            score = getattr(metrics, f"{name}_score")
            answers[f"{name}_macro"] = score(truth, predicted, average="macro", zero_division=0, **given)
            if len(scores) == 2:
                answers[name] = score(truth, predicted, pos_label=1, zero_division=0, **given)
    if scores is not None:
        classes = len(scores)
        table = np.array(scores).T
        binary = classes == 2
        given = {"sample_weight": weights}
        seen = len(np.unique(truth[weights > 0]))
        if binary:
            answers["roc_auc"] = metrics.roc_auc_score(truth, table[:, 1], **given) if seen == 2 else np.nan
            positive = (truth[weights > 0] == 1).any()
            answers["average_precision"] = (
                metrics.average_precision_score(truth, table[:, 1], **given) if positive else np.nan
            )
            answers["brier"] = metrics.brier_score_loss(truth, table[:, 1], pos_label=1, **given)
            place = np.searchsorted(np.linspace(0, 1, 11)[1:-1], table[:, 1])
            gaps = np.bincount(place, weights * ((truth == 1) - table[:, 1]), 10)
            answers["ece"] = np.abs(gaps).sum() / weights.sum()
        else:
            parts = []
            for label in range(classes):
                one = (truth == label).astype(int)
                both = len(np.unique(one[weights > 0])) == 2
                parts.append(metrics.roc_auc_score(one, table[:, label], **given) if both else np.nan)
            answers["roc_auc"] = np.mean(parts)
            if len(np.unique(truth)) == classes and (weights == 1).all():
                answers["roc_auc"] = metrics.roc_auc_score(truth, table, multi_class="ovr", average="macro")
            answers["brier"] = metrics.brier_score_loss(truth, table, labels=range(classes), **given)
        answers["log_loss"] = metrics.log_loss(truth, table, labels=range(classes), **given)
    return answers


def regression(truth, predicted, weights):
    from sklearn import metrics

    given = {"sample_weight": np.array(weights)}
    return {
        "mse": metrics.mean_squared_error(truth, predicted, **given),
        "rmse": metrics.root_mean_squared_error(truth, predicted, **given),
        "mae": metrics.mean_absolute_error(truth, predicted, **given),
        "r2": metrics.r2_score(truth, predicted, **given),
    }


def score_curves(positive, score):
    from sklearn import metrics

    fpr, tpr, roc_thresholds = metrics.roc_curve(positive, score)
    precision, recall, thresholds = metrics.precision_recall_curve(positive, score)
    both = len(set(positive)) == 2
    return {
        "roc": [fpr, tpr, roc_thresholds],
        "pr": [recall, precision, thresholds],
        "area": metrics.roc_auc_score(positive, score) if both else np.nan,
        "precision": metrics.average_precision_score(positive, score) if any(positive) else np.nan,
    }


def confusion(truth, predicted, classes):
    from sklearn import metrics

    return metrics.confusion_matrix(truth, predicted, labels=range(classes))


def calibration(positive, score, bins, strategy):
    from sklearn.calibration import calibration_curve

    positive, score = np.array(positive), np.array(score)
    share, mean = calibration_curve(positive, score, n_bins=bins, strategy=strategy, pos_label=1)
    edges = np.linspace(0, 1, bins + 1) if strategy == "uniform" else np.percentile(score, np.linspace(0, 1, bins + 1) * 100)
    rows = np.bincount(np.searchsorted(edges[1:-1], score), minlength=bins)
    rows = rows[rows > 0]
    low, high = wilson(np.round(share * rows), rows)
    return [share, mean, rows, low, high]


def kruskal(values, groups):
    values, groups = np.array(values), np.array(groups)
    test = stats.kruskal(*[values[groups == group] for group in np.unique(groups)])
    ranks = stats.rankdata(values)
    within = sum(((ranks[groups == group] - ranks[groups == group].mean()) ** 2).sum() for group in np.unique(groups))
    return [test.statistic, test.pvalue, 1 - within / ((ranks - ranks.mean()) ** 2).sum()]


def forest(columns, target, held_columns, held_target):
    """R² of rows that were not learned from, and how much it falls as each column is shuffled."""
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.inspection import permutation_importance

    model = RandomForestRegressor(200, min_samples_leaf=3, max_features=3, random_state=1)
    model.fit(np.array(columns).T, target)
    held = np.array(held_columns).T
    fall = permutation_importance(model, held, held_target, n_repeats=5, random_state=1)
    return [model.score(held, held_target), *fall.importances_mean]


answers = {
    "normal_cdf": lambda z: stats.norm.cdf(z),
    "normal_quantile": lambda p: stats.norm.ppf(p),
    "student": lambda t, degrees: 2 * stats.t.sf(abs(t), degrees),
    "student_critical": lambda p, degrees: stats.t.isf(p / 2, degrees),
    "binomial_cdf": lambda k, n, p: stats.binom.cdf(k, n, p),
    "binomial_pmf": lambda k, n, p: stats.binom.pmf(k, n, p),
    "mcnemar": mcnemar_mid_p,
    "tango": tango,
    "delong": delong,
    "sign_flip": sign_flip,
    "welch": welch,
    "over_sources": over_sources,
    "paired_t": paired_t,
    "corrected_t": corrected_t,
    "holm": lambda values: corrected(values, "holm"),
    "wilson": wilson,
    "quantile_ranks": quantile_ranks,
    "gaussian": lambda values, sigma: ndimage.gaussian_filter1d(
        np.array(values, dtype=float), sigma, mode="reflect", truncate=4.0
    ),
    "mean_interval": lambda values: stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values)),
    "quantile": lambda values, p: np.quantile(values, p),
    "iqm": lambda values: stats.trim_mean(values, 0.25),
    "bootstrap": bootstrap_of_mean,
    "iqm_interval": iqm_interval,
    "classification": classification,
    "regression": regression,
    "spearman": lambda first, second: list(stats.spearmanr(first, second)),
    "kruskal": kruskal,
    "chi_square": lambda x, degrees: stats.chi2.sf(x, degrees),
    "two_samples": two_samples,
    "two_counts": two_counts,
    "kolmogorov": lambda d, n: stats.kstwo.sf(d, n),
    "fisher": lambda a, n, b, m: stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue,
    "chi_square_critical": lambda p, degrees: stats.chi2.isf(p, degrees),
    "benjamini_hochberg": lambda values: corrected(values, "fdr_bh"),
    "forest": forest,
    "score_curves": score_curves,
    "calibration": calibration,
    "confusion": confusion,
}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(each) for each in value]
    number = float(value)
    return number if np.isfinite(number) else str(number)


with open(sys.argv[1]) as file:
    questions = json.load(file)
np.random.seed(1)
with open(sys.argv[2], "w") as file:
    json.dump([plain(answers[name](*given)) for name, given in questions], file)
