"""What shap and scikit-learn say of the models of the tests.

explain-reference.py MODELS CASES prints JSON: for each case of the file CASES (a list), what is asked of it:
  {"what": "shapley", "model", "output", "column", "row", "background"}: effects of `row` against `background`
      (rows of numbers) by shap's Exact and Kernel explainers, each run with all coalitions
  {"what": "importance", "model", "output", "rows", "truth", "repeats", "seed", "metric"}: sklearn.inspection.permutation_importance,
      with the row that each row took its value from, by feature and repeat
  {"what": "dependence", "model", "output", "column", "rows", "feature", "grid"}: sklearn.inspection.partial_dependence, brute
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import shap
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import partial_dependence, permutation_importance

warnings.filterwarnings("ignore")
models = Path(sys.argv[1])


class Model(RegressorMixin, BaseEstimator):
    """An ONNX model of one matrix: a number, or the score of one class."""

    def __init__(self, name="", output="", column=None):
        self.name, self.output, self.column = name, output, column
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session_ = onnxruntime.InferenceSession(str(models / name / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def fit(self, rows, truth=None):
        return self

    def predict(self, rows):
        taken = self.session_.get_inputs()[0]
        kind = np.float64 if "double" in taken.type else np.float32
        found = self.session_.run([self.output], {taken.name: np.asarray(rows).astype(kind)})[0]
        if isinstance(found, list):
            return np.array([list(each.values())[self.column] for each in found], dtype=np.float64)
        found = np.asarray(found)
        return found.reshape(len(rows), -1)[:, self.column or 0].astype(np.float64 if found.dtype.kind == "f" else found.dtype)


def shapley(case):
    model = Model(case["model"], case["output"], case["column"])
    row, background = np.array([case["row"]], dtype=float), np.array(case["background"], dtype=float)
    masker = shap.maskers.Independent(background, max_samples=len(background))
    exact = shap.explainers.Exact(model.predict, masker)(row)
    kernel = shap.KernelExplainer(model.predict, background).shap_values(
        row, nsamples=2 ** row.shape[1], l1_reg=False, silent=True
    )
    return {"exact": exact.values[0].tolist(), "base": float(np.ravel(exact.base_values)[0]), "kernel": kernel[0].tolist()}


def importance(case):
    model = Model(case["model"], case["output"], None)
    rows, truth = np.array(case["rows"], dtype=float), np.array(case["truth"])

    def score(estimator, dealt, truth):
        told = estimator.predict(dealt)
        return float((told == truth).mean()) if case["metric"] == "accuracy" else 1 - float(((told - truth) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())

    found = permutation_importance(model, rows, truth, scoring=score, n_repeats=case["repeats"], random_state=case["seed"], n_jobs=1)
    shuffles = []
    for feature in range(rows.shape[1]):
        state = np.random.RandomState(np.random.RandomState(case["seed"]).randint(np.iinfo(np.int32).max + 1))
        index, places, own = np.arange(len(rows)), np.arange(len(rows)), []
        for _ in range(case["repeats"]):
            state.shuffle(index)
            places = places[index]
            own.append(places.tolist())
        shuffles.append(own)
    return {"mean": found.importances_mean.tolist(), "deviation": found.importances_std.tolist(), "shuffles": shuffles}


def dependence(case):
    model = Model(case["model"], case["output"], case["column"])
    model.is_fitted_ = True
    rows = np.array(case["rows"], dtype=float)
    told = partial_dependence(
        model, rows, [case["feature"]], kind="both", method="brute", custom_values={case["feature"]: np.array(case["grid"])}
    )
    return {"mean": told["average"][0].tolist(), "curves": told["individual"][0].tolist()}


asked = {"shapley": shapley, "importance": importance, "dependence": dependence}
with open(sys.argv[2]) as file:
    print(json.dumps([asked[case["what"]](case) for case in json.load(file)]))
