"""Writes into FOLDER a holdout, models to hold against rules, and what scikit-learn and fairlearn say of them: make-gate.py FOLDER"""

import json
import os
import sys

import numpy as np
import onnx
import onnxruntime
import pandas as pd
from fairlearn.metrics import demographic_parity_difference, equalized_odds_ratio
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, log_loss, mean_absolute_error, recall_score, roc_auc_score

folder = sys.argv[1]
draw = np.random.default_rng(3)
rows = 3000
names = ["age", "hours", "rate", "noise"]
X = draw.normal(size=(rows, 4)).astype(np.float32)
late = (X[:, 0] + X[:, 1] * X[:, 2] + draw.normal(0, 0.8, rows) > 0.3).astype(int)
table = pd.DataFrame(X, columns=names)
table.insert(0, "id", [f"r{at}" for at in range(rows)])
table["late"] = late
table["minutes"] = (3 * X[:, 0] + draw.normal(0, 1, rows)).round(3)
table["carrier"] = draw.choice(["AA", "B6", "UA", "HA"], rows, p=[0.4, 0.35, 0.24, 0.01])
table["day"] = draw.integers(0, 30, rows)
train, hold = table[:1000], table[1000:]
hold.to_csv(os.path.join(folder, "holdout.csv"), index=False)
hold.to_parquet(os.path.join(folder, "holdout.parquet"), index=False)
kept = X[1000:]


def write(name, model):
    onnx = to_onnx(model, X[:1], options=None if isinstance(model, LinearRegression) else {"zipmap": False}, target_opset=17)
    path = os.path.join(folder, f"{name}.onnx")
    with open(path, "wb") as file:
        file.write(onnx.SerializeToString())
    options = onnxruntime.SessionOptions()
    # Trees are summed in another order by several threads.
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options)
    return session.run(None, {session.get_inputs()[0].name: kept})


weak = LogisticRegression().fit(X[:1000, :], train.late)
strong = RandomForestClassifier(60, max_depth=7, random_state=1).fit(X[:1000], train.late)
said = {name: write(name, model) for name, model in {"weak": weak, "strong": strong}.items()}
minutes = write("minutes", LinearRegression().fit(X[:1000], train.minutes))[0].ravel()


def scores(labels, chances):
    chance = chances[:, 1].astype(float)
    return {
        "roc_auc": roc_auc_score(hold.late, chance),
        "log_loss": log_loss(hold.late, chance),
        "accuracy": accuracy_score(hold.late, labels),
        "f1": f1_score(hold.late, labels),
        "recall": recall_score(hold.late, labels),
    }


found = {name: scores(*each) for name, each in said.items()}
found["weak"]["carriers"] = {
    carrier: roc_auc_score(hold.late[where], said["weak"][1][where.to_numpy(), 1])
    for carrier, where in ((each, hold.carrier == each) for each in ["AA", "B6", "UA"])
}
found["strong"]["dp_diff"] = demographic_parity_difference(hold.late, said["strong"][0], sensitive_features=hold.carrier)
found["strong"]["eo_ratio"] = equalized_odds_ratio(hold.late, said["strong"][0], sensitive_features=hold.carrier)
found["minutes"] = {"mae": mean_absolute_error(hold.minutes, minutes.astype(float))}


def silent():
    """A model that looks at one column, and answers NaN where that tells little."""
    float32, node = onnx.TensorProto.FLOAT, onnx.helper.make_node
    constants = {"first": np.array([0]), "near": np.array(0.5, "f"), "nan": np.array(np.nan, "f"), "one": np.array(1, "f"), "half": np.array(0.5, "f")}
    nodes = [
        node("Gather", ["X", "first"], ["x"], axis=1),
        node("Sigmoid", ["x"], ["chance"]),
        node("Abs", ["x"], ["size"]),
        node("Less", ["size", "near"], ["hard"]),
        node("Where", ["hard", "nan", "chance"], ["told"]),
        node("Sub", ["one", "told"], ["other"]),
        node("Concat", ["other", "told"], ["probabilities"], axis=1),
        node("Greater", ["chance", "half"], ["above"]),
        node("Cast", ["above"], ["column"], to=onnx.TensorProto.INT64),
        node("Squeeze", ["column", "axis"], ["label"]),
    ]
    constants["axis"] = np.array([1])
    values = [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()]
    value = onnx.helper.make_tensor_value_info
    outputs = [value("label", onnx.TensorProto.INT64, ["N"]), value("probabilities", float32, ["N", 2])]
    graph = onnx.helper.make_graph(nodes, "silent", [value("X", float32, ["N", 4])], outputs, values)
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8), os.path.join(folder, "silent.onnx"))


silent()


def told():
    """A model that is given what is true."""
    node, value = onnx.helper.make_node, onnx.helper.make_tensor_value_info
    nodes = [node("Cast", ["late"], ["number"], to=onnx.TensorProto.FLOAT), node("Mul", ["number", "near"], ["chance"])]
    ends = [value("late", onnx.TensorProto.INT64, ["N"])], [value("chance", onnx.TensorProto.FLOAT, ["N"])]
    graph = onnx.helper.make_graph(nodes, "told", *ends, [onnx.numpy_helper.from_array(np.array(0.99, "f"), "near")])
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8), os.path.join(folder, "told.onnx"))


told()
fewer = to_onnx(LogisticRegression().fit(X[:1000, [2, 0]], train.late), X[:1, :2], options={"zipmap": False}, target_opset=17)
onnx.save(fewer, os.path.join(folder, "fewer.onnx"))
fixed = onnx.load(os.path.join(folder, "weak.onnx"))
fixed.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1
onnx.save(fixed, os.path.join(folder, "fixed.onnx"))
right = hold.head(60).copy()
right["late"] = strong.predict(kept[:60])
right.to_csv(os.path.join(folder, "right.csv"), index=False)
framework = pd.DataFrame({"id": hold.id, "y_true": hold.late, "y_pred": strong.predict(kept)})
framework["score"] = strong.predict_proba(kept)[:, 1]
framework.to_csv(os.path.join(folder, "framework.csv"), index=False)
framework.head(3).to_csv(os.path.join(folder, "few.csv"), index=False)
framework.assign(score=framework.score + 0.01).to_csv(os.path.join(folder, "other-framework.csv"), index=False)
with open(os.path.join(folder, "reference.json"), "w") as file:
    json.dump(found, file)
