"""Logged models of the 3.x client: create, finish, tag, measure, search, delete."""
import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

if mlflow.__version__.startswith("2."):
    raise SystemExit(0)

client = MlflowClient()
experiment_id = mlflow.set_experiment("logged models").experiment_id
run = client.create_run(experiment_id)
first = client.create_logged_model(
    experiment_id, name="first", source_run_id=run.info.run_id, tags={"a": "1"}, params={"p": "1"}, model_type="agent"
)
assert first.status == "PENDING" and first.model_id.startswith("m-")
assert first.artifact_location.endswith(f"/models/{first.model_id}/artifacts")
second = client.create_logged_model(experiment_id, params={f"k{i}": str(i) for i in range(150)})
assert second.name and len(client.get_logged_model(second.model_id).params) == 150

client.finalize_logged_model(first.model_id, "READY")
client.set_logged_model_tags(first.model_id, {"a": "2", "b": "3"})
client.delete_logged_model_tag(first.model_id, "b")
assert client.get_logged_model(first.model_id).tags == {"a": "2"}

for step, value in enumerate([0.2, 0.8, 0.6]):
    client.log_metric(run.info.run_id, "acc", value, step=step, model_id=first.model_id,
                      dataset_name="eval", dataset_digest="abc")
client.log_metric(run.info.run_id, "acc", 0.7, model_id=second.model_id)
metrics = client.get_logged_model(first.model_id).metrics
assert sorted(m.value for m in metrics) == [0.2, 0.6, 0.8]
assert {(m.dataset_name, m.dataset_digest, m.run_id) for m in metrics} == {("eval", "abc", run.info.run_id)}


def search(filter_string=None, **more):
    return [m.name for m in client.search_logged_models([experiment_id], filter_string=filter_string, **more)]


assert search("name = 'first'") == ["first"]
assert search("metrics.acc = 0.6") == ["first"]
assert search("metrics.acc > 0.65 AND status = 'PENDING'") == [second.name]
assert search("tags.a = '2' AND params.p = '1'") == ["first"]
assert search("status = 'READY'", order_by=[{"field_name": "creation_timestamp", "ascending": True}]) == ["first"]
assert search(order_by=[{"field_name": "metrics.acc"}]) == ["first", second.name]
assert search(order_by=[{"field_name": "metrics.acc", "ascending": False}]) == [second.name, "first"]
assert search(datasets=[{"dataset_name": "eval", "dataset_digest": "abc"}]) == ["first"]
page = client.search_logged_models([experiment_id], max_results=1)
rest = client.search_logged_models([experiment_id], max_results=1, page_token=page.token)
assert {page[0].name, rest[0].name} == {"first", second.name} and not rest.token

client.delete_logged_model(first.model_id)
assert search() == [second.name]
try:
    client.get_logged_model(first.model_id)
    raise AssertionError("a deleted model was given")
except MlflowException as error:
    assert "not found" in str(error)
