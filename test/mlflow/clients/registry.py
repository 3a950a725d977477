"""The registry as its clients use it: register, alias, stage, search, rename, copy, load, delete; prompts."""
import pathlib
import tempfile
import warnings

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

warnings.simplefilter("ignore")
is_3 = not mlflow.__version__.startswith("2.")
client = MlflowClient()
mlflow.set_experiment("registry")


def refused(action, *words):
    try:
        action()
    except MlflowException as error:
        assert all(word in str(error) for word in words), error
        return
    raise AssertionError("not refused")


class Plus(mlflow.pyfunc.PythonModel):
    def __init__(self, amount):
        self.amount = amount

    def predict(self, context, model_input, params=None):
        return [value + self.amount for value in model_input]


def log(amount):
    with mlflow.start_run() as run:
        name = {"name": "model"} if is_3 else {"artifact_path": "model"}
        logged = mlflow.pyfunc.log_model(python_model=Plus(amount), pip_requirements=[], **name)
    return run.info.run_id, logged


first_run, first = log(1)
second_run, second = log(2)
one = mlflow.register_model(first.model_uri, "plus", tags={"made": "here"})
two = mlflow.register_model(f"runs:/{second_run}/model", "plus")
assert (one.version, two.version) in (("1", "2"), (1, 2)) and one.status == "READY"
assert one.run_id == first_run and two.run_id == second_run and one.tags == {"made": "here"}
if is_3:
    assert one.source == f"models:/{first.model_id}"
    assert '"plus"' in mlflow.get_logged_model(first.model_id).tags["mlflow.modelVersions"]

# Aliases.
client.set_registered_model_alias("plus", "champion", one.version)
assert mlflow.pyfunc.load_model("models:/plus@champion").predict([1]) == [2]
client.set_registered_model_alias("plus", "champion", two.version)
assert mlflow.pyfunc.load_model("models:/plus@champion").predict([1]) == [3]
assert client.get_model_version_by_alias("plus", "champion").version == two.version
assert client.get_model_version("plus", two.version).aliases == ["champion"]
assert {alias: str(version) for alias, version in client.get_registered_model("plus").aliases.items()} == {"champion": "2"}
client.delete_registered_model_alias("plus", "champion")
refused(lambda: client.get_model_version_by_alias("plus", "champion"), "champion not found")
refused(lambda: client.set_registered_model_alias("plus", "latest", "1"), "reserved")

# Loading by number and as the latest; the files themselves.
assert mlflow.pyfunc.load_model("models:/plus/1").predict([1]) == [2]
assert mlflow.pyfunc.load_model("models:/plus/latest").predict([1]) == [3]
with tempfile.TemporaryDirectory() as folder:
    path = mlflow.artifacts.download_artifacts("models:/plus/1", dst_path=folder)
    assert (pathlib.Path(path) / "MLmodel").exists()
assert client.get_model_version_download_uri("plus", "1").startswith("mlflow-artifacts:/")

# Stages.
client.transition_model_version_stage("plus", "1", "Staging")
client.transition_model_version_stage("plus", "2", "Staging", archive_existing_versions=True)
assert client.get_model_version("plus", "1").current_stage == "Archived"
assert [mv.version for mv in client.get_latest_versions("plus", ["Staging"])] == [two.version]
assert mlflow.pyfunc.load_model("models:/plus/Staging").predict([1]) == [3]

# Tags, descriptions, search.
client.set_registered_model_tag("plus", "team", "data")
client.set_model_version_tag("plus", "1", "checked", "yes")
client.update_registered_model("plus", "adds")
client.update_model_version("plus", "1", "adds one")
client.create_registered_model("empty", tags={"team": "none"}, description="nothing yet")
assert client.get_registered_model("plus").description == "adds"
assert client.get_model_version("plus", "1").description == "adds one"
assert [m.name for m in client.search_registered_models()] == ["empty", "plus"]
assert [m.name for m in client.search_registered_models("tags.team = 'data'")] == ["plus"]
page = client.search_registered_models(max_results=1, order_by=["name DESC"])
assert [m.name for m in page] == ["plus"] and page.token
rest = client.search_registered_models(max_results=1, order_by=["name DESC"], page_token=page.token)
assert [m.name for m in rest] == ["empty"] and not rest.token
assert [str(mv.version) for mv in client.search_model_versions("name = 'plus' AND tags.checked = 'yes'")] == ["1"]
assert [str(mv.version) for mv in client.search_model_versions(f"run_id = '{second_run}'")] == ["2"]
assert len(mlflow.search_registered_models()) == 2
client.delete_registered_model_tag("plus", "team")
client.delete_model_version_tag("plus", "1", "checked")
assert client.get_registered_model("plus").tags == {} and "checked" not in client.get_model_version("plus", "1").tags

# Copies and names.
copied = client.copy_model_version("models:/plus/1", "plus copy")
assert copied.run_id == first_run and mlflow.pyfunc.load_model("models:/plus copy/1").predict([1]) == [2]
refused(lambda: client.create_registered_model("plus"), "already exists")
refused(lambda: client.rename_registered_model("plus", "empty"), "already exists")
client.rename_registered_model("plus", "sum")
assert client.get_model_version("sum", "2").name == "sum"
refused(lambda: client.get_registered_model("plus"), "not found")

# Deleting.
client.delete_model_version("sum", "2")
refused(lambda: client.get_model_version("sum", "2"), "not found")
again = mlflow.register_model(f"runs:/{second_run}/model", "sum")
assert str(again.version) == "3"
client.delete_registered_model("sum")
refused(lambda: client.get_registered_model("sum"), "not found")
assert [m.name for m in client.search_registered_models()] == ["empty", "plus copy"]
assert mlflow.pyfunc.load_model("models:/plus copy/1").predict([1]) == [2]

# Registered by the call that logs it.
with mlflow.start_run() as run:
    name = {"name": "model"} if is_3 else {"artifact_path": "model"}
    logged = mlflow.pyfunc.log_model(python_model=Plus(5), pip_requirements=[], registered_model_name="at once", **name)
assert str(logged.registered_model_version) == "1" and client.get_model_version("at once", "1").run_id == run.info.run_id
if is_3:
    from sklearn.linear_model import LinearRegression

    line = LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0])
    mlflow.sklearn.log_model(line, name="line", pip_requirements=[], registered_model_name="line")
    client.set_registered_model_alias("line", "champion", "1")
    assert abs(mlflow.sklearn.load_model("models:/line@champion").predict([[2.0]])[0] - 2) < 1e-9
    client.delete_registered_model("line")
client.delete_registered_model("at once")

# Prompts are kept in the registry and are no models.
prompts = mlflow.genai if is_3 else mlflow
prompts.register_prompt("greet", "Hello {{name}}", commit_message="first", tags={"by": "me"})
prompts.register_prompt("greet", "Good day {{name}}")
assert prompts.load_prompt("prompts:/greet/1").format(name="you") == "Hello you"
prompts.set_prompt_alias("greet", alias="live", version=2)
assert prompts.load_prompt("prompts:/greet@live").template == "Good day {{name}}"
assert [m.name for m in client.search_registered_models()] == ["empty", "plus copy"]
refused(lambda: client.create_registered_model("greet"), "already taken by a prompt")
prompts.delete_prompt_alias("greet", "live")
if is_3:
    assert [prompt.name for prompt in prompts.search_prompts()] == ["greet"]
    client.delete_prompt_version("greet", "1")
    refused(lambda: prompts.load_prompt("prompts:/greet/1"), "not found")
