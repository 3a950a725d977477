"""Every call of MLflow's client that would put delay@2 in the place of the champion, delay@1, or take that away."""

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()


def refused(what, action, *words):
    try:
        action()
    except MlflowException as error:
        assert error.error_code == "PERMISSION_DENIED", (what, error.error_code, str(error))
        assert all(word in str(error) for word in words), (what, str(error))
        return
    raise AssertionError(f"{what}: not refused")


stage, alias = client.transition_model_version_stage, client.set_registered_model_alias
refused("stage", lambda: stage("delay", "2", "Production"), "better")
refused("stage, archiving", lambda: stage("delay", "2", "production", archive_existing_versions=True), "better")
refused("alias", lambda: alias("delay", "champion", "2"), "better")
refused("alias in capitals", lambda: alias("delay", "Champion", "2"), "better")
refused("alias of the stage's name", lambda: alias("delay", "production", "2"), "better")
refused("archive the champion", lambda: stage("delay", "1", "Archived"), "approvals")
refused("delete the alias", lambda: client.delete_registered_model_alias("delay", "champion"))
refused("delete the version", lambda: client.delete_model_version("delay", "1"))
refused("delete the model", lambda: client.delete_registered_model("delay"))
refused("rename the model", lambda: client.rename_registered_model("delay", "other"))
refused("tag", lambda: client.set_model_version_tag("delay", "2", "approved_by", "ben@example.com"))

# A model that moves freely, with its champion, cannot be slipped in under the name.
client.create_registered_model("free")
copied = client.copy_model_version("models:/delay/2", "free")
alias("free", "champion", copied.version)
stage("free", copied.version, "Production")
refused("rename onto the name", lambda: client.rename_registered_model("free", "delay"), "champion")
client.delete_registered_model("free")

# A copy into the gated model is a candidate like any other.
back = client.copy_model_version("models:/delay/2", "delay")
assert back.current_stage == "None" and not client.get_model_version("delay", back.version).aliases
client.delete_model_version("delay", back.version)

# What is not protected moves as ever.
alias("delay", "shadow", "2")
stage("delay", "2", "Staging")
stage("delay", "2", "None")
client.delete_registered_model_alias("delay", "shadow")
client.set_model_version_tag("delay", "2", "looked at", "yes")

champion = client.get_model_version_by_alias("delay", "champion")
assert (champion.version, champion.current_stage) == ("1", "Production")
assert [mv.version for mv in client.get_latest_versions("delay", ["Production"])] == ["1"]
