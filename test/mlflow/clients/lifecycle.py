"""Nested runs, resume, rename, delete and restore of runs and experiments."""
import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException

client = MlflowClient()
experiment = mlflow.set_experiment("lifecycle")

with mlflow.start_run(run_name="parent") as parent:
    for name in ("one", "two"):
        with mlflow.start_run(run_name=name, nested=True):
            mlflow.log_metric("m", 1)
children = client.search_runs(
    [experiment.experiment_id],
    f"tags.mlflow.parentRunId = '{parent.info.run_id}'",
    order_by=["attributes.run_name ASC"],
)
assert [child.info.run_name for child in children] == ["one", "two"]

try:
    with mlflow.start_run() as failing:
        raise ValueError("on purpose")
except ValueError:
    pass
assert client.get_run(failing.info.run_id).info.status == "FAILED"

with mlflow.start_run(run_id=parent.info.run_id):
    assert client.get_run(parent.info.run_id).info.status == "RUNNING"
    mlflow.log_metric("resumed", 1)
resumed = client.get_run(parent.info.run_id)
assert resumed.info.status == "FINISHED" and resumed.data.metrics["resumed"] == 1

client.set_terminated(parent.info.run_id, "KILLED")
assert client.get_run(parent.info.run_id).info.status == "KILLED"
client.update_run(parent.info.run_id, name="renamed")
assert client.get_run(parent.info.run_id).data.tags["mlflow.runName"] == "renamed"
client.set_tag(parent.info.run_id, "mlflow.runName", "by tag")
assert client.get_run(parent.info.run_id).info.run_name == "by tag"

unnamed = client.create_run(experiment.experiment_id)
assert unnamed.info.run_name and unnamed.info.run_name == unnamed.data.tags["mlflow.runName"]

client.delete_run(unnamed.info.run_id)
assert client.get_run(unnamed.info.run_id).info.lifecycle_stage == "deleted"
for write in (
    lambda: client.log_metric(unnamed.info.run_id, "m", 1),
    lambda: client.log_param(unnamed.info.run_id, "p", 1),
    lambda: client.set_tag(unnamed.info.run_id, "t", 1),
):
    try:
        write()
        raise AssertionError("a deleted run was written to")
    except MlflowException as error:
        assert "must be in the 'active' state. Current state is deleted." in str(error), str(error)
deleted = client.search_runs([experiment.experiment_id], run_view_type=ViewType.DELETED_ONLY)
assert [run.info.run_id for run in deleted] == [unnamed.info.run_id]
client.restore_run(unnamed.info.run_id)
client.log_metric(unnamed.info.run_id, "m", 1)

other = client.create_experiment("to delete", tags={"a": "b"})
inside = client.create_run(other)
assert client.get_experiment(other).tags == {"a": "b"}
client.set_experiment_tag(other, "c", "d")
client.rename_experiment(other, "renamed experiment")
assert client.get_experiment_by_name("to delete") is None
client.delete_experiment(other)
assert client.get_experiment(other).lifecycle_stage == "deleted"
assert client.get_run(inside.info.run_id).info.lifecycle_stage == "deleted"
try:
    client.create_run(other)
    raise AssertionError("a run was created in a deleted experiment")
except MlflowException as error:
    assert "active" in str(error)
try:
    client.create_experiment("renamed experiment")
    raise AssertionError("a taken name was given again")
except MlflowException as error:
    assert error.error_code == "RESOURCE_ALREADY_EXISTS"
client.restore_experiment(other)
client.log_metric(inside.info.run_id, "m", 1)
assert client.get_experiment_by_name("renamed experiment").experiment_id == other
assert client.get_experiment_by_name("absent") is None
assert client.get_experiment("0").name == "Default"
