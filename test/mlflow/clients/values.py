"""Odd values: NaN and infinities, long texts, repeated points, changed params, bad names."""
import math

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param
from mlflow.exceptions import MlflowException

client = MlflowClient()
mlflow.set_experiment("values")


def refused(action, part):
    try:
        action()
    except MlflowException as error:
        assert part in str(error), str(error)
        return error
    raise AssertionError(f"not refused: {part}")


with mlflow.start_run() as run:
    run_id = run.info.run_id
    mlflow.log_metric("nan", math.nan)
    mlflow.log_metric("up", math.inf)
    mlflow.log_metric("down", -math.inf)
    mlflow.log_metric("big", 1e308, step=2**40)
    mlflow.log_metric("negative", 1.0, step=-5)
    mlflow.log_param("long", "ä" * 6500)
    mlflow.set_tag("long", "b" * 9000)
    mlflow.log_param("unicode", "Größe ☃ 🚀")
    mlflow.log_param("once", "1")
    mlflow.log_param("once", 1)

    error = refused(lambda: mlflow.log_param("once", "2"), "Changing param values is not allowed")
    assert error.error_code == "INVALID_PARAMETER_VALUE"
    refused(lambda: client.log_batch(run_id, params=[Param("once", "3")]), "Changing param values")
    refused(lambda: client.log_param(run_id, "../up", "1"), "../up")
    refused(lambda: client.log_metric(run_id, "a@b", 1), "a@b")
    refused(lambda: client.delete_tag(run_id, "absent"), "No tag with name: absent")
    refused(lambda: client.get_run("0" * 32), "not found")

data = client.get_run(run_id).data
assert math.isnan(data.metrics["nan"])
assert data.metrics["up"] >= 1.7976931348623157e308
assert data.metrics["down"] <= -1.7976931348623157e308
assert data.metrics["big"] == 1e308
assert data.params["long"] == "ä" * 6000
assert data.tags["long"] == "b" * 8000
assert data.params["unicode"] == "Größe ☃ 🚀"
assert data.params["once"] == "1"
assert client.get_metric_history(run_id, "big")[0].step == 2**40
assert client.get_metric_history(run_id, "negative")[0].step == -5

# A client that got no answer sends the same again; nothing is doubled.
points = [Metric("same", 0.5, 1_700_000_000_000, 1), Metric("same", 0.5, 1_700_000_000_000, 1)]
client.log_batch(run_id, metrics=points)
client.log_batch(run_id, metrics=points)
assert len(client.get_metric_history(run_id, "same")) == 1

# The latest point is the one of the highest step, then time, then value, whatever came last.
client.log_batch(
    run_id,
    metrics=[Metric("last", 3, 30, 2), Metric("last", 9, 20, 2), Metric("last", 4, 30, 2), Metric("last", 8, 99, 1)],
)
assert client.get_run(run_id).data.metrics["last"] == 4
assert [p.value for p in client.get_metric_history(run_id, "last")] == [9, 3, 4, 8]
