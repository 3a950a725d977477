"""What is left of what was deleted and renamed."""
from mlflow.entities import ViewType
from scene import client, named, refused

name, renamed = named("model"), named("renamed model")
client.rename_registered_model(name, renamed)
refused(lambda: client.get_registered_model(name))
client.get_model_version(renamed, "2")
client.get_model_version_by_alias(renamed, "champion")
client.delete_model_version(renamed, "2")
refused(lambda: client.get_model_version(renamed, "2"))
refused(lambda: client.get_model_version_by_alias(renamed, "champion"))
refused(lambda: client.transition_model_version_stage(renamed, "2", "Staging"))
refused(lambda: client.set_registered_model_alias(renamed, "champion", "2"))
client.get_registered_model(renamed)
client.get_model_version_download_uri(named("other model"), "1")
client.create_model_version(renamed, "s3://bucket/model")
client.delete_registered_model(renamed)
refused(lambda: client.get_registered_model(renamed))
refused(lambda: client.get_model_version(renamed, "1"))
client.search_model_versions(f"name = '{renamed}'")
client.create_registered_model(renamed)
client.create_model_version(renamed, "s3://bucket/model")
client.get_registered_model(renamed)

experiment = client.get_experiment_by_name(named("search")).experiment_id
run = client.search_runs([experiment], "run_name = 'a'")[0].info.run_id
client.delete_experiment(experiment)
client.get_run(run)
refused(lambda: client.log_metric(run, "m", 1, timestamp=1))
client.search_runs([experiment], run_view_type=ViewType.ALL)
client.search_runs([experiment])
client.restore_experiment(experiment)
client.get_run(run)
client.log_metric(run, "m", 1, timestamp=1)
client.search_runs([experiment], order_by=["start_time"])
