"""What the onnx package and pickletools say of files: outline-reference.py models FOLDER, or pickles FOLDER."""

import json
import pickle
import pickletools
import sys
from collections import Counter
from pathlib import Path

what, folder = sys.argv[1], Path(sys.argv[2])

NAMES = {"double": "float64", "float": "float32", "boolean": "bool"}


def element(code):
    import onnx

    name = onnx.TensorProto.DataType.Name(code).lower()
    return NAMES.get(name, name)


def shape(tensor):
    if not tensor.HasField("shape"):
        return None
    found = []
    for size in tensor.shape.dim:
        kind = size.WhichOneof("value")
        found.append(size.dim_value if kind == "dim_value" else (size.dim_param or None) if kind else None)
    return found


def value_type(proto):
    kind = proto.WhichOneof("value")
    if kind == "tensor_type":
        return {"kind": "tensor", "element": element(proto.tensor_type.elem_type), "shape": shape(proto.tensor_type)}
    if kind == "sequence_type":
        return {"kind": "sequence", "of": value_type(proto.sequence_type.elem_type)}
    if kind == "map_type":
        return {"kind": "map", "key": element(proto.map_type.key_type), "of": value_type(proto.map_type.value_type)}
    raise ValueError(kind)


def all_nodes(nodes):
    for node in nodes:
        yield node
        for attribute in node.attribute:
            for graph in [*([attribute.g] if attribute.HasField("g") else []), *attribute.graphs]:
                yield from all_nodes(graph.node)


def weights(graph):
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            for inner in [*([attribute.g] if attribute.HasField("g") else []), *attribute.graphs]:
                yield from weights(inner)


def model(path):
    import onnx

    read = onnx.load(str(path))
    nodes = list(all_nodes([*read.graph.node, *(node for own in read.functions for node in own.node)]))
    counts = Counter((node.domain or "ai.onnx", node.op_type) for node in nodes)
    given = {each.name for each in read.graph.initializer}
    return {
        "ir": read.ir_version,
        "sets": sorted([each.domain or "ai.onnx", each.version] for each in read.opset_import),
        "producer": [read.producer_name, read.producer_version],
        "inputs": [[each.name, value_type(each.type)] for each in read.graph.input if each.name not in given],
        "outputs": [[each.name, value_type(each.type)] for each in read.graph.output],
        "operators": sorted([domain, name, count] for (domain, name), count in counts.items()),
        "weights": [len(list(weights(read.graph))), sum(onnx.numpy_helper.to_array(each).nbytes for each in weights(read.graph)
                    if each.data_type != onnx.TensorProto.STRING)],
        "metadata": sorted([each.key, each.value] for each in read.metadata_props),
        "nodes": [len(read.graph.node), len(nodes)],
    }


def write_pickles():
    """Models as people save them, and a pickle that runs a command. Returns what pickletools finds in those it can read."""
    import os

    import joblib
    import numpy as np
    from sklearn import datasets, ensemble, linear_model, pipeline, preprocessing

    class Command:
        def __reduce__(self):
            return os.system, ("true",)

    x, y = datasets.load_iris(return_X_y=True)
    forest = ensemble.RandomForestClassifier(5, random_state=0).fit(x, np.array(["a", "b", "c"], dtype=object)[y])
    steps = pipeline.make_pipeline(preprocessing.StandardScaler(), linear_model.LogisticRegression()).fit(x, y)
    for protocol in (0, 2, 4, 5):
        (folder / f"pipeline-{protocol}.pkl").write_bytes(pickle.dumps(steps, protocol))
    (folder / "forest.pkl").write_bytes(pickle.dumps(forest))
    (folder / "command.pkl").write_bytes(pickle.dumps([steps, Command()]))
    joblib.dump(forest, folder / "forest.joblib")
    joblib.dump(steps, folder / "packed.joblib", compress=3)
    return {path.name: imported(path.read_bytes()) for path in sorted(folder.glob("*.pkl"))}


def imported(data):
    """Names by pickletools: texts and what the memo holds, as STACK_GLOBAL finds them."""
    names, texts, memo, last = set(), [], {}, None
    for opcode, argument, _ in pickletools.genops(data):
        if opcode.name in ("GLOBAL", "INST"):
            names.add(argument.replace(" ", "."))
        elif opcode.name == "STACK_GLOBAL":
            names.add(".".join(texts[-2:]))
        elif opcode.name == "MEMOIZE":
            memo[len(memo)] = last
        elif opcode.name.startswith(("BINPUT", "LONG_BINPUT", "PUT")):
            memo[argument] = last
        elif "GET" in opcode.name and isinstance(memo.get(argument), str):
            texts.append(memo[argument])
        if isinstance(argument, str) and "UNICODE" in opcode.name:
            texts.append(argument)
            last = argument
        elif opcode.name not in ("MEMOIZE", "BINPUT", "LONG_BINPUT", "PUT"):
            last = None
    return sorted(names)


if what == "models":
    print(json.dumps({path.parent.name: model(path) for path in sorted(folder.glob("*/model.onnx"))}))
else:
    print(json.dumps(write_pickles()))
