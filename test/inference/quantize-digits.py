"""Writes into a folder: a multilayer perceptron of 1.2 MB, the rows it was trained on, and labelled rows it never saw.

The digits that scikit-learn ships, in onnx's own operators; `harsh.onnx` is the same with weights of very unlike sizes in
one matrix, which 8 bits cannot hold.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
from skl2onnx import to_onnx
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

folder = Path(sys.argv[1])
digits = load_digits()
pixels = digits.data.astype(np.float32)
trained, seen = 1200, pixels[:1200]
model = MLPClassifier((500, 500), max_iter=4, random_state=1).fit(seen, digits.target[:trained])
export = to_onnx(model, seen[:1], options={"zipmap": False})
(folder / "digits.onnx").write_bytes(export.SerializeToString())

harsh = onnx.ModelProto.FromString(export.SerializeToString())
shapes = [(each, tuple(each.dims)) for each in harsh.graph.initializer]
weights = [next(each for each, shape in shapes if shape == wanted) for wanted in ((64, 500), (500, 500))]
first, second = (onnx.numpy_helper.to_array(each).copy() for each in weights)
# Relu lets a hidden unit be scaled up before and down after: the same function.
scale = np.float32(10.0) ** (np.arange(first.shape[1]) % 5)
bias = next(each for each, shape in shapes if shape in ((1, 500), (500,)))
shifted = onnx.numpy_helper.to_array(bias).copy() * scale
for tensor, value in ((weights[0], first * scale), (weights[1], second / scale[:, None]), (bias, shifted)):
    tensor.CopyFrom(onnx.numpy_helper.from_array(value.astype(np.float32), tensor.name))
(folder / "harsh.onnx").write_bytes(harsh.SerializeToString())

names = [f"p{at}" for at in range(64)]
pd.DataFrame(seen, columns=names).to_csv(folder / "pixels.csv", index=False)
held = pd.DataFrame(pixels[trained:], columns=names)
held["digit"] = digits.target[trained:]
held.to_csv(folder / "held.csv", index=False)
