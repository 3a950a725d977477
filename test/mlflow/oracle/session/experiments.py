"""Experiments: made, found, tagged, renamed, deleted, restored, refused."""
import mlflow
from mlflow.entities import ViewType
from scene import client, named, refused, some

first = client.create_experiment(named("first"), tags={"team": "core", "empty": ""})
second = client.create_experiment(named("second"))
elsewhere = client.create_experiment(named("elsewhere"), artifact_location="s3://bucket/experiments/elsewhere")
mlflow.set_experiment(named("fluent"))
mlflow.set_experiment(named("fluent"))
for experiment_id in (first, second, elsewhere, "0"):
    client.get_experiment(experiment_id)
client.get_experiment_by_name(named("first"))
client.get_experiment_by_name("Default")
assert client.get_experiment_by_name("nowhere") is None
client.set_experiment_tag(first, "team", "edge")
client.set_experiment_tag(first, "note", "ä ☃ 🚀 \"quoted\" \\ back")
client.set_experiment_tag(first, "long", "x" * 5000)
client.get_experiment(first)
client.rename_experiment(second, named("renamed"))
client.get_experiment(second)

refused(lambda: client.create_experiment(named("first")))
refused(lambda: client.create_experiment("x" * 501))
refused(lambda: client.get_experiment("123456789"))
refused(lambda: client.get_experiment("abc"))
refused(lambda: client.rename_experiment(second, named("first")))
refused(lambda: client.rename_experiment("123456789", "anything"))
refused(lambda: client.set_experiment_tag("123456789", "a", "b"))
refused(lambda: client.set_experiment_tag(first, "k", "x" * 20_001))
refused(lambda: client.delete_experiment("123456789"))
refused(lambda: client.restore_experiment("123456789"))

client.delete_experiment(second)
client.get_experiment(second)
client.get_experiment_by_name(named("renamed"))
refused(lambda: client.set_experiment_tag(second, "a", "b"))
refused(lambda: client.rename_experiment(second, "anything"))
refused(lambda: client.create_run(second))
refused(lambda: client.create_experiment(named("renamed")))
refused(lambda: client.delete_experiment(second))
for view in (ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL):
    client.search_experiments(view_type=view)
client.restore_experiment(second)
refused(lambda: client.restore_experiment(second))

for filter_string in some((
    f"name = '{named('first')}'",
    f"name != '{named('first')}'",
    "name LIKE '%of client%'",
    "name ILIKE 'FIRST%'",
    "attribute.name LIKE 'f%'",
    "tags.team = 'edge'",
    "tag.team != 'edge'",
    "tags.`team` LIKE 'e%' AND name LIKE 'first%'",
    "creation_time > 0",
    "last_update_time >= 1",
)):
    client.search_experiments(filter_string=filter_string, order_by=["name"])
for order_by in some((["name ASC"], ["name DESC"], ["creation_time"], ["experiment_id DESC"], ["last_update_time DESC"])):
    client.search_experiments(order_by=order_by)
page = client.search_experiments(max_results=2, order_by=["name"])
while page.token:
    page = client.search_experiments(max_results=2, order_by=["name"], page_token=page.token)
for filter_string in some(("name", "name = unquoted", "unheard = 'a'", "params.a = 'b'", "name > 'a'", "name = 'a' OR name = 'b'",
                      "creation_time = 'a'", "tags.a > 'b'")):
    if " OR " not in filter_string:
        refused(lambda: client.search_experiments(filter_string=filter_string))
refused(lambda: client.search_experiments(order_by=["unheard"]))
refused(lambda: client.search_experiments(order_by=["name sideways"]))
refused(lambda: client.search_experiments(max_results=50_001))
refused(lambda: client.search_experiments(max_results=0))
refused(lambda: client.search_experiments(page_token="not a token"))
