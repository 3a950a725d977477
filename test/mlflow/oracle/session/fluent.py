"""The fluent calls a training script makes, with the sequences they set off."""
import mlflow
import numpy as np
from scene import client, is_three, named, refused
from sklearn.linear_model import LogisticRegression

mlflow.set_experiment(named("fluent"))
with mlflow.start_run(run_name="outer", tags={"a": "b"}, description="a note") as outer:
    mlflow.log_params({"depth": 3, "rate": 0.1})
    mlflow.log_metrics({"acc": 0.5, "loss": 2.0}, step=3, timestamp=77)
    mlflow.set_tags({"x": 1, "y": 2})
    mlflow.log_metric("later", 1.0, timestamp=78, synchronous=False).wait()
    mlflow.set_experiment_tags({"kind": "fluent"})
    with mlflow.start_run(run_name="inner", nested=True):
        mlflow.log_metric("acc", 0.25, timestamp=79)
    mlflow.log_figure(__import__("matplotlib.figure").figure.Figure(), "figure.png")
    mlflow.log_image(np.zeros((2, 2, 3), dtype=np.uint8), "zeros.png")
try:
    with mlflow.start_run(run_name="fails"):
        raise ValueError("on purpose")
except ValueError:
    pass
with mlflow.start_run(run_id=outer.info.run_id):
    mlflow.delete_tag("x")
mlflow.get_run(outer.info.run_id)
mlflow.get_parent_run(outer.info.run_id)
mlflow.search_runs(filter_string="tags.mlflow.parentRunId != ''")
mlflow.last_active_run()
refused(lambda: mlflow.set_experiment(experiment_id="123456789"))

features, target = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])
if is_three:
    mlflow.sklearn.autolog(log_models=False)
    with mlflow.start_run(run_name="autolog"):
        LogisticRegression(C=0.5).fit(features, target)
    mlflow.sklearn.autolog(disable=True)
with mlflow.start_run(run_name="by hand") as by_hand:
    place = {"name": "by_hand"} if is_three else {"artifact_path": "by_hand"}
    info = mlflow.sklearn.log_model(LogisticRegression().fit(features, target), registered_model_name=named("trained"),
                                     pip_requirements=["scikit-learn"], await_registration_for=None, **place)
mlflow.sklearn.load_model(info.model_uri)
mlflow.sklearn.load_model(f"runs:/{by_hand.info.run_id}/by_hand")
mlflow.pyfunc.load_model(f"models:/{named('trained')}/1").predict(features)
mlflow.pyfunc.load_model(f"models:/{named('trained')}/latest")
refused(lambda: mlflow.sklearn.load_model(f"models:/{named('trained')}/9"))
mlflow.register_model(info.model_uri, named("trained"), tags={"by": "hand"}, await_registration_for=None)
mlflow.register_model(f"runs:/{by_hand.info.run_id}/by_hand", named("trained again"), await_registration_for=None)
client.get_registered_model(named("trained"))
