"""A history longer than one page of the client."""
import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

client = MlflowClient()
run = client.create_run(mlflow.set_experiment("long").experiment_id)
count = 30_000
for start in range(0, count, 1000):
    client.log_batch(run.info.run_id, metrics=[Metric("m", i * 0.5, 1000 + i, i) for i in range(start, start + 1000)])
history = client.get_metric_history(run.info.run_id, "m")
assert [point.step for point in history] == list(range(count))
assert all(point.value == point.step * 0.5 for point in history)
