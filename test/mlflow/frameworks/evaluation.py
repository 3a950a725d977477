"""System metrics, evaluate, tables, figures, inputs, and a model registered and loaded by its alias."""
import json
import time

import mlflow
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from mlflow import MlflowClient
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

client = MlflowClient()
mlflow.set_experiment("evaluation")
frame = load_breast_cancer(as_frame=True).frame.iloc[:, -6:]
training, held_out = train_test_split(frame, random_state=0)

mlflow.set_system_metrics_sampling_interval(0.2)
mlflow.set_system_metrics_samples_before_logging(2)
with mlflow.start_run(log_system_metrics=True) as run:
    model = LogisticRegression(max_iter=2000).fit(training.drop(columns="target"), training["target"])
    example = training.drop(columns="target").head(2)
    info = mlflow.sklearn.log_model(model, name="model", input_example=example, pip_requirements=["scikit-learn"])
    mlflow.log_input(mlflow.data.from_pandas(training, source="cancer.csv", name="cancer", targets="target"), "training")
    dataset = mlflow.data.from_pandas(held_out, name="held out", targets="target")
    result = mlflow.models.evaluate(
        info.model_uri, dataset, model_type="classifier", evaluators="default",
        evaluator_config={"log_explainer": False, "log_model_explainability": False},
    )
    mlflow.log_table({"x": [1, 2], "label": ["a", "b"]}, "table.json")
    mlflow.log_table(pd.DataFrame({"x": [3], "label": ["c"]}), "table.json")
    figure = Figure()
    figure.subplots().plot([1, 2, 3])
    mlflow.log_figure(figure, "plots/line.png")
    mlflow.log_figure(figure, "plots/line.svg")
    deadline = time.time() + 10
    while time.time() < deadline:
        if any(key.startswith("system/cpu") for key in client.get_run(run.info.run_id).data.metrics):
            break
        time.sleep(0.1)

found = client.get_run(run.info.run_id)
system = {key for key in found.data.metrics if key.startswith("system/")}
assert {"system/cpu_utilization_percentage", "system/system_memory_usage_megabytes"} <= system, system
assert found.data.metrics["accuracy_score"] == result.metrics["accuracy_score"] > 0.8
names = {entry.dataset.name: [tag.value for tag in entry.tags] for entry in found.inputs.dataset_inputs}
assert names == {"cancer": ["training"], "held out": []}, names
logged = mlflow.get_logged_model(info.model_id)
assert {metric.key for metric in logged.metrics} >= {"accuracy_score", "f1_score"}, logged.metrics
assert {metric.dataset_name for metric in logged.metrics} == {"held out"}
files = {file.path for file in client.list_artifacts(run.info.run_id)} | {
    file.path for file in client.list_artifacts(run.info.run_id, "plots")
}
assert {"table.json", "plots/line.png", "plots/line.svg", "confusion_matrix.png"} <= files, files
assert mlflow.load_table("table.json", run_ids=[run.info.run_id])["label"].tolist() == ["a", "b", "c"]

version = mlflow.register_model(info.model_uri, "cancer", tags={"by": "evaluation"})
client.set_registered_model_alias("cancer", "champion", version.version)
held = held_out.drop(columns="target")
expected = model.predict(held)
for uri in ("models:/cancer@champion", "models:/cancer/1", info.model_uri):
    assert np.array_equal(mlflow.pyfunc.load_model(uri).predict(held), expected), uri
assert np.array_equal(mlflow.sklearn.load_model("models:/cancer@champion").predict(held), expected)
again = mlflow.register_model(info.model_uri, "cancer")
client.set_registered_model_alias("cancer", "champion", again.version)
assert client.get_model_version_by_alias("cancer", "champion").version == again.version
versions = json.loads(mlflow.get_logged_model(info.model_id).tags["mlflow.modelVersions"])
assert {(entry["name"], str(entry["version"])) for entry in versions} == {("cancer", "1"), ("cancer", "2")}, versions
