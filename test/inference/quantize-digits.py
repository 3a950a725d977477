"""Writes into a folder: a multilayer perceptron of 1.2 MB, the rows it was trained on, and labelled rows it never saw.

`pictures.onnx` is the same of pictures of 8 × 8 (0 to 1) with scores alone, `half.onnx` that in float16; the rows it never saw are
in `held.npz` and, as pictures, in `drawn/CLASS/`.

The digits that scikit-learn ships, in onnx's own operators; `harsh.onnx` is the same with weights of very unlike sizes in
one matrix, which 8 bits cannot hold.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
from PIL import Image
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


def of_pictures(name, kind):
    """Scores of pictures in the type `kind`: 0 to 1 become the 0 to 16 it was trained on."""
    made = onnx.ModelProto.FromString(export.SerializeToString())
    graph, number = made.graph, onnx.helper.np_dtype_to_tensor_dtype(np.dtype(kind))
    scores = graph.output[1].name
    # Only what the scores are made of, all in one type.
    wanted, kept = {scores}, []
    for node in reversed(graph.node):
        if wanted & set(node.output):
            wanted |= set(node.input)
            if node.op_type == "Cast":
                node.attribute[0].i = number
            kept.insert(0, node)
    held = [onnx.numpy_helper.to_array(each) for each in graph.initializer if each.name in wanted]
    names = [each.name for each in graph.initializer if each.name in wanted]
    cast = [array.astype(kind) if array.dtype.kind == "f" else array for array in held]
    weights = [onnx.numpy_helper.from_array(array, each) for array, each in zip(cast, names)]
    weights.append(onnx.numpy_helper.from_array(np.array([-1, 64], np.int64), "flat"))
    weights.append(onnx.numpy_helper.from_array(np.array(255 / 15, kind), "most"))
    first = [
        onnx.helper.make_node("Reshape", ["image", "flat"], ["row"]),
        onnx.helper.make_node("Mul", ["row", "most"], ["X"]),
    ]
    of = lambda value, shape: onnx.helper.make_tensor_value_info(value, number, shape)
    made = onnx.helper.make_model(
        onnx.helper.make_graph(first + kept, "pictures", [of("image", ["N", 1, 8, 8])], [of(scores, ["N", 10])], weights),
        opset_imports=[onnx.helper.make_opsetid("", 17)],
        ir_version=8,
    )
    onnx.checker.check_model(made)
    (folder / name).write_bytes(made.SerializeToString())


of_pictures("pictures.onnx", np.float32)
of_pictures("half.onnx", np.float16)
unseen, truth = digits.images[trained:], digits.target[trained:]
for at, (image, digit) in enumerate(zip(unseen, truth)):
    (folder / "drawn" / str(digit)).mkdir(parents=True, exist_ok=True)
    Image.fromarray((image * 15).astype(np.uint8)).save(folder / "drawn" / str(digit) / f"{at:03}.png")
np.savez(folder / "held.npz", image=(unseen * 15 / 255).astype(np.float32)[:, None], y=truth)
