"""Plain logging: params, metrics, tags, artifacts, dataset, batch, async, all read back."""
import math
import os
import tempfile

import mlflow
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

client = MlflowClient()
experiment = mlflow.set_experiment("plain")
assert mlflow.set_experiment("plain").experiment_id == experiment.experiment_id

with mlflow.start_run(run_name="first", tags={"team": "core"}, description="a note") as run:
    mlflow.log_param("lr", 0.01)
    mlflow.log_params({"depth": 3, "empty": ""})
    for step in range(5):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"acc": 0.5, "val/acc": 0.25}, step=7)
    mlflow.set_tag("k", "v")
    mlflow.set_tags({"a": "1", "b": "2"})
    mlflow.log_text("hello", "notes/hello.txt")
    mlflow.log_dict({"x": 1}, "conf.json")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.bin")
        with open(path, "wb") as file:
            file.write(os.urandom(200_000))
        mlflow.log_artifact(path)
        mlflow.log_artifacts(folder, "dir")
    frame = pd.DataFrame({"x": [1, 2, 3], "y": [0, 1, 0]})
    mlflow.log_input(mlflow.data.from_pandas(frame, source="s.csv", name="train"), context="training")
    mlflow.log_metric("later", 1.0, synchronous=False).wait()

found = mlflow.get_run(run.info.run_id)
assert found.info.status == "FINISHED", found.info
assert found.info.end_time >= found.info.start_time
assert found.info.run_name == "first" == found.data.tags["mlflow.runName"]
assert found.data.params == {"lr": "0.01", "depth": "3", "empty": ""}, found.data.params
assert math.isclose(found.data.metrics["loss"], 0.2)
assert found.data.metrics["val/acc"] == 0.25
assert found.data.metrics["later"] == 1.0
for key, value in {"team": "core", "k": "v", "a": "1", "mlflow.note.content": "a note"}.items():
    assert found.data.tags[key] == value, key

history = client.get_metric_history(run.info.run_id, "loss")
assert [(p.step, p.value) for p in history] == [(s, 1 / (s + 1)) for s in range(5)], history
assert client.get_metric_history(run.info.run_id, "absent") == []

inputs = found.inputs.dataset_inputs
assert len(inputs) == 1 and inputs[0].dataset.name == "train"
assert inputs[0].tags[0].value == "training"

assert {f.path for f in client.list_artifacts(run.info.run_id)} == {"notes", "conf.json", "data.bin", "dir"}
assert [f.path for f in client.list_artifacts(run.info.run_id, "dir")] == ["dir/data.bin"]
with tempfile.TemporaryDirectory() as folder:
    local = client.download_artifacts(run.info.run_id, "notes/hello.txt", folder)
    assert open(local).read() == "hello"
assert mlflow.artifacts.load_dict(f"{found.info.artifact_uri}/conf.json") == {"x": 1}

batch = client.create_run(experiment.experiment_id)
client.log_batch(
    batch.info.run_id,
    metrics=[Metric("m", value / 10, 1000 + value, value) for value in range(900)],
    params=[Param(f"p{i}", str(i)) for i in range(90)],
    tags=[RunTag("t", "1")],
)
client.set_terminated(batch.info.run_id, "FAILED")
again = client.get_run(batch.info.run_id)
assert again.info.status == "FAILED"
assert again.data.metrics == {"m": 89.9}
assert len(again.data.params) == 90
assert len(client.get_metric_history(batch.info.run_id, "m")) == 900
