"""Datasets as inputs of runs: once, again, with tags, at their limits."""
import json

import mlflow
import pandas as pd
from mlflow.entities import Dataset, DatasetInput, InputTag
from scene import attempted, client, named, refused

experiment = client.get_experiment_by_name(named("first")).experiment_id
run = client.create_run(experiment, start_time=30, run_name="datasets").info.run_id


def dataset(name, **changes):
    fields = {"digest": "d1", "source_type": "local", "source": json.dumps({"uri": "a.csv"}), "schema": "{}", "profile": "{}"}
    return Dataset(name=name, **{**fields, **changes})


training = [InputTag("mlflow.data.context", "training")]
client.log_inputs(run, [DatasetInput(dataset("train"), training), DatasetInput(dataset("bare", schema=None, profile=None), [])])
client.get_run(run)
client.log_inputs(run, [DatasetInput(dataset("train"), training)])
client.log_inputs(run, [DatasetInput(dataset("train", digest="d2"), training)])
client.get_run(run)
other = client.create_run(experiment, start_time=31, run_name="datasets again").info.run_id
client.log_inputs(other, [DatasetInput(dataset("train", source="changed"), [InputTag("mlflow.data.context", "eval"), InputTag("k", "v")])])
client.get_run(other)
mlflow.set_experiment(experiment_id=experiment)
with mlflow.start_run(run_id=other):
    frame = pd.DataFrame({"x": [1.5, 2.5], "y": [0, 1]})
    mlflow.log_input(mlflow.data.from_pandas(frame, source="s.csv", name="frame", targets="y"), context="training")
    mlflow.log_input(mlflow.data.from_pandas(frame, name="frame without source"))
client.get_run(other)
client.log_inputs(run, [])
for write in (
    lambda: client.log_inputs("0" * 32, [DatasetInput(dataset("train"), [])]),
    lambda: client.log_inputs(run, [DatasetInput(dataset("n" * 501), [])]),
    lambda: client.log_inputs(run, [DatasetInput(dataset("d", digest="d" * 37), [])]),
    lambda: client.log_inputs(run, [DatasetInput(dataset("d", source="s" * 65_536), [])]),
    lambda: client.log_inputs(run, [DatasetInput(dataset("d"), [InputTag("k" * 256, "v")])]),
    lambda: client.log_inputs(run, [DatasetInput(dataset("d"), [InputTag("k", "v" * 501)])]),
):
    refused(write)
client.get_run(run)
nameless = client.create_run(client.create_experiment(named("nameless")), start_time=32).info.run_id
attempted(lambda: client.log_inputs(nameless, [DatasetInput(dataset(""), [])]))
client.search_runs([experiment], "datasets.name = 'train'", order_by=["start_time"])
client.search_runs([experiment], "dataset.context = 'eval'")
client.search_runs([experiment], "datasets.digest IN ('d1', 'd9')", order_by=["start_time"])
refused(lambda: client.search_runs([experiment], "datasets.nothing = 'a'"))
