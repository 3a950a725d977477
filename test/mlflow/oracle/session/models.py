"""Logged models of the 3.x client: made, finished, measured, tagged, found, deleted."""
import math

from mlflow.entities import Metric
from scene import client, is_three, named, refused


def session():
    from mlflow.entities import LoggedModelOutput

    experiment = client.create_experiment(named("logged models"))
    run = client.create_run(experiment, start_time=50, run_name="trains").info.run_id
    first = client.create_logged_model(
        experiment, name="first", source_run_id=run, tags={"a": "1"}, params={"p": "1", "q": "x"}, model_type="agent")
    second = client.create_logged_model(experiment, params={f"k{i:03}": str(i) for i in range(150)}, name="second")
    client.create_logged_model(client.create_experiment(named("long params")), name="a", params={"k" * 251: "1", "v": "v" * 7000})
    third = client.create_logged_model(experiment, name="third")
    for model in (first, second, third):
        client.get_logged_model(model.model_id)
    client.finalize_logged_model(first.model_id, "READY")
    client.finalize_logged_model(second.model_id, "FAILED")
    client.set_logged_model_tags(first.model_id, {"a": "2", "b": "3"})
    client.delete_logged_model_tag(first.model_id, "b")
    client.log_model_params(third.model_id, {"late": "1"})
    client.log_outputs(run, [LoggedModelOutput(first.model_id, 0), LoggedModelOutput(second.model_id, 3)])
    for step, value in enumerate([0.2, 0.8, 0.6]):
        client.log_metric(run, "acc", value, step=step, timestamp=100 + step, model_id=first.model_id,
                          dataset_name="eval", dataset_digest="abc")
    client.log_metric(run, "acc", 0.7, timestamp=1, model_id=second.model_id)
    client.log_metric(run, "up", math.inf, timestamp=1, model_id=second.model_id)
    client.log_metric(run, "nan", math.nan, timestamp=1, model_id=second.model_id)
    client.log_batch(run, metrics=[Metric("batch", 1.5, 1, 0, model_id=first.model_id)])
    for model in (first, second):
        client.get_logged_model(model.model_id)
    client.get_run(run)

    for filter_string in (
        None, "name = 'first'", "name LIKE 'f%'", "name != 'first'", "metrics.acc = 0.6", "metrics.acc > 0.65",
        "status = 'READY'", "attributes.status != 'READY'", "tags.a = '2' AND params.p = '1'", f"source_run_id = '{run}'",
        "model_type = 'agent'", "creation_timestamp > 0", "name IN ('first', 'x')", "params.q LIKE 'X'", "params.q ILIKE 'X'",
    ):
        client.search_logged_models([experiment], filter_string=filter_string)
    for order_by in (
        [{"field_name": "creation_timestamp", "ascending": True}], [{"field_name": "metrics.acc"}],
        [{"field_name": "metrics.acc", "ascending": False}], [{"field_name": "name"}],
        [{"field_name": "metrics.acc", "dataset_name": "eval"}],
    ):
        client.search_logged_models([experiment], order_by=order_by)
    client.search_logged_models([experiment], filter_string="metrics.acc > 0", datasets=[{"dataset_name": "eval"}])
    client.search_logged_models([experiment], datasets=[{"dataset_name": "eval", "dataset_digest": "abc"}])
    page = client.search_logged_models([experiment], max_results=2)
    client.search_logged_models([experiment], max_results=2, page_token=page.token)

    nowhere = "m-" + "0" * 32
    for call in (
        lambda: client.get_logged_model(nowhere),
        lambda: client.finalize_logged_model(nowhere, "READY"),
        lambda: client.set_logged_model_tags(nowhere, {"a": "b"}),
        lambda: client.delete_logged_model_tag(first.model_id, "never"),
        lambda: client.delete_logged_model(nowhere),
        lambda: client.create_logged_model("123456789", name="a"),
        lambda: client.create_logged_model(experiment, name="a/b"),
        lambda: client.log_model_params(third.model_id, {"late": "2"}),
        lambda: client.log_metric(run, "acc", 1, timestamp=1, model_id=nowhere),
        lambda: client.log_outputs("0" * 32, [LoggedModelOutput(first.model_id, 0)]),
        lambda: client.search_logged_models([experiment], filter_string="name"),
        lambda: client.search_logged_models([experiment], filter_string="unheard = 'a'"),
        lambda: client.search_logged_models([experiment], filter_string="metrics.acc = 'a'"),
        lambda: client.search_logged_models([experiment], order_by=[{"field_name": "nothing"}]),
        lambda: client.search_logged_models([experiment], page_token="not a token"),
        lambda: client.search_logged_models(["123456789"], page_token=page.token),
    ):
        refused(call)
    client.get_logged_model(third.model_id)
    client.get_logged_model(client.create_logged_model(client.create_experiment(named("unnamed models"))).model_id)
    client.delete_logged_model(second.model_id)
    refused(lambda: client.get_logged_model(second.model_id))
    refused(lambda: client.set_logged_model_tags(second.model_id, {"a": "b"}))
    client.search_logged_models([experiment])
    client.get_run(run)


if is_three:
    session()
