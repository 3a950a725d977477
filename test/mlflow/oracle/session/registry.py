"""The registry: models, versions, tags, stages, aliases, copies and refusals."""
import mlflow
from scene import client, named, refused

experiment = client.get_experiment_by_name(named("first")).experiment_id
run = client.create_run(experiment, start_time=60, run_name="registers").info
name, other = named("model"), named("other model")
client.create_registered_model(name, tags={"k": "v", "b": "w"}, description="described")
client.create_registered_model(other)
client.get_registered_model(name)
client.update_registered_model(name, "again")
client.set_registered_model_tag(name, "k", "z")
client.set_registered_model_tag(name, "empty", "")
client.delete_registered_model_tag(name, "empty")
client.delete_registered_model_tag(name, "never")
client.create_model_version(name, f"{run.artifact_uri}/model", run_id=run.run_id)
client.create_model_version(name, f"{run.artifact_uri}/model", run_id=run.run_id, description="two", run_link="https://run",
                            tags={"t": "1"})
client.create_model_version(name, "s3://bucket/model")
client.create_model_version(name, f"runs:/{run.run_id}/model", run_id=run.run_id)
client.get_registered_model(name)
for version in ("1", "2", "3"):
    client.get_model_version(name, version)
    client.get_model_version_download_uri(name, version)
client.update_model_version(name, "1", "described too")
client.set_model_version_tag(name, "1", "k", "v")
client.set_model_version_tag(name, "1", "empty", "")
client.delete_model_version_tag(name, "1", "empty")
client.delete_model_version_tag(name, "1", "never")
client.transition_model_version_stage(name, "1", "Production")
client.transition_model_version_stage(name, "2", "production", archive_existing_versions=True)
client.transition_model_version_stage(name, "3", "Staging")
client.get_latest_versions(name)
client.get_latest_versions(name, stages=["Production", "None"])
client.set_model_version_tag(name, None, "by", "stage", stage="Staging")
client.set_registered_model_alias(name, "champion", "1")
client.set_registered_model_alias(name, "champion", "2")
client.set_registered_model_alias(name, "Challenger", "2")
client.get_model_version_by_alias(name, "champion")
client.get_registered_model(name)
client.get_model_version(name, "2")
client.copy_model_version(f"models:/{name}@champion", other)
client.copy_model_version(f"models:/{name}/3", named("copied anew"))
client.get_model_version_download_uri(other, "1")
client.delete_registered_model_alias(name, "Challenger")
client.delete_registered_model_alias(name, "never")

for call in (
    lambda: client.create_registered_model(name),
    lambda: client.create_registered_model("a/b"),
    lambda: client.create_registered_model(" "),
    lambda: client.create_registered_model(""),
    lambda: client.create_registered_model(named("long tag"), tags={"k": "v" * 100_001}),
    lambda: client.create_registered_model(named("odd tag"), tags={"a@b": "v"}),
    lambda: client.get_registered_model("nowhere"),
    lambda: client.update_registered_model("nowhere", "x"),
    lambda: client.rename_registered_model(name, other),
    lambda: client.rename_registered_model("nowhere", "x"),
    lambda: client.rename_registered_model(name, " "),
    lambda: client.delete_registered_model("nowhere"),
    lambda: client.set_registered_model_tag("nowhere", "a", "b"),
    lambda: client.set_registered_model_tag(name, "k" * 251, "b"),
    lambda: client.delete_registered_model_tag("nowhere", "a"),
    lambda: client.create_model_version("nowhere", "s3://bucket/model"),
    lambda: client.create_model_version(name, "/etc"),
    lambda: client.create_model_version(name, "file:///etc", run_id=run.run_id),
    lambda: client.create_model_version(name, f"{run.artifact_uri}/../x", run_id=run.run_id),
    lambda: client.create_model_version(name, "s3://bucket/model", tags={"a@b": "v"}),
    lambda: client.create_model_version(name, "models:/nowhere/1"),
    lambda: client.get_model_version(name, "99"),
    lambda: client.get_model_version(name, "x"),
    lambda: client.get_model_version("nowhere", "1"),
    lambda: client.get_model_version_download_uri(name, "99"),
    lambda: client.update_model_version(name, "99", "x"),
    lambda: client.set_model_version_tag(name, "99", "a", "b"),
    lambda: client.set_model_version_tag(name, "1", "a@b", "b"),
    lambda: client.delete_model_version_tag(name, "99", "a"),
    lambda: client.delete_model_version(name, "99"),
    lambda: client.transition_model_version_stage(name, "1", "bogus"),
    lambda: client.transition_model_version_stage(name, "99", "Staging"),
    lambda: client.transition_model_version_stage(name, "1", "None", archive_existing_versions=True),
    lambda: client.get_latest_versions("nowhere"),
    lambda: client.get_latest_versions(name, stages=["bogus"]),
    lambda: client.set_registered_model_alias(name, "latest", "1"),
    lambda: client.set_registered_model_alias(name, "v1", "1"),
    lambda: client.set_registered_model_alias(name, "a b", "1"),
    lambda: client.set_registered_model_alias(name, "x" * 256, "1"),
    lambda: client.set_registered_model_alias(name, "ok", "99"),
    lambda: client.set_registered_model_alias("nowhere", "ok", "1"),
    lambda: client.get_model_version_by_alias(name, "never"),
    lambda: client.get_model_version_by_alias("nowhere", "champion"),
    lambda: client.delete_registered_model_alias("nowhere", "champion"),
    lambda: mlflow.pyfunc.load_model(f"models:/{name}@never"),
):
    refused(call)
client.get_registered_model(name)
