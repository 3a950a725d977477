"""Search of runs: filters, orders, pages, views and refusals."""
import math

import mlflow
from mlflow.entities import ViewType
from scene import attempted, client, named, refused, some

experiment = client.create_experiment(named("search"))
rows = [
    ("a", {"acc": 0.1, "my metric": 0}, {"model": "forest", "depth": "9"}, {"odd key": "v1"}),
    ("b", {"acc": 0.5}, {"model": "Tree"}, {"odd key": "w"}),
    ("c", {"acc": math.nan, "my metric": 2}, {"model": "linear", "only": "c"}, {}),
    ("d", {"my metric": 3}, {"model": "Tree", "depth": "10"}, {"odd key": "v3"}),
    ("e", {"acc": 0.9, "my metric": -1.5e-3}, {"model": "forest"}, {"odd key": "v_%"}),
]
ids = []
for start, (name, metrics, params, tags) in enumerate(rows):
    run = client.create_run(experiment, start_time=1000 + start, tags=tags, run_name=name).info.run_id
    ids.append(run)
    for key, value in metrics.items():
        client.log_metric(run, key, value, timestamp=1, step=1)
    for key, value in params.items():
        client.log_param(run, key, value)
client.set_terminated(ids[0], "FINISHED", end_time=5000)
client.delete_run(client.create_run(experiment, start_time=2000, run_name="deleted").info.run_id)

for filter_string in some((
    "", "metrics.acc > 0.4", "metrics.acc <= 0.1", "metrics.acc != 0.9", "metrics.acc = 0.5", "metric.`my metric` >= 2",
    'metrics."my metric" = 0', "metrics.`my metric` < -1e-3", "params.model = 'Tree'", "params.model != 'Tree'",
    "params.model LIKE 'T%'", "params.model LIKE 't%'", "params.model ILIKE 't%'", "param.model LIKE '%e_t'",
    "tags.`odd key` = 'v3'", "tags.absent != 'x'", "tag.`odd key` LIKE 'v%'", 'params.model = "forest"',
    "attributes.run_name = 'c'", "run_name LIKE '%'", "attributes.status = 'FINISHED'", "status != 'FINISHED'",
    "attributes.start_time > 1002", "end_time = 5000", "attribute.artifact_uri LIKE '%artifacts'",
    "metrics.acc > 0.05 and params.model = 'forest' AND tags.`odd key` LIKE 'v%'", "attributes.user_id = 'nobody'",
    f"run_id IN ('{ids[1]}', '{ids[3]}')", f"attributes.run_id NOT IN ('{ids[1]}')", f"run_id = '{ids[0]}'",
    "tags.mlflow.runName = 'b'", "params.depth IS NULL", "params.depth IS NOT NULL", "tags.`odd key` IS NULL",
    "attributes.created > 1001", "metrics.absent > 0", "params.model = ''", "params.model = 'it''s'",
)):
    attempted(lambda: client.search_runs([experiment], filter_string))
for order_by in some((
    ["metrics.acc ASC"], ["metrics.acc DESC"], ["params.only", "start_time"], ["params.model DESC", "metrics.`my metric` DESC"],
    [], ["tags.`odd key`"], ["attributes.run_name DESC"], ["status", "start_time ASC"], ["end_time"], ["metrics.absent", "start_time"],
)):
    client.search_runs([experiment], order_by=order_by)
for view in (ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL):
    client.search_runs([experiment], run_view_type=view)
page = client.search_runs([experiment], max_results=2, order_by=["start_time"])
while page.token:
    page = client.search_runs([experiment], max_results=2, order_by=["start_time"], page_token=page.token)
client.search_runs([experiment, "0", client.get_experiment_by_name(named("first")).experiment_id], "metrics.loss < 1")
client.search_runs([], "")
client.search_runs(["123456789"], "")
mlflow.search_runs(experiment_names=[named("search")], filter_string="params.model = 'Tree'")

# Some of these the server takes after all; what it makes of them is compared as well.
for filter_string in some((
    "metrics.acc", "metrics.acc >", "= 0.5", "tags.model > 1", "metrics.acc > 'x'", "nonsense = 'x'", "thing.acc = 1",
    "params.model = Tree", "params.model > 'a'", "metrics.acc LIKE 'a'", "status > 'FINISHED'", "start_time = 'x'",
    "metrics.acc > 0.1 AND", "AND", "metrics.acc > 0.1 metrics.acc < 1", "run_name IN ('a')", "run_id IN ()", "run_id IN (1)",
    "metrics.`acc > 1", "params.model = 'x", "attributes.run_id LIKE 5",
)):
    attempted(lambda: client.search_runs([experiment], filter_string))
for order_by in some((["acc"], ["metrics.acc", "metrics.acc DESC"], ["metrics.acc sideways"], ["params"], [""])):
    refused(lambda: client.search_runs([experiment], order_by=order_by))
refused(lambda: client.search_runs([experiment], max_results=50_001))
refused(lambda: client.search_runs([experiment], page_token="not a token"))
