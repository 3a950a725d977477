"""Runs: started, logged to, ended, renamed, deleted, restored, and what is refused on the way."""
from mlflow.entities import Metric, Param, RunTag
from scene import client, named, refused

experiment = client.get_experiment_by_name(named("first")).experiment_id
nowhere = "0" * 32

run = client.create_run(experiment, start_time=1_700_000_000_000, tags={"team": "core"}, run_name="one").info.run_id
client.get_run(run)
unnamed = client.create_run(experiment, start_time=1_700_000_000_001).info.run_id
client.get_run(unnamed)
by_tag = client.create_run(experiment, start_time=1_700_000_000_002, tags={"mlflow.runName": "by tag"}).info.run_id
child = client.create_run(experiment, start_time=5, tags={"mlflow.parentRunId": run, "mlflow.note.content": "a note"}).info.run_id
away = client.create_run(client.get_experiment_by_name(named("elsewhere")).experiment_id, start_time=6)

client.log_param(run, "lr", 0.01)
client.log_param(run, "lr", 0.01)
client.log_param(run, "empty", "")
client.log_metric(run, "loss", 0.5, timestamp=1000, step=1)
client.log_metric(run, "loss", 0.25, timestamp=2000, step=2)
client.log_metric(run, "loss", 0.125, timestamp=3000, step=2)
client.log_metric(run, "val/acc", 1, timestamp=3000)
client.set_tag(run, "stage", "one")
client.set_tag(run, "stage", "two")
client.set_tag(run, "gone", "soon")
client.delete_tag(run, "gone")
client.log_batch(
    run,
    metrics=[Metric(f"m{i}", i / 7, 1000 + i, i) for i in range(5)],
    params=[Param(f"p{i}", str(i)) for i in range(5)],
    tags=[RunTag(f"t{i}", str(i)) for i in range(5)],
)
client.log_batch(run)
client.log_batch(run, metrics=[Metric("m0", 0, 1000, 0), Metric("m0", 0, 1000, 0)], params=[Param("p0", "0")])
client.get_run(run)
client.update_run(run, status="RUNNING", name="renamed")
client.update_run(run, name="again")
client.set_tag(run, "mlflow.runName", "by a tag")
client.get_run(run)
client.set_terminated(run, "FAILED", end_time=1_700_000_009_000)
client.get_run(run)
client.set_terminated(run, end_time=1_700_000_010_000)
client.set_terminated(unnamed, "KILLED", end_time=1_700_000_010_001)
client.update_run(unnamed, status="SCHEDULED")
client.get_run(unnamed)

refused(lambda: client.create_run("123456789"))
refused(lambda: client.create_run("abc"))
refused(lambda: client.create_run(experiment, run_name="a", tags={"mlflow.runName": "b"}))
for write in (
    lambda: client.get_run(nowhere),
    lambda: client.get_run("no such run"),
    lambda: client.log_metric(nowhere, "m", 1, timestamp=1),
    lambda: client.log_param(nowhere, "p", 1),
    lambda: client.set_tag(nowhere, "t", 1),
    lambda: client.delete_tag(nowhere, "t"),
    lambda: client.log_batch(nowhere, params=[Param("a", "b")]),
    lambda: client.update_run(nowhere, status="FINISHED"),
    lambda: client.delete_run(nowhere),
    lambda: client.restore_run(nowhere),
    lambda: client.delete_tag(run, "never set"),
    lambda: client.log_param(run, "lr", 0.02),
    lambda: client.log_batch(run, params=[Param("lr", "3")]),
    lambda: client.log_batch(run, params=[Param("twice", "1"), Param("twice", "2")]),
    lambda: client.log_batch(run, params=[Param("p1", "other"), Param("p2", "other"), Param("p9", "new")]),
    lambda: client.log_param(run, "../up", 1),
    lambda: client.log_param(run, "a@b", 1),
    lambda: client.log_metric(run, "a//b", 1, timestamp=1),
    lambda: client.set_tag(run, "/root", 1),
    lambda: client.log_param(run, "k" * 251, 1),
    lambda: client.set_tag(run, "k" * 251, 1),
    lambda: client.log_metric(run, "k" * 251, 1, timestamp=1),
    lambda: client.log_metric(run, "", 1, timestamp=1),
    lambda: client.log_param(run, "", 1),
):
    refused(write)
client.get_run(run)

client.delete_run(by_tag)
client.delete_run(by_tag)
client.get_run(by_tag)
for write in (
    lambda: client.log_metric(by_tag, "m", 1, timestamp=1),
    lambda: client.log_param(by_tag, "p", 1),
    lambda: client.set_tag(by_tag, "t", 1),
    lambda: client.delete_tag(by_tag, "mlflow.runName"),
    lambda: client.log_batch(by_tag, params=[Param("a", "b")]),
    lambda: client.update_run(by_tag, status="FINISHED"),
):
    refused(write)
client.restore_run(by_tag)
client.restore_run(by_tag)
client.get_run(by_tag)
