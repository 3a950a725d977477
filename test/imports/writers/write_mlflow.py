"""Writes a store of MLflow: URI RUNS METRICS STEPS [--plain] [--grow]. Prints what MLflow itself reads of it, as JSON."""
import json
import logging
import sys
import warnings

import mlflow
import pandas
from mlflow.entities import Metric, Param

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
uri, runs, metrics, steps = sys.argv[1], *map(int, sys.argv[2:5])
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient()
known = client.get_experiment_by_name("delay <b>&</b>")
experiment = known.experiment_id if known else client.create_experiment("delay <b>&</b>", tags={"team": "vision"})


def point(metric, step):
    return Metric(f"m{metric}", (step * 37 + metric * 11) % 1000 / 1000, 1763000000000 + step, step)


def write_run(index):
    run_id = client.create_run(experiment, run_name=f"run-{index}", tags={"mlflow.note.content": "Ein Wort 🦌"}).info.run_id
    client.log_batch(run_id, params=[Param("lr", "0.1"), Param("deep/er", "x" * 300)])
    for metric in range(metrics):
        for start in range(0, steps, 1000):
            client.log_batch(run_id, metrics=[point(metric, s) for s in range(start, min(steps, start + 1000))])
    odd = [1.5, float("nan"), float("inf"), float("-inf"), 0.1 + 0.2, -0.25]
    far = [Metric("train/odd", value, 1763000000000 + at, at) for at, value in enumerate(odd)]
    client.log_batch(run_id, metrics=[*far, Metric("train/odd", 7.0, 1763000000000, 2**60 + 1), Metric("train/odd", 3.0, 5, -4)])
    with open("note.txt", "w") as file:
        file.write(f"note of {index}")
    client.log_artifact(run_id, "note.txt", "plots/deep")
    client.set_terminated(run_id, "FAILED" if index == 1 else "FINISHED")


def write_others():
    mlflow.set_experiment("delay <b>&</b>")
    frame = pandas.DataFrame({"a": [1, 2]})
    with mlflow.start_run(run_name="with-input"):
        mlflow.log_input(mlflow.data.from_pandas(frame, source="s.csv", name="train"), context="training")
        if hasattr(mlflow, "initialize_logged_model"):
            model = mlflow.initialize_logged_model(name="classifier", params={"depth": "3"}, tags={"a": "b"})
            mlflow.log_metric("auc", 0.75, step=3, model_id=model.model_id)
            mlflow.finalize_logged_model(model.model_id, "READY")
    client.delete_run(client.create_run(experiment, run_name="deleted").info.run_id)


def told(run):
    return {
        "info": [run.info.run_name, run.info.status, run.info.start_time, run.info.end_time],
        "params": run.data.params,
        "tags": run.data.tags,
        "inputs": [[each.dataset.name, each.dataset.digest, each.dataset.profile] for each in run.inputs.dataset_inputs],
        "metrics": {
            key: sorted([str(p.step), p.timestamp, str(p.value)] for p in client.get_metric_history(run.info.run_id, key))
            for key in run.data.metrics
        },
    }


if "--grow" in sys.argv:
    grown = client.search_runs([experiment], filter_string="run_name = 'run-0'")[0].info.run_id
    client.log_batch(grown, metrics=[point(0, step) for step in range(steps, steps + 10)], params=[Param("late", "1")])
for index in range(runs):
    write_run(index)
if "--plain" not in sys.argv:
    write_others()
found = client.search_runs([experiment], max_results=1000)
models = client.search_logged_models([experiment]) if hasattr(client, "search_logged_models") else []
print(json.dumps({"runs": {run.info.run_id: told(run) for run in found}, "models": [each.model_id for each in models]}))
