"""A table through a forest of 300 trees, in Python: prediction-table.py make ROWS FOLDER | run FOLDER.

`make` writes FOLDER/rows.parquet (20 columns) and FOLDER/forest.onnx. `run` reads, predicts with one thread in batches of
10,240 rows and writes FOLDER/python.parquet, and prints the seconds that this took, imports left out."""

import sys
import time

import numpy as np
import onnxruntime
import pyarrow as pa
import pyarrow.parquet as pq

work, *args = sys.argv[1:]
if work == "make":
    from skl2onnx import to_onnx
    from sklearn.datasets import make_classification
    from sklearn.ensemble import RandomForestClassifier

    rows, folder = int(args[0]), args[1]
    x, y = make_classification(20_000, 20, n_informative=8, random_state=0)
    x = x.astype(np.float32)
    forest = RandomForestClassifier(300, max_depth=8, n_jobs=-1, random_state=0).fit(x, y)
    open(f"{folder}/forest.onnx", "wb").write(to_onnx(forest, x[:1], options={"zipmap": False}).SerializeToString())
    random = np.random.default_rng(1)
    columns = {f"c{at}": random.standard_normal(rows) for at in range(20)}
    pq.write_table(pa.table(columns), f"{folder}/rows.parquet")
else:
    folder = args[0]
    start = time.perf_counter()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(f"{folder}/forest.onnx", options, providers=["CPUExecutionProvider"])
    table = pq.read_table(f"{folder}/rows.parquet")
    x = np.column_stack([table.column(at).to_numpy() for at in range(20)]).astype(np.float32)
    labels, scores = [], []
    for at in range(0, len(x), 10_240):
        label, score = session.run(None, {"X": x[at : at + 10_240]})
        labels.append(label)
        scores.append(score[:, 1])
    told = {"id": np.arange(len(x)), "y_pred": np.concatenate(labels), "score": np.concatenate(scores)}
    pq.write_table(pa.table(told), f"{folder}/python.parquet", compression="zstd")
    print(time.perf_counter() - start)
