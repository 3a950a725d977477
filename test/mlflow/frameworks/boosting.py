"""Autolog of LightGBM, XGBoost's scikit-learn face and a scikit-learn pipeline: points per round, importances, a model."""
import lightgbm
import mlflow
import numpy as np
from mlflow import MlflowClient
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

client = MlflowClient()
mlflow.set_experiment("boosting")
features, other, target, others = train_test_split(*load_breast_cancer(return_X_y=True), random_state=0)

mlflow.lightgbm.autolog()
with mlflow.start_run() as run:
    booster = lightgbm.train(
        {"objective": "binary", "metric": ["binary_logloss", "auc"], "num_leaves": 7, "verbosity": -1, "num_threads": 2},
        lightgbm.Dataset(features, target),
        num_boost_round=15,
        valid_sets=[lightgbm.Dataset(other, others)],
        valid_names=["valid"],
        callbacks=[lightgbm.early_stopping(10, verbose=False)],
    )
mlflow.lightgbm.autolog(disable=True)
found = client.get_run(run.info.run_id)
assert found.info.status == "FINISHED"
assert found.data.params["num_leaves"] == "7", found.data.params
assert found.data.metrics["best_iteration"] == booster.best_iteration
history = [point for point in client.get_metric_history(run.info.run_id, "valid-binary_logloss") if point.step > 0]
assert history and history[-1].value < history[0].value, history
files = {file.path for file in client.list_artifacts(run.info.run_id)}
assert {"feature_importance_gain.json", "feature_importance_split.png"} <= files, files
assert found.inputs.dataset_inputs, "autolog notes its training data"
loaded = mlflow.lightgbm.load_model(f"runs:/{run.info.run_id}/model")
assert np.allclose(loaded.predict(other), booster.predict(other))

mlflow.xgboost.autolog(log_models=False)
with mlflow.start_run() as run:
    model = XGBClassifier(n_estimators=12, max_depth=2, eval_metric=["logloss", "error"], n_jobs=2)
    model.fit(features, target, eval_set=[(other, others)], verbose=False)
mlflow.xgboost.autolog(disable=True)
found = client.get_run(run.info.run_id)
assert found.data.params["max_depth"] == "2"
steps = [point.step for point in client.get_metric_history(run.info.run_id, "validation_0-logloss")]
assert steps == list(range(12)), steps
assert {"feature_importance_weight.json"} <= {file.path for file in client.list_artifacts(run.info.run_id)}

mlflow.sklearn.autolog(log_models=False, log_post_training_metrics=True)
with mlflow.start_run() as run:
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.5)).fit(features, target)
    score = pipeline.score(other, others)
mlflow.sklearn.autolog(disable=True)
found = client.get_run(run.info.run_id)
assert found.data.params["logisticregression__C"] == "0.5"
assert score in found.data.metrics.values(), found.data.metrics
assert {dataset.dataset.digest for dataset in found.inputs.dataset_inputs}, "autolog notes its training data"
