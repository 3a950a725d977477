"""XGBoost autolog: one metric point per round, feature importance, the model back."""
import mlflow
import numpy as np
import xgboost
from mlflow import MlflowClient
from sklearn.datasets import load_breast_cancer

client = MlflowClient()
mlflow.set_experiment("xgboost")
features, target = load_breast_cancer(return_X_y=True)
data = xgboost.DMatrix(features, target)

mlflow.xgboost.autolog()
with mlflow.start_run() as run:
    booster = xgboost.train(
        {"max_depth": 2, "objective": "binary:logistic", "eval_metric": ["logloss", "error"]},
        data,
        num_boost_round=12,
        evals=[(data, "train")],
        verbose_eval=False,
    )
mlflow.xgboost.autolog(disable=True)

found = client.get_run(run.info.run_id)
assert found.data.params["max_depth"] == "2"
assert set(found.data.metrics) >= {"train-logloss", "train-error"}
history = client.get_metric_history(run.info.run_id, "train-logloss")
assert [point.step for point in history] == list(range(12)), history
assert history[-1].value < history[0].value
assert "feature_importance_weight.json" in {f.path for f in client.list_artifacts(run.info.run_id)}
loaded = mlflow.xgboost.load_model(f"runs:/{run.info.run_id}/model")
assert np.allclose(loaded.predict(data), booster.predict(data))
