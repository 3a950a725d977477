"""scikit-learn: autolog, then log_model and load_model by hand."""
import mlflow
import numpy as np
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

client = MlflowClient()
mlflow.set_experiment("sklearn")
features, target = load_iris(return_X_y=True)

mlflow.sklearn.autolog()
with mlflow.start_run() as run:
    model = LogisticRegression(C=0.5, max_iter=200).fit(features, target)
    model.score(features, target)
mlflow.sklearn.autolog(disable=True)

found = client.get_run(run.info.run_id)
assert found.info.status == "FINISHED"
assert found.data.params["C"] == "0.5"
assert 0.9 < found.data.metrics["training_accuracy_score"] <= 1
assert found.data.tags["estimator_name"] == "LogisticRegression"
assert found.inputs.dataset_inputs, "autolog notes its training data"
loaded = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/model")
assert np.array_equal(loaded.predict(features), model.predict(features))

mlflow.sklearn.autolog(max_tuning_runs=2)
with mlflow.start_run() as search:
    GridSearchCV(LogisticRegression(max_iter=200), {"C": [0.1, 1.0]}, cv=2).fit(features, target)
mlflow.sklearn.autolog(disable=True)
children = client.search_runs(
    [search.info.experiment_id], f"tags.mlflow.parentRunId = '{search.info.run_id}'"
)
assert len(children) == 2, children

with mlflow.start_run() as by_hand:
    mlflow.log_metric("before", 1)
    if mlflow.__version__.startswith("2."):
        info = mlflow.sklearn.log_model(model, "by_hand", input_example=features[:2])
        assert '"artifact_path": "by_hand"' in client.get_run(by_hand.info.run_id).data.tags[
            "mlflow.log-model.history"
        ].replace('":"', '": "')
    else:
        info = mlflow.sklearn.log_model(model, name="by_hand", input_example=features[:2])
        logged = mlflow.get_logged_model(info.model_id)
        assert logged.status == "READY", logged
        assert logged.source_run_id == by_hand.info.run_id
        outputs = client.get_run(by_hand.info.run_id).outputs.model_outputs
        assert [output.model_id for output in outputs] == [info.model_id]
        assert [m.name for m in mlflow.search_logged_models(
            experiment_ids=[by_hand.info.experiment_id], filter_string="name = 'by_hand'", output_format="list"
        )] == ["by_hand"]
predicted = mlflow.pyfunc.load_model(info.model_uri).predict(features)
assert np.array_equal(predicted, model.predict(features))
assert np.array_equal(
    mlflow.pyfunc.load_model(f"runs:/{by_hand.info.run_id}/by_hand").predict(features), predicted
)
