"""Histories: in order, in pages, of unknown keys and runs."""
from mlflow.entities import Metric
from scene import client, named, refused

experiment = client.get_experiment_by_name(named("first")).experiment_id
run = client.create_run(experiment, start_time=20, run_name="histories").info.run_id
points = [Metric("m", (i * 37 % 11) / 3, 1000 + i // 3, i // 2) for i in range(40)]
client.log_batch(run, metrics=points)
client.log_batch(run, metrics=list(reversed(points)))
client.log_batch(run, metrics=[Metric("last", 3, 30, 2), Metric("last", 9, 20, 2), Metric("last", 4, 30, 2), Metric("last", 8, 99, 1)])
client.get_metric_history(run, "m")
client.get_metric_history(run, "last")
client.get_metric_history(run, "unknown")
client.get_metric_history("0" * 32, "m")
client.get_run(run)
store = client._tracking_client.store
page, count = None, 0
while count == 0 or page:
    found = store.get_metric_history(run, "m", max_results=15, page_token=page)
    page, count = found.token, count + 1
refused(lambda: store.get_metric_history(run, "m", max_results=0))
refused(lambda: store.get_metric_history(run, "m", max_results=5, page_token="not a token"))
