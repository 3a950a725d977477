"""Real exported models, each with an input and what onnxruntime-python answers with one thread.

make-models.py FOLDER writes, for every model, FOLDER/NAME/ with
  model.onnx      as its exporter wrote it
  input.json      {"inputs": {NAME: nested rows}}; non-finite numbers as "NaN", "Infinity", "-Infinity"
  expected.json   {"outputs": {NAME: …}, "labels": {OUTPUT: [class, …]}}: maps of a class to its score become rows in
                  the order of the labels; a float32 is a number that rounds to it
  test_data_set_0 the same in the form of the ONNX project, where each value is a tensor
and FOLDER/models.json: [{"name", "from", "opset", "inputs": {NAME: type}, "zipmap"}].
"""

import json
import math
import sys
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
kept = []
random = np.random.RandomState(7)


def plain(value):
    """Anything a session returns, as JSON values."""
    if isinstance(value, np.ndarray):
        return [plain(each) for each in value] if value.ndim > 0 else plain(value[()])
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (np.floating, float)):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return float(str(value))
    if isinstance(value, (np.bool_, bool)):
        return bool(value)
    if isinstance(value, (np.integer, int)):
        return int(value) if abs(int(value)) <= 2**53 else str(int(value))
    return str(value)


def session_of(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def zipmap_labels(model):
    """The classes of each ZipMap output, in the order of its columns."""
    found = {}
    for node in model.graph.node:
        if node.op_type != "ZipMap":
            continue
        for attribute in node.attribute:
            if attribute.name == "classlabels_int64s":
                found[node.output[0]] = list(attribute.ints)
            if attribute.name == "classlabels_strings":
                found[node.output[0]] = [text.decode() for text in attribute.strings]
    return found


def in_label_order(value, labels):
    return [[row[label] for label in labels] for row in value]


def keep(name, source, model, feeds, answers=None):
    """Writes one model. `answers`: what its outputs are, where a session of Python's cannot be asked."""
    here = folder / name
    here.mkdir(parents=True, exist_ok=True)
    path = here / "model.onnx"
    if isinstance(model, bytes):
        path.write_bytes(model)
    elif model is not None:
        onnx.save_model(model, str(path))
    read = onnx.load(str(path))
    labels = zipmap_labels(read)
    names = [output.name for output in read.graph.output]
    if answers is None:
        answers = session_of(path).run(None, feeds)
    outputs = {
        output: plain(in_label_order(value, labels[output]) if output in labels else value)
        for output, value in zip(names, answers)
    }
    (here / "input.json").write_text(json.dumps({"inputs": {key: plain(value) for key, value in feeds.items()}}))
    (here / "expected.json").write_text(json.dumps({"outputs": outputs, "labels": {k: plain(v) for k, v in labels.items()}}))
    write_data_set(here / "test_data_set_0", feeds, names, answers)
    opset = {entry.domain or "ai.onnx": entry.version for entry in read.opset_import}
    kinds = {key: str(value.dtype) if value.dtype != object else "string" for key, value in feeds.items()}
    kept.append({"name": name, "from": source, "opset": opset, "inputs": kinds, "zipmap": bool(labels)})


def write_data_set(place, feeds, names, answers):
    place.mkdir(exist_ok=True)
    for index, (name, value) in enumerate(feeds.items()):
        (place / f"input_{index}.pb").write_bytes(numpy_helper.from_array(value, name).SerializeToString())
    for index, (name, value) in enumerate(zip(names, answers)):
        proto = numpy_helper.from_array(value, name) if isinstance(value, np.ndarray) else sequence_proto(value, name)
        (place / f"output_{index}.pb").write_bytes(proto.SerializeToString())


def sequence_proto(items, name):
    """A list of arrays, or of a map of a class to its score a row."""
    if all(isinstance(item, np.ndarray) for item in items):
        return numpy_helper.from_list(items, name)
    sequence = onnx.SequenceProto(name=name, elem_type=onnx.SequenceProto.MAP)
    for item in items:
        keys = list(item)
        kind = TensorProto.STRING if isinstance(keys[0], str) else TensorProto.INT64
        named = [key.encode() if isinstance(key, str) else key for key in keys]
        scores = numpy_helper.from_list([np.float32(item[key]) for key in keys])
        sequence.map_values.append(helper.make_map("", kind, named, scores))
    return sequence


# --- scikit-learn ----------------------------------------------------------------------------------------------------


def sklearn_models():
    import pandas as pd
    from skl2onnx import convert_sklearn, to_onnx
    from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
    from sklearn import datasets, ensemble, linear_model, naive_bayes, neighbors, neural_network, svm, tree
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.cluster import KMeans
    from sklearn.compose import ColumnTransformer
    from sklearn.decomposition import PCA
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.impute import SimpleImputer
    from sklearn.multioutput import MultiOutputRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, PolynomialFeatures, StandardScaler

    iris_x, iris_y = datasets.load_iris(return_X_y=True)
    iris_x = iris_x.astype(np.float32)
    cancer_x, cancer_y = datasets.load_breast_cancer(return_X_y=True)
    cancer_x = cancer_x.astype(np.float32)
    diabetes_x, diabetes_y = datasets.load_diabetes(return_X_y=True)
    diabetes_x = diabetes_x.astype(np.float32)
    flowers = np.array(["setosa", "versicolor", "virginica"])[iris_y]
    kinds = np.array(["malignant", "benign"])[cancer_y]
    rows = slice(0, 150, 7)

    def fitted(name, model, x, y, **options):
        model.fit(x, y)
        exported = to_onnx(model, x[:1], **options)
        keep(name, "skl2onnx", exported, {exported.graph.input[0].name: x[rows]})

    logistic = linear_model.LogisticRegression
    fitted("logistic-iris", logistic(max_iter=500), iris_x, iris_y)
    fitted("logistic-strings", logistic(max_iter=5000), cancer_x, kinds)
    fitted("logistic-no-zipmap", logistic(max_iter=500), iris_x, flowers, options={"zipmap": False})
    fitted("logistic-columns", logistic(max_iter=500), iris_x, flowers, options={"zipmap": "columns"})
    fitted("logistic-opset-9", logistic(max_iter=500), iris_x, iris_y, target_opset={"": 9, "ai.onnx.ml": 1})
    fitted("linear-regression", linear_model.LinearRegression(), diabetes_x, diabetes_y)
    fitted("ridge", linear_model.Ridge(), diabetes_x, diabetes_y)
    fitted("elastic-net", linear_model.ElasticNet(alpha=0.01), diabetes_x, diabetes_y)
    fitted("sgd", linear_model.SGDClassifier(loss="log_loss", random_state=0), iris_x, flowers)
    fitted("svc", svm.SVC(probability=True, random_state=0), iris_x, iris_y)
    fitted("svr", svm.SVR(), diabetes_x, diabetes_y)
    fitted("linear-svc", svm.LinearSVC(), iris_x, flowers)
    fitted("tree-classifier", tree.DecisionTreeClassifier(random_state=0), iris_x, flowers)
    fitted("tree-regressor", tree.DecisionTreeRegressor(random_state=0), diabetes_x, diabetes_y)
    fitted("forest-300", ensemble.RandomForestClassifier(300, random_state=0), cancer_x, cancer_y)
    fitted("forest-regressor", ensemble.RandomForestRegressor(50, random_state=0), diabetes_x, diabetes_y)
    fitted("extra-trees", ensemble.ExtraTreesClassifier(40, random_state=0), iris_x, flowers)
    fitted("boosting", ensemble.GradientBoostingClassifier(random_state=0), iris_x, iris_y)
    fitted("boosting-regressor", ensemble.GradientBoostingRegressor(random_state=0), diabetes_x, diabetes_y)
    fitted("hist-boosting", ensemble.HistGradientBoostingClassifier(max_iter=30, random_state=0), cancer_x, kinds)
    fitted("hist-boosting-regressor", ensemble.HistGradientBoostingRegressor(max_iter=30), diabetes_x, diabetes_y)
    fitted("adaboost", ensemble.AdaBoostClassifier(n_estimators=20, random_state=0), iris_x, iris_y)
    fitted("isolation-forest", ensemble.IsolationForest(n_estimators=20, random_state=0), iris_x, iris_y,
           target_opset={"": 18, "ai.onnx.ml": 3})
    fitted("knn", neighbors.KNeighborsClassifier(), iris_x, flowers)
    fitted("knn-regressor", neighbors.KNeighborsRegressor(), diabetes_x, diabetes_y)
    fitted("gaussian-nb", naive_bayes.GaussianNB(), iris_x, flowers)
    fitted("bernoulli-nb", naive_bayes.BernoulliNB(binarize=3.0), iris_x, iris_y)
    fitted("mlp", neural_network.MLPClassifier(hidden_layer_sizes=(16, 8), max_iter=400, random_state=0), iris_x, flowers)
    fitted("mlp-regressor", neural_network.MLPRegressor(hidden_layer_sizes=(16,), max_iter=400, random_state=0), diabetes_x, diabetes_y)
    fitted("lda", LinearDiscriminantAnalysis(), iris_x, flowers)
    fitted("calibrated", CalibratedClassifierCV(linear_model.RidgeClassifier()), iris_x, iris_y)
    fitted("voting", ensemble.VotingClassifier(
        [("a", logistic(max_iter=500)), ("b", tree.DecisionTreeClassifier(max_depth=3, random_state=0))],
        voting="soft", flatten_transform=False),
        iris_x, iris_y)
    fitted("gaussian-process", GaussianProcessRegressor(random_state=0), diabetes_x[:80], diabetes_y[:80])
    fitted("multi-output", MultiOutputRegressor(linear_model.Ridge()), diabetes_x, np.c_[diabetes_y, -diabetes_y])
    fitted("kmeans", KMeans(3, n_init=3, random_state=0), iris_x, iris_y)
    fitted("pca", PCA(2, random_state=0), iris_x, iris_y)
    fitted("scaled-logistic", make_pipeline(StandardScaler(), logistic(max_iter=500)), cancer_x, kinds)
    fitted("polynomial-ridge", make_pipeline(MinMaxScaler(), PolynomialFeatures(2), linear_model.Ridge()),
           diabetes_x, diabetes_y)
    holes = iris_x.copy()
    holes[::3, 1] = np.nan
    fitted("imputed-forest", make_pipeline(SimpleImputer(), ensemble.RandomForestClassifier(20, random_state=0)),
           holes, flowers)
    fitted("missing-hist-boosting", ensemble.HistGradientBoostingClassifier(max_iter=10, random_state=0), holes, iris_y)

    table = pd.DataFrame({
        "carrier": random.choice(["AA", "DL", "UA", "B6"], 400),
        "origin": random.choice(["JFK", "LGA", "EWR"], 400),
        "dep_delay": random.normal(5, 20, 400).astype(np.float32),
        "distance": random.randint(90, 3000, 400).astype(np.int64),
    })
    late = np.where(table.dep_delay + 5 * (table.origin == "JFK") > 8, "late", "on time")
    pipeline = make_pipeline(
        ColumnTransformer([
            ("words", OneHotEncoder(handle_unknown="ignore"), ["carrier", "origin"]),
            ("numbers", StandardScaler(), ["dep_delay", "distance"]),
        ]),
        logistic(max_iter=1000),
    ).fit(table, late)
    types = [
        ("carrier", StringTensorType([None, 1])), ("origin", StringTensorType([None, 1])),
        ("dep_delay", FloatTensorType([None, 1])), ("distance", Int64TensorType([None, 1])),
    ]
    exported = convert_sklearn(pipeline, "flights", types)
    feeds = {key: table[[key]].to_numpy()[:12] for key in table}
    feeds = {key: value.astype(object) if key in ("carrier", "origin") else value for key, value in feeds.items()}
    keep("mixed-columns", "skl2onnx", exported, feeds)

    news = [
        "engine failure delays the flight", "storm over the harbour", "late crew delays departure", "sunny and calm",
        "flight delayed by fog", "clear skies and on time", "crew arrived early", "thunder and heavy rain today",
    ]
    topics = ["delay", "weather", "delay", "weather", "delay", "weather", "delay", "weather"]
    text = make_pipeline(TfidfVectorizer(), logistic()).fit(news, topics)
    # Not every machine has the locale that onnxruntime uses where none is named.
    exported = convert_sklearn(text, "text", [("text", StringTensorType([None, 1]))],
                               options={TfidfVectorizer: {"locale": "C.UTF-8"}})
    keep("text", "skl2onnx", exported, {"text": np.array([[each] for each in [*news, "fog and rain"]], dtype=object)})


# --- XGBoost, LightGBM -----------------------------------------------------------------------------------------------


def boosted_models():
    import lightgbm
    import onnxmltools
    import xgboost
    from onnxmltools.convert.common.data_types import FloatTensorType
    from sklearn import datasets

    x, y = datasets.load_breast_cancer(return_X_y=True)
    x = x.astype(np.float32)
    iris_x, iris_y = datasets.load_iris(return_X_y=True)
    iris_x = iris_x.astype(np.float32)
    value_x, value_y = datasets.load_diabetes(return_X_y=True)
    value_x = value_x.astype(np.float32)

    def booster(name, model, convert, x, y):
        model.fit(x, y)
        exported = convert(model, initial_types=[("input", FloatTensorType([None, x.shape[1]]))], target_opset=15)
        keep(name, "onnxmltools", exported, {"input": x[:150:7]})

    few = {"n_estimators": 30, "random_state": 0, "n_jobs": 1}
    quiet = {**few, "verbose": -1}
    booster("xgboost-binary", xgboost.XGBClassifier(**few), onnxmltools.convert_xgboost, x, y)
    booster("xgboost-classes", xgboost.XGBClassifier(**few), onnxmltools.convert_xgboost, iris_x, iris_y)
    booster("xgboost-regressor", xgboost.XGBRegressor(**few), onnxmltools.convert_xgboost, value_x, value_y)
    booster("lightgbm-binary", lightgbm.LGBMClassifier(**quiet), onnxmltools.convert_lightgbm, x, y)
    booster("lightgbm-classes", lightgbm.LGBMClassifier(**quiet), onnxmltools.convert_lightgbm, iris_x, iris_y)
    booster("lightgbm-regressor", lightgbm.LGBMRegressor(**quiet), onnxmltools.convert_lightgbm, value_x, value_y)


# --- graphs of the standard's own operators --------------------------------------------------------------------------


def made(nodes, inputs, outputs, weights=(), opset=17, ir=8, **more):
    graph = helper.make_graph(nodes, "graph", inputs, outputs, list(weights))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir, producer_name="slipway-tests", **more)


def value(name, element, shape):
    return helper.make_tensor_value_info(name, element, shape)


def weight(name, *shape, scale=0.2):
    return numpy_helper.from_array((random.standard_normal(shape) * scale).astype(np.float32), name)


def image_net(opset, ir):
    nodes = [
        helper.make_node("Conv", ["image", "w1", "b1"], ["c1"], name="conv1", kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["c1"], ["r1"], name="relu1"),
        helper.make_node("MaxPool", ["r1"], ["p1"], name="pool1", kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Conv", ["p1", "w2", "b2"], ["c2"], name="conv2", kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["c2"], ["r2"], name="relu2"),
        helper.make_node("GlobalAveragePool", ["r2"], ["g"], name="pool2"),
        helper.make_node("Flatten", ["g"], ["f"], name="flatten"),
        helper.make_node("Gemm", ["f", "w3", "b3"], ["logits"], name="head"),
        helper.make_node("Softmax", ["logits"], ["scores"], name="softmax", axis=1),
    ]
    weights = [weight("w1", 8, 3, 3, 3), weight("b1", 8), weight("w2", 16, 8, 3, 3), weight("b2", 16),
               weight("w3", 16, 5), weight("b3", 5)]
    model = made(nodes, [value("image", TensorProto.FLOAT, ["N", 3, 32, 32])],
                 [value("scores", TensorProto.FLOAT, ["N", 5])], weights, opset, ir)
    helper.set_model_props(model, {"names": "{0: 'cat', 1: 'dog', 2: 'fox', 3: \"owl's\", 4: 'hen'}", "task": "classify"})
    return model


def standard_models():
    picture = random.rand(2, 3, 32, 32).astype(np.float32)
    keep("image-net", "onnx.helper", image_net(17, 8), {"image": picture})
    keep("image-net-opset-7", "onnx.helper", image_net(7, 3), {"image": picture})
    keep("image-net-opset-22", "onnx.helper", image_net(22, 10), {"image": picture})
    keep("int64", "onnx.helper", made(
        [helper.make_node("Add", ["x", "one"], ["y"])], [value("x", TensorProto.INT64, ["N"])],
        [value("y", TensorProto.INT64, ["N"])], [numpy_helper.from_array(np.array([1], np.int64), "one")]),
        {"x": np.array([1, 2**53, 2**62, -(2**63)], np.int64)})
    keep("strings", "onnx.helper", made(
        [helper.make_node("StringNormalizer", ["x"], ["y"], case_change_action="UPPER", locale="C.UTF-8")],
        [value("x", TensorProto.STRING, ["N"])], [value("y", TensorProto.STRING, ["N"])]),
        {"x": np.array(["über", "naïve", "a\"b", "日本"], dtype=object)})
    for name, element, kind in [("float16", TensorProto.FLOAT16, np.float16), ("float64", TensorProto.DOUBLE, np.float64)]:
        keep(name, "onnx.helper", made(
            [helper.make_node("Sqrt", ["x"], ["y"])], [value("x", element, ["N", 3])], [value("y", element, ["N", 3])]),
            {"x": np.array([[0.1, 2, 1e-7], [-1, np.inf, 65504]], kind)})
    brain_floats()
    keep("no-number", "onnx.helper", made(
        [helper.make_node("Log", ["x"], ["y"])], [value("x", TensorProto.FLOAT, [None])], [value("y", TensorProto.FLOAT, [None])]),
        {"x": np.array([-1, 0, 1, np.nan, np.inf], np.float32)})
    keep("scalar", "onnx.helper", made(
        [helper.make_node("ReduceSum", ["x"], ["total"], keepdims=0), helper.make_node("Shape", ["x"], ["size"])],
        [value("x", TensorProto.FLOAT, None)], [value("total", TensorProto.FLOAT, []), value("size", TensorProto.INT64, None)],
        ), {"x": random.rand(2, 3, 4).astype(np.float32)})
    keep("empty-batch", "onnx.helper", made(
        [helper.make_node("Relu", ["x"], ["y"])], [value("x", TensorProto.FLOAT, ["N", 4])], [value("y", TensorProto.FLOAT, ["N", 4])]),
        {"x": np.zeros((0, 4), np.float32)})
    keep("comparison", "onnx.helper", made(
        [helper.make_node("Less", ["a", "b"], ["less"]), helper.make_node("And", ["less", "mask"], ["both"])],
        [value("a", TensorProto.INT32, ["N"]), value("b", TensorProto.INT32, ["N"]), value("mask", TensorProto.BOOL, ["N"])],
        [value("both", TensorProto.BOOL, ["N"])]),
        {"a": np.array([1, 5, 3], np.int32), "b": np.array([2, 2, 9], np.int32), "mask": np.array([True, True, False])})
    keep("sequence", "onnx.helper", made(
        [helper.make_node("SplitToSequence", ["x"], ["parts"], axis=0)], [value("x", TensorProto.FLOAT, ["N", 2])],
        [helper.make_tensor_sequence_value_info("parts", TensorProto.FLOAT, None)]),
        {"x": random.rand(3, 2).astype(np.float32)})
    keep("bytes", "onnx.helper", made(
        [helper.make_node("Add", ["x", "x"], ["y"]), helper.make_node("Cast", ["z"], ["w"], to=TensorProto.INT16)],
        [value("x", TensorProto.UINT64, ["N"]), value("z", TensorProto.INT8, ["N"])],
        [value("y", TensorProto.UINT64, ["N"]), value("w", TensorProto.INT16, ["N"])]),
        {"x": np.array([1, 2**62], np.uint64), "z": np.array([-128, 127], np.int8)})
    branches()
    function_of_its_own()
    beside()


def brain_floats():
    """numpy has no bfloat16: what is expected comes from the same graph between casts."""
    inner = [helper.make_node("Cast", ["x"], ["wide"], to=TensorProto.FLOAT),
             helper.make_node("Mul", ["wide", "wide"], ["product"]),
             helper.make_node("Cast", ["product"], ["y"], to=TensorProto.BFLOAT16)]
    here = made(inner, [value("x", TensorProto.BFLOAT16, ["N"])], [value("y", TensorProto.BFLOAT16, ["N"])])
    casts = [helper.make_node("Cast", ["a"], ["x"], to=TensorProto.BFLOAT16), *inner,
             helper.make_node("Cast", ["y"], ["b"], to=TensorProto.FLOAT)]
    around = made(casts, [value("a", TensorProto.FLOAT, ["N"])], [value("b", TensorProto.FLOAT, ["N"])])
    path = folder / "around.onnx"
    onnx.save_model(around, str(path))
    feed = np.array([1.5, 3.14159, -1e30, np.nan], np.float32)
    answers = session_of(path).run(None, {"a": feed})
    path.unlink()
    keep("bfloat16", "onnx.helper", here, {"x": feed}, answers)


def branches():
    """A choice and a loop, whose graphs lie within their nodes."""
    small = value("out", TensorProto.FLOAT, ["N"])
    double = helper.make_graph([helper.make_node("Add", ["x", "x"], ["out"], name="twice")], "then", [], [small])
    negative = helper.make_graph([helper.make_node("Neg", ["x"], ["out"], name="minus")], "else", [], [small])
    step = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Mul", ["before", "half"], ["after"], name="halve")],
        "body", [value("i", TensorProto.INT64, []), value("go", TensorProto.BOOL, []), value("before", TensorProto.FLOAT, None)],
        [value("go_on", TensorProto.BOOL, []), value("after", TensorProto.FLOAT, None)])
    keep("branches", "onnx.helper", made(
        [helper.make_node("If", ["choose"], ["chosen"], name="choice", then_branch=double, else_branch=negative),
         helper.make_node("Loop", ["times", "", "chosen"], ["y"], name="halving", body=step)],
        [value("choose", TensorProto.BOOL, []), value("times", TensorProto.INT64, []), value("x", TensorProto.FLOAT, ["N"])],
        [value("y", TensorProto.FLOAT, None)], [numpy_helper.from_array(np.array(0.5, np.float32), "half")]),
        {"choose": np.array(True), "times": np.array(3, np.int64), "x": np.array([1, 2, 3], np.float32)})


def function_of_its_own():
    own = helper.make_function("own.tools", "Scaled", ["x"], ["y"],
        [helper.make_node("Constant", [], ["two"], value_float=2.0), helper.make_node("Mul", ["x", "two"], ["y"])],
        [helper.make_opsetid("", 17)], [])
    graph = helper.make_graph([helper.make_node("Scaled", ["x"], ["y"], domain="own.tools")], "graph",
        [value("x", TensorProto.FLOAT, ["N"])], [value("y", TensorProto.FLOAT, ["N"])])
    model = helper.make_model(graph, functions=[own], ir_version=8, producer_name="slipway-tests",
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("own.tools", 1)])
    keep("own-function", "onnx.helper", model, {"x": np.array([1, 2], np.float32)})


def beside():
    """Weights in a file beside the model."""
    model = made([helper.make_node("MatMul", ["x", "w"], ["y"])], [value("x", TensorProto.FLOAT, ["N", 64])],
                 [value("y", TensorProto.FLOAT, ["N", 32])], [weight("w", 64, 32)])
    here = folder / "external-data"
    here.mkdir(parents=True, exist_ok=True)
    onnx.save_model(model, str(here / "model.onnx"), save_as_external_data=True, location="model.onnx.data", size_threshold=0)
    keep("external-data", "onnx.helper", None, {"x": random.rand(3, 64).astype(np.float32)})


def hostile():
    """Models that would keep or kill whoever runs them: only their files, because nothing may be asked of them here."""
    here = folder / "hostile"
    here.mkdir(exist_ok=True)
    one = [value("x", TensorProto.FLOAT, ["N"])], [value("y", TensorProto.FLOAT, None)]
    step = helper.make_graph([helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Identity", ["before"], ["after"])],
        "body", [value("i", TensorProto.INT64, []), value("go", TensorProto.BOOL, []), value("before", TensorProto.FLOAT, None)],
        [value("go_on", TensorProto.BOOL, []), value("after", TensorProto.FLOAT, None)])
    endless = made([helper.make_node("Loop", ["times", "", "x"], ["y"], body=step)], *one,
        [numpy_helper.from_array(np.array(2**62, np.int64), "times")])
    huge = made([helper.make_node("ConstantOfShape", ["size"], ["much"]), helper.make_node("ReduceSum", ["much"], ["sum"], keepdims=0),
        helper.make_node("Add", ["x", "sum"], ["y"])], *one, [numpy_helper.from_array(np.array([10**13], np.int64), "size")])
    growing = made([helper.make_node("Cast", ["x"], ["sizes"], to=TensorProto.INT64), helper.make_node("ConstantOfShape", ["sizes"], ["much"]),
        helper.make_node("ReduceSum", ["much"], ["y"], keepdims=0)], *one)
    for name, model in (("endless", endless), ("huge", huge), ("growing", growing)):
        (here / f"{name}.onnx").write_bytes(model.SerializeToString())


for make in (sklearn_models, boosted_models, standard_models, hostile):
    make()
(folder / "models.json").write_text(json.dumps(kept, indent=1))
print(f"{len(kept)} models")
