"""Writes pairs of tables and what Evidently says of their drift.

    python evidently_drift.py FOLDER

FOLDER/answers.json is a list of {"name", "reference", "current", "method", "columns": [{"column", "method", "score",
"drifted"}]}; `method` is null for Evidently's own choice. Text columns are left out: Evidently's scores of them are random.
"""

import json
import os
import sys
import warnings

os.environ["DO_NOT_TRACK"] = "1"
warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd
from evidently import Report
from evidently.metrics import ValueDrift
from evidently.presets import DataDriftPreset

np.seterr(all="ignore")

NAMES = {
    "K-S p_value": "ks",
    "Wasserstein distance (normed)": "wasserstein",
    "Jensen-Shannon distance": "jensenshannon",
    "chi-square p_value": "chisquare",
    "Z-test p_value": "z",
}
NUMBERS = ["ks", "wasserstein", "psi", "jensenshannon", "kl_div", "hellinger", "t_test", "mannw", "es", "anderson"]
NUMBERS += ["cramer_von_mises", "ed"]
CATEGORIES = ["psi", "jensenshannon", "kl_div", "hellinger", "chisquare", "z", "g_test", "fisher_exact"]


def table(rows, moved, seed):
    """Columns of every kind that Evidently judges; `moved` is the current side."""
    draw = np.random.default_rng(seed)
    shift = 0.25 if moved else 0.0
    letters = list("abcde") + (["new"] if moved else [])
    columns = {
        "normal": draw.normal(10, 2, rows),
        "normal moved": draw.normal(3 + shift, 1, rows),
        "skewed": draw.exponential(2 + shift, rows),
        "tiny": draw.normal(0, 1e-6, rows),
        "far": draw.normal(1e5, 1, rows),
        "ties": np.round(draw.normal(0, 1, rows), 1),
        "mostly zero": np.where(draw.random(rows) < (0.8 if moved else 0.9), 0.0, draw.exponential(1, rows)),
        "few fractions": draw.choice([0.5, 1.5, 2.5, 3.5], rows),
        "two fractions": draw.choice([0.5, 1.5], rows, p=[0.4, 0.6] if moved else [0.5, 0.5]),
        "one fraction": np.full(rows, 2.5),
        "whole": draw.integers(0, 500, rows),
        "few whole": draw.integers(0, 6, rows),
        "ten whole": draw.integers(0, 10, rows),
        "eleven whole": draw.integers(0, 11, rows),
        "two whole": (draw.random(rows) < (0.35 if moved else 0.3)).astype(int),
        "one whole": np.full(rows, 7),
        "big whole": draw.integers(2**52, 2**53, rows),
        "truth": draw.random(rows) < 0.4,
        "letters": draw.choice(letters, rows),
        "two words": draw.choice(["yes, always", 'no "never"'], rows, p=[0.3, 0.7]),
        "one word": np.full(rows, "näïve ✓"),
        "many words": np.array([f"w{value}" for value in draw.integers(0, max(2, rows // 5), rows)]),
    }
    frame = pd.DataFrame(columns)
    for name, share in [("normal with gaps", 0.1), ("normal with more gaps", 0.6)]:
        frame[name] = draw.normal(0, 1, rows)
        frame.loc[draw.random(rows) < share, name] = np.nan
    frame["normal with infinities"] = draw.normal(0, 1, rows)
    frame.loc[draw.random(rows) < 0.02, "normal with infinities"] = np.inf
    frame.loc[draw.random(rows) < 0.02, "normal with infinities"] = -np.inf
    frame["few whole with gaps"] = draw.integers(0, 4, rows).astype(float)
    frame.loc[draw.random(rows) < 0.1, "few whole with gaps"] = np.nan
    frame["letters with gaps"] = draw.choice(letters, rows)
    frame.loc[draw.random(rows) < 0.2, "letters with gaps"] = None
    # Of another kind than before, and numbers that only a CSV can hold so.
    frame["numbers, then letters"] = draw.choice(letters, rows) if moved else draw.normal(0, 1, rows)
    frame["whole, then digits"] = draw.choice(["1", "2", "x"], rows) if moved else draw.integers(0, 4, rows)
    frame["letters, then few whole"] = draw.integers(0, 4, rows) if moved else draw.choice(letters, rows)
    frame["few whole, then truth"] = draw.random(rows) < 0.5 if moved else draw.integers(0, 3, rows)
    frame["with a plus"] = [f"+{value}" for value in draw.integers(0, 14, rows)]
    frame["with a plus or a blank"] = [f"{'+' if value % 2 else ' '}{value / 4}" for value in draw.integers(0, 14, rows)]
    frame["truth with gaps"] = np.where(draw.random(rows) < 0.1, None, draw.random(rows) < 0.5)
    return frame


def kinds(reference, current):
    """Texts are left out by Evidently's own rule, and what it leaves out itself, so that the rest is compared whole."""
    texts = [name for name in current if current[name].dtype == object and current[name].nunique() > 0.5 * current[name].count()]
    booleans = [name for name in current if current[name].dtype == object and isinstance(current[name].dropna().iloc[0], bool)]
    return [name for name in current if name not in texts + booleans]


def by_preset(reference, current):
    columns = kinds(reference, current)
    answer = Report([DataDriftPreset(columns=columns)], include_tests=True).run(current[columns], reference[columns]).dict()
    drifted = {}
    for test in answer["tests"]:
        if test["name"].startswith("Value Drift for column "):
            drifted[test["name"].removeprefix("Value Drift for column ")] = test["status"] == "FAIL"
    found = []
    for metric in answer["metrics"]:
        config = metric["config"]
        if config["type"].endswith(":ValueDrift"):
            method = NAMES[config["method"]]
            found.append({"column": config["column"], "method": method, "score": metric["value"], "drifted": drifted[config["column"]]})
    return found


def by_method(reference, current, method):
    found = []
    for name in kinds(reference, current):
        try:
            answer = Report([ValueDrift(column=name, method=method)], include_tests=True).run(current[[name]], reference[[name]]).dict()
            score, status = answer["metrics"][0]["value"], answer["tests"][0]["status"]
        except Exception:
            # The method is not for this kind of column, or Evidently cannot compute it.
            continue
        if status in ("FAIL", "SUCCESS"):
            found.append({"column": name, "method": method, "score": score, "drifted": status == "FAIL"})
    return found


def plain(value):
    return float(value) if np.isfinite(value) else str(value)


def main(folder):
    answers = []

    def write(name, reference, current, form):
        paths = {}
        for side, frame in [("reference", reference), ("current", current)]:
            paths[side] = os.path.join(folder, f"{name}-{side}.{form}")
            if form == "csv":
                frame.to_csv(paths[side], index=False)
            else:
                frame.to_parquet(paths[side], index=False)
        # pandas' own parser of fractions is wrong in the last digit now and then, unless asked not to be.
        read = (lambda path: pd.read_csv(path, float_precision="round_trip")) if form == "csv" else pd.read_parquet
        return paths, read(paths["reference"]), read(paths["current"])

    def keep(name, paths, method, found):
        for each in found:
            each["score"] = plain(each["score"])
            each["drifted"] = bool(each["drifted"])
        answers.append({"name": name, **paths, "method": method, "columns": found})

    sizes = [(60, 45), (300, 300), (1000, 1000), (1001, 1000), (999, 10001), (800, 9973), (2500, 700)]
    for seed, (n, m) in enumerate(sizes):
        form = "csv" if seed % 2 else "parquet"
        paths, reference, current = write(f"{n}-{m}", table(n, False, seed), table(m, True, seed + 100), form)
        keep(f"{n} and {m} rows of {form}", paths, None, by_preset(reference, current))
    # Two of its tests need as many rows on both sides.
    even = ["ks", "g_test", "fisher_exact"]
    uneven = [method for method in dict.fromkeys(NUMBERS + CATEGORIES) if method not in even[1:]]
    for n, m, methods in [(300, 300, even), (1200, 400, uneven)]:
        paths, reference, current = write(f"methods-{n}-{m}", table(n, False, 7), table(m, True, 8), "parquet")
        for method in methods:
            keep(f"{method}, {n} and {m} rows", paths, method, by_method(reference, current, method))
    with open(os.path.join(folder, "answers.json"), "w") as file:
        json.dump(answers, file)


main(sys.argv[1])
