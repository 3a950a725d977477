"""Quantizes an ONNX model with onnxruntime's own tools, in the Python that the user has them in.

Usage: quantize.py MODEL OUTPUT --method dynamic|static [--calibration FOLDER] ... --report FILE
       quantize.py --versions

Writes OUTPUT only when it is whole, and FILE with what was done or why nothing was: Slipway reads it. Nothing is written
beside MODEL.

Slipway holds the other end of stdin. When that is gone, whoever waits for the model is gone, and so is this process. What
was made is not done before it is measured and in its place, so this process then waits for one line: `kept`, or why not.
"""
import argparse
import json
import logging
import os
import platform
import queue
import shutil
import sys
import tempfile
import threading
from collections import Counter

EIGHT_BITS = {"int8": "QInt8", "uint8": "QUInt8"}
# Below it, neither 8-bit weights for each channel nor their scales can be written down.
LEAST_OPSET = 13
# One message of protobuf holds no more; some is left for what the tools add.
MOST_BYTES = int(os.environ.get("SLIPWAY_MOST_MESSAGE_BYTES", 2**31 - 2**24))
REAL_NAMES = {
    "MatMulInteger": "MatMul",
    "ConvInteger": "Conv",
    "DynamicQuantizeMatMul": "MatMul",
    "MatMulIntegerToFloat": "MatMul",
    "DynamicQuantizeLSTM": "LSTM",
    "QAttention": "Attention",
    "QEmbedLayerNormalization": "EmbedLayerNormalization",
}


class Refused(Exception):
    """Why nothing was quantized, in a sentence for people; `code` is for Slipway."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


def attended(scratch=None):
    """A queue of the line that comes over stdin. When stdin ends instead, `scratch` is cleared and this process ends."""
    lines = queue.SimpleQueue()

    def listen():
        line = b""
        while not line.endswith(b"\n"):
            try:
                piece = os.read(0, 4096)
            except OSError:
                piece = b""
            if not piece:
                leave(scratch)
            line += piece
        lines.put(line.decode("utf-8", "replace").strip())

    threading.Thread(target=listen, daemon=True).start()
    return lines


def leave(scratch):
    try:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
        print("Slipway ended before the new model was measured and in its place: no model was written.", file=sys.stderr, flush=True)
    finally:
        # The tools may be at work in the main thread, which hears nothing until they are done.
        os._exit(1)


def versions():
    """The versions of what is needed. Raises Refused naming what is missing."""
    missing, found = [], {"python": platform.python_version()}
    for name in ("onnx", "onnxruntime"):
        try:
            found[name] = __import__(name).__version__
        except ImportError:
            missing.append(name)
    if missing:
        raise Refused("missing", " ".join(missing))
    return found


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("output")
    parser.add_argument("--method", choices=("dynamic", "static"), required=True)
    parser.add_argument("--weights", choices=EIGHT_BITS, required=True)
    parser.add_argument("--activations", choices=EIGHT_BITS, default="int8")
    parser.add_argument("--per-channel", action="store_true")
    parser.add_argument("--reduce-range", action="store_true")
    parser.add_argument("--operators", default="", help="kinds of operators, by commas")
    parser.add_argument("--calibration", help="folder of test_data_set_N/input_K.pb")
    parser.add_argument("--calibrate", choices=("minmax", "entropy", "percentile"), default="minmax")
    parser.add_argument("--rows-at-once", type=int, help="cut the calibration data into so many rows")
    parser.add_argument("--beside", default="weights.data", help="name of the file for weights that OUTPUT cannot hold")
    parser.add_argument("--report", required=True)
    return parser.parse_args()


def prepared(path, scratch):
    """The model with constants folded and batch norms merged, in float32, as a ModelProto that holds all its weights."""
    import onnx
    import onnxruntime

    whole = os.path.join(scratch, "prepared.onnx")
    path, notes = in_float32(path, scratch)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = whole
    options.log_severity_level = 3
    if external_files(path):
        # A message holds no more than 2 GB, and the names of weights beside the model are taken from its own folder.
        options.add_session_config_entry("session.optimized_model_external_initializers_file_name", "prepared.data")
        options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    try:
        onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        model = onnx.load(whole)
    except Exception as error:
        model = onnx.load(path)
        notes.append(f"The graph was not simplified first: {first_line(error)}")
    for name in ("prepared.onnx", "prepared.data", "float32.onnx", "float32.data"):
        if os.path.exists(os.path.join(scratch, name)):
            os.remove(os.path.join(scratch, name))
    flatten_biases(model)
    return at_least_opset(model), notes


def flatten_biases(model):
    """Makes a row of each bias of Gemm that is a matrix of one: the tools take those of channels for rows (onnxruntime 1.30)."""
    weights = {each.name: each for each in model.graph.initializer}
    places = {}
    for node in model.graph.node:
        for at, name in enumerate(node.input):
            places.setdefault(name, []).append((node.op_type, at))
    for name, used in places.items():
        bias = weights.get(name)
        if bias is not None and len(bias.dims) == 2 and bias.dims[0] == 1 and all(each == ("Gemm", 2) for each in used):
            del bias.dims[0]


def external_files(path):
    """Names of the files beside the model that hold its weights."""
    import onnx

    outline = onnx.load(path, load_external_data=False)
    beside = [each for each in outline.graph.initializer if each.data_location == onnx.TensorProto.EXTERNAL]
    return {entry.value for each in beside for entry in each.external_data if entry.key == "location"}


def in_float32(path, scratch):
    """The path of the model with its float16 weights and arithmetic in float32, as the tools take them, and what to say of it."""
    import onnx

    half, single = onnx.TensorProto.FLOAT16, onnx.TensorProto.FLOAT
    if not any(each.data_type == half for each in onnx.load(path, load_external_data=False).graph.initializer):
        return path, []
    model = onnx.load(path)
    graph = model.graph
    own = {each.name for each in graph.initializer}
    given = [each for each in graph.input if each.name not in own and is_half(each)]
    told = [each for each in graph.output if is_half(each)]
    for part in graphs_of(graph):
        widen(part)
    # Whoever calls it still gives and gets float16.
    first, last = [], []
    for value in given:
        renamed(graph, value.name, f"{value.name}_as_float32", reads=True)
        first.append(onnx.helper.make_node("Cast", [value.name], [f"{value.name}_as_float32"], to=single))
        value.type.tensor_type.elem_type = half
    for value in told:
        renamed(graph, value.name, f"{value.name}_in_float32", reads=False)
        last.append(onnx.helper.make_node("Cast", [f"{value.name}_in_float32"], [value.name], to=half))
        value.type.tensor_type.elem_type = half
    nodes = [*first, *graph.node, *last]
    del graph.node[:], graph.value_info[:]
    graph.node.extend(nodes)
    whole = os.path.join(scratch, "float32.onnx")
    save(model, whole, "float32.data")
    return whole, ["Weights of float16 were taken as float32 first; inputs and outputs stay float16."]


def is_half(value):
    import onnx

    return value.type.tensor_type.elem_type == onnx.TensorProto.FLOAT16


def graphs_of(graph):
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            for part in ([attribute.g] if attribute.HasField("g") else []) + list(attribute.graphs):
                yield from graphs_of(part)


def widen(graph):
    """Makes float32 of all that is float16 in one graph."""
    import onnx

    half, single = onnx.TensorProto.FLOAT16, onnx.TensorProto.FLOAT

    def tensor(each):
        if each.data_type == half:
            each.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(each).astype("float32"), each.name))

    for each in graph.initializer:
        tensor(each)
    for value in [*graph.input, *graph.output, *graph.value_info]:
        if is_half(value):
            value.type.tensor_type.elem_type = single
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.TENSOR:
                tensor(attribute.t)
            if attribute.name in ("to", "dtype") and attribute.i == half:
                attribute.i = single


def renamed(graph, old, new, reads):
    """Gives one value of the main graph another name where it is read, and where it is made unless `reads`."""
    for part in graphs_of(graph):
        for node in part.node:
            for at, name in enumerate(node.input):
                if name == old:
                    node.input[at] = new
            for at, name in enumerate(node.output):
                if name == old and not reads:
                    node.output[at] = new
        for value in [] if part is graph else part.output:
            if value.name == old:
                value.name = new


def weight_bytes(model):
    """Bytes of its weights: to ask the message itself for its size fails beyond 2 GB."""
    return sum(len(each.raw_data) + 8 * len(each.float_data) + 8 * len(each.int64_data) for each in model.graph.initializer)


def save(model, path, beside):
    """As one file, with the weights in the file `beside` it where one cannot hold them. Says whether it did."""
    import onnx

    if os.path.exists(os.path.join(os.path.dirname(path), beside)):
        os.remove(os.path.join(os.path.dirname(path), beside))
    if weight_bytes(model) < MOST_BYTES:
        onnx.save(model, path)
        return False
    onnx.save(model, path, save_as_external_data=True, all_tensors_to_one_file=True, location=beside, size_threshold=1024)
    return True


def at_least_opset(model):
    """The model in operator set 13 or newer."""
    import onnx

    standard = [each for each in model.opset_import if each.domain in ("", "ai.onnx")]
    version = standard[0].version if standard else LEAST_OPSET
    if version >= LEAST_OPSET:
        return model
    # From this format on, weights need not be inputs too; the converter expects it of older ones.
    model.ir_version = max(model.ir_version, 4)
    try:
        return onnx.version_converter.convert_version(model, LEAST_OPSET)
    except Exception as error:
        raise Refused(
            "opset",
            f"The model is of operator set {version}, quantization needs {LEAST_OPSET} or newer, and onnx could not convert "
            f"it ({first_line(error)}). Export it again with opset {LEAST_OPSET} or newer.",
        ) from error


def calibration_reader(folder, rows_at_once):
    """Feeds of the sets in `folder`, in their order, cut along the first dimension."""
    import onnx
    from onnxruntime.quantization import CalibrationDataReader

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.feeds = self.all()

        def get_next(self):
            return next(self.feeds, None)

        def all(self):
            names = [name for name in os.listdir(folder) if name.startswith("test_data_set_")]
            sets = sorted(names, key=lambda name: int(name.rsplit("_", 1)[1]))
            for name in sets:
                feed = {}
                for file in os.listdir(os.path.join(folder, name)):
                    tensor = onnx.load_tensor(os.path.join(folder, name, file))
                    feed[tensor.name] = onnx.numpy_helper.to_array(tensor)
                yield from cut(feed, rows_at_once)

    return Reader()


def cut(feed, rows_at_once):
    if rows_at_once is None:
        yield feed
        return
    rows = min(array.shape[0] for array in feed.values())
    for start in range(0, rows - rows_at_once + 1, rows_at_once):
        yield {name: array[start : start + rows_at_once] for name, array in feed.items()}


def quantize(args, model, target):
    """Writes the quantized model to the path `target`."""
    from onnxruntime import quantization as tools

    kinds = [name for name in args.operators.split(",") if name] or None
    common = {
        "op_types_to_quantize": kinds,
        "per_channel": args.per_channel,
        "reduce_range": args.reduce_range,
        "weight_type": getattr(tools.QuantType, EIGHT_BITS[args.weights]),
    }
    if weight_bytes(model) >= MOST_BYTES:
        common["use_external_data_format"] = True
    if args.method == "dynamic":
        tools.quantize_dynamic(model, target, **common)
        return
    methods = {"minmax": "MinMax", "entropy": "Entropy", "percentile": "Percentile"}
    tools.quantize_static(
        model,
        target,
        calibration_reader(args.calibration, args.rows_at_once),
        quant_format=tools.QuantFormat.QDQ,
        activation_type=getattr(tools.QuantType, EIGHT_BITS[args.activations]),
        calibrate_method=getattr(tools.CalibrationMethod, methods[args.calibrate]),
        **common,
    )


def told(path, before):
    """What of the model at `path` has 8-bit weights, and what of the kinds of operators `before` has none."""
    import onnx

    graph = onnx.load(path, load_external_data=False).graph
    eight = (onnx.TensorProto.INT8, onnx.TensorProto.UINT8)
    weights = {each.name for each in graph.initializer if each.data_type in eight and each.name.endswith("_quantized")}
    given = {
        node.output[0]: node.input[0] for node in graph.node if node.op_type == "DequantizeLinear" and node.input[0] in weights
    }
    kinds = Counter()
    for node in graph.node:
        if node.op_type != "DequantizeLinear" and any(name in weights or name in given for name in node.input):
            kinds[REAL_NAMES.get(node.op_type, node.op_type)] += 1
    left = Counter(before)
    left.subtract(kinds)
    # Without calibration the tools make a MatMul of each Gemm.
    left["Gemm"] += min(0, left["MatMul"])
    return {"quantized": dict(kinds), "left": {kind: count for kind, count in left.items() if count > 0}, "tensors": len(weights)}


def work(args):
    found = versions()
    scratch = scratch_of(args)
    # What the tools leave behind when they are killed lies where Slipway clears up.
    tempfile.tempdir = scratch
    logging.getLogger().setLevel(logging.ERROR)
    print(f"onnx {found['onnx']}, onnxruntime {found['onnxruntime']}, Python {found['python']}", flush=True)
    model, notes = prepared(args.model, scratch)
    before = Counter(node.op_type for node in model.graph.node)
    unfinished = os.path.join(scratch, "unfinished.onnx")
    print(f"Quantizing {os.path.basename(args.model)} ({args.method})", flush=True)
    quantize(args, model, unfinished)
    result = told(unfinished, before)
    if result["tensors"] == 0:
        kinds = ", ".join(f"{count} {kind}" for kind, count in before_first(result["left"]))
        raise Refused("nothing", f"onnxruntime quantized no weight of it: its operators are {kinds}.")
    one_file(unfinished, args)
    counts = ", ".join(f"{count} {kind}" for kind, count in before_first(result["quantized"]))
    print(f"Quantized {result['tensors']} weights of {counts}", flush=True)
    return {"versions": found, "notes": notes, **result}


def one_file(unfinished, args):
    """The model in its place; its weights too, unless one file cannot hold them."""
    import onnx

    beside = external_files(unfinished)
    if not beside:
        os.replace(unfinished, args.output)
        return
    save(onnx.load(unfinished), args.output, args.beside)
    for name in beside:
        os.remove(os.path.join(os.path.dirname(unfinished), name))


def scratch_of(args):
    return os.path.dirname(os.path.abspath(args.report))


def before_first(counts):
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:8]


def first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


def main():
    if sys.argv[1:] == ["--versions"]:
        attended()
        try:
            print(json.dumps({"versions": versions()}))
        except Refused as error:
            print(json.dumps({"refused": error.code, "sentence": str(error)}))
        return 0
    args = arguments()
    if not os.path.isdir(scratch_of(args)):
        print("This is a step of `slipway quantize`, whose files are gone: run `slipway quantize MODEL` instead.", file=sys.stderr)
        return 1
    lines = attended(scratch_of(args))
    try:
        report, code = work(args), 0
    except Refused as error:
        report, code = {"refused": error.code, "sentence": str(error)}, 1
        print(error, file=sys.stderr)
    except MemoryError:
        report, code = {"refused": "failed", "sentence": "There was not enough memory."}, 1
    except Exception as error:
        import traceback

        traceback.print_exc()
        report, code = {"refused": "failed", "sentence": f"{type(error).__name__}: {first_line(error)}"}, 1
    write_whole(args.report, {"run_id": os.environ.get("SLIPWAY_RUN_ID"), **report})
    if code != 0:
        return code
    line = lines.get()
    if line == "kept":
        return 0
    print(line, file=sys.stderr)
    return 1


def write_whole(path, value):
    with open(f"{path}.unfinished", "w", encoding="utf-8") as file:
        json.dump(value, file)
    os.replace(f"{path}.unfinished", path)


if __name__ == "__main__":
    sys.exit(main())
