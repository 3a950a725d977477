"""What fairlearn says of files of predictions: fairness-reference.py CASES, a JSON list of {file, groups, positive}; positive is null of amounts."""

import json
import sys

import pandas as pd
from fairlearn import metrics as fair
from sklearn.metrics import mean_absolute_error, precision_score


def base_rate(truth, told):
    return fair.selection_rate(truth, truth)


def precision(truth, told):
    return precision_score(truth, told)


def mean_error(truth, told):
    return (told - truth).mean()


def mean_true(truth, told):
    return truth.mean()


def of_labels(truth, told, groups):
    measures = {
        "base_rate": base_rate,
        "selection_rate": fair.selection_rate,
        "tpr": fair.true_positive_rate,
        "fpr": fair.false_positive_rate,
        "ppv": precision,
    }
    gaps = ("demographic_parity_difference", "demographic_parity_ratio", "equalized_odds_difference", "equalized_odds_ratio")
    found = {name: getattr(fair, name)(truth, told, sensitive_features=groups) for name in gaps}
    return fair.MetricFrame(metrics=measures, y_true=truth, y_pred=told, sensitive_features=groups), found


def of_amounts(truth, told, groups):
    measures = {"mean_true": mean_true, "mean_prediction": fair.mean_prediction, "mean_error": mean_error, "mae": mean_absolute_error}
    frame = fair.MetricFrame(metrics=measures, y_true=truth, y_pred=told, sensitive_features=groups)
    gaps = frame.difference(method="between_groups")
    return frame, {f"{name}_difference": gaps[name] for name in measures if name != "mean_true"}


def answer(case):
    rows = pd.read_csv(case["file"], dtype=str, keep_default_na=False)
    groups = rows[case["groups"]].replace("", "(no value)")
    if case["positive"] is None:
        frame, gaps = of_amounts(rows["y_true"].astype(float), rows["y_pred"].astype(float), groups)
    else:
        told = rows["y_pred"] if "y_pred" in rows else (rows["score"].astype(float) >= 0.5).astype(int).astype(str)
        is_positive = [(column == case["positive"]).astype(int) for column in (rows["y_true"], told)]
        frame, gaps = of_labels(*is_positive, groups)
    by_group = {"|".join(key if isinstance(key, tuple) else (key,)): dict(row) for key, row in frame.by_group.iterrows()}
    return {"overall": dict(frame.overall), "groups": by_group, "gaps": {name: float(gap) for name, gap in gaps.items()}}


print(json.dumps([answer(case) for case in json.load(open(sys.argv[1]))], default=float))
