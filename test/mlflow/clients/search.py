"""Search of runs and experiments: filters, orders, pages, the data frame."""
import math

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException

client = MlflowClient()
experiment_id = mlflow.set_experiment("search").experiment_id
values = {"a": 0.1, "b": 0.9, "c": math.nan, "d": None, "e": 0.5}
ids = {}
for index, (name, value) in enumerate(values.items()):
    run = client.create_run(experiment_id, start_time=1000 + index, run_name=name)
    ids[name] = run.info.run_id
    if value is not None:
        client.log_metric(run.info.run_id, "acc", value)
    client.log_metric(run.info.run_id, "my metric", index)
    client.log_param(run.info.run_id, "model", "Tree" if index % 2 else "forest")
    client.log_param(run.info.run_id, "depth", 8 + index)
    client.set_tag(run.info.run_id, "odd key", f"v{index}")
client.log_param(ids["a"], "only", "here")
client.set_terminated(ids["a"], "FINISHED", end_time=5000)


def names(filter_string="", order_by=None, **more):
    order = ["attributes.start_time ASC"] if order_by is None else order_by
    return "".join(r.info.run_name for r in client.search_runs([experiment_id], filter_string, order_by=order, **more))


for filter_string, expected in {
    "": "abcde",
    "metrics.acc > 0.4": "be",
    "metrics.acc <= 0.1": "a",
    "metrics.acc != 0.9": "ace",
    "metric.`my metric` >= 3": "de",
    'metrics."my metric" = 0': "a",
    "params.model = 'Tree'": "bd",
    "params.model != 'Tree'": "ace",
    "params.model LIKE 'T%'": "bd",
    "params.model LIKE 't%'": "",
    "params.model ILIKE 't%'": "bd",
    "tags.`odd key` = 'v3'": "d",
    "tags.absent != 'x'": "",
    "attributes.run_name = 'c'": "c",
    "run_name LIKE '%'": "abcde",
    "attributes.status = 'FINISHED'": "a",
    "status != 'FINISHED'": "bcde",
    "attributes.start_time > 1002": "de",
    "end_time = 5000": "a",
    "metrics.acc > 0.05 and params.model = 'forest' AND tags.`odd key` LIKE 'v%'": "ae",
    f"run_id IN ('{ids['b']}', '{ids['d']}')": "bd",
    "metrics.acc > 0.4 OR params.model = 'Tree'": "bde",
    "(metrics.acc > 0.4 OR params.model = 'Tree') AND NOT run_name = 'e'": "bd",
    "params.depth > 9": "cde",
    f"attributes.run_id NOT IN ('{ids['b']}')": "acde",
}.items():
    assert names(filter_string) == expected, (filter_string, names(filter_string))

assert names(order_by=["metrics.acc ASC"]) == "aebcd"
assert names(order_by=["metrics.acc DESC"]) == "beacd"
assert names(order_by=["params.only", "start_time"]) == "abcde"
assert names(order_by=["params.model DESC", "metrics.`my metric` DESC"]) == "ecadb"
assert names(order_by=[]) == "edcba"

for filter_string, part in {
    "metrics.acc": "Invalid clause(s) in filter string: 'metrics.acc'",
    "tags.model > 1": "Expected a quoted string value",
    "metrics.acc > 'x'": "Expected numeric value type for metric",
    "nonsense = 'x'": "Invalid attribute key 'nonsense'",
    "thing.acc = 1": "Invalid entity type 'thing'",
    "params.model = Tree": "either not quoted",
}.items():
    try:
        names(filter_string)
        raise AssertionError(filter_string)
    except MlflowException as error:
        assert part in str(error), str(error)
        assert error.error_code == "INVALID_PARAMETER_VALUE"

seen, token = [], None
while True:
    page = client.search_runs([experiment_id], max_results=2, order_by=["start_time"], page_token=token)
    seen += [run.info.run_name for run in page]
    token = page.token
    if not token:
        break
assert "".join(seen) == "abcde", seen

frame = mlflow.search_runs([experiment_id], order_by=["start_time ASC"])
assert list(frame["tags.mlflow.runName"]) == list("abcde")
assert math.isnan(frame["metrics.acc"][3])
assert frame["params.model"][1] == "Tree"

client.create_experiment("search a", tags={"kind": "x"})
client.create_experiment("search b", tags={"kind": "X"})
found = client.search_experiments(filter_string="name LIKE 'search _'", order_by=["name ASC"])
assert [e.name for e in found] == ["search a", "search b"]
assert [e.name for e in client.search_experiments(filter_string="tags.kind = 'x'")] == ["search a"]
assert len(client.search_experiments(filter_string="tags.kind ILIKE 'X'")) == 2
first = client.search_experiments(max_results=1, order_by=["name"])
second = client.search_experiments(max_results=1, order_by=["name"], page_token=first.token)
assert first[0].name < second[0].name
client.delete_experiment(found[0].experiment_id)
assert [e.name for e in client.search_experiments(view_type=ViewType.DELETED_ONLY)] == ["search a"]
