"""Predicts whether a flight will arrive more than 15 minutes late. Plain MLflow code: nothing here knows of Slipway.

    python train.py --model linear
    python train.py --model boosting --learning-rate 0.1 --onnx
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import mlflow
import numpy as np
import pandas as pd
import yaml
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import brier_score_loss, f1_score, log_loss, roc_auc_score
from sklearn.pipeline import Pipeline

import features


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=["linear", "boosting"], default="boosting")
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--name", help="name of the run")
    parser.add_argument("--onnx", action="store_true", help="export the trained model to ONNX as well")
    return parser.parse_args()


def read_params(given: argparse.Namespace) -> dict:
    """params.yaml, flattened for the chosen model, with what the command line says instead."""
    file = yaml.safe_load(Path("params.yaml").read_text())
    params = {"model": given.model, "seed": file["seed"], **file["data"], **file[given.model]}
    chosen = {"learning_rate": given.learning_rate, "seed": given.seed}
    return {**params, **{key: value for key, value in chosen.items() if value is not None}}


def fit_linear(params: dict, data: dict):
    """Logistic regression by stochastic gradient descent; logs after every epoch."""
    model = SGDClassifier(
        loss="log_loss",
        learning_rate="constant",
        eta0=params["learning_rate"],
        alpha=params["alpha"],
        average=True,
        random_state=params["seed"],
    )
    order = np.random.default_rng(params["seed"])
    for epoch in range(params["epochs"]):
        rows = order.permutation(len(data["x"]))
        model.partial_fit(data["x"][rows], data["y"][rows], classes=[0, 1])
        log_step(model, data, epoch)
    return model


def fit_boosting(params: dict, data: dict):
    """Gradient boosted trees; logs after every round of a few trees."""
    model = HistGradientBoostingClassifier(
        learning_rate=params["learning_rate"],
        max_leaf_nodes=params["max_leaf_nodes"],
        early_stopping=False,
        warm_start=True,
        random_state=params["seed"],
    )
    for step in range(params["rounds"]):
        model.set_params(max_iter=(step + 1) * params["trees_per_round"])
        model.fit(data["x"], data["y"])
        log_step(model, data, step)
    return model


def log_step(model, data: dict, step: int) -> None:
    """The losses of one epoch or round, on a sample of what was trained on and on the holdout month."""
    train = model.predict_proba(data["x"][::10])[:, 1]
    holdout = model.predict_proba(data["holdout_x"])[:, 1]
    metrics = {
        "train_log_loss": log_loss(data["y"][::10], train),
        "holdout_log_loss": log_loss(data["holdout_y"], holdout),
        "holdout_roc_auc": roc_auc_score(data["holdout_y"], holdout),
    }
    mlflow.log_metrics(metrics, step=step)
    print(f"step {step:3d}  log loss {metrics['holdout_log_loss']:.4f}  AUC {metrics['holdout_roc_auc']:.4f}", flush=True)


def log_predictions(holdout: pd.DataFrame, score: np.ndarray, folder: Path) -> None:
    """One row per flight of the holdout month, with the columns by which errors may be sliced."""
    table = holdout[["id", "carrier", "origin", "hour"]].assign(
        day=holdout["scheduled"].dt.date, y_true=holdout["delayed"], score=score
    )
    table.to_csv(folder / "predictions.csv", index=False, float_format="%.6f")
    mlflow.log_artifact(folder / "predictions.csv")


def log_onnx(pipeline: Pipeline, folder: Path) -> None:
    """The whole pipeline, from a flight's columns to a probability, as one ONNX file and as an MLflow model."""
    import onnx
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType, StringTensorType

    columns = [(name, StringTensorType([None, 1])) for name in features.NAMES]
    columns += [(name, FloatTensorType([None, 1])) for name in features.NUMBERS]
    model = to_onnx(pipeline, initial_types=columns, options={"zipmap": False}, target_opset=17)
    onnx.save(model, folder / "delay.onnx")
    mlflow.log_artifact(folder / "delay.onnx")
    mlflow.onnx.log_model(model, name="onnx", pip_requirements=["onnx", "onnxruntime"])


def main() -> None:
    given = options()
    params = read_params(given)
    mlflow.set_experiment("flights")
    with mlflow.start_run(run_name=given.name), TemporaryDirectory() as temporary:
        mlflow.log_params(params)
        train = features.load(params["train_months"])
        holdout = features.load([params["holdout_month"]])
        mlflow.log_input(mlflow.data.from_pandas(train, name="flights", targets="delayed"), context="training")
        mlflow.log_input(mlflow.data.from_pandas(holdout, name="flights", targets="delayed"), context="holdout")

        encoder = features.encoder()
        data = {
            "x": encoder.fit_transform(features.inputs(train)).astype("float32"),
            "y": train["delayed"].to_numpy(),
            "holdout_x": encoder.transform(features.inputs(holdout)).astype("float32"),
            "holdout_y": holdout["delayed"].to_numpy(),
        }
        fit = {"linear": fit_linear, "boosting": fit_boosting}[given.model]
        pipeline = Pipeline([("encoder", encoder), ("model", fit(params, data))])

        score = pipeline.predict_proba(features.inputs(holdout))[:, 1]
        actual = data["holdout_y"]
        mlflow.log_metrics(
            {
                "roc_auc": roc_auc_score(actual, score),
                "log_loss": log_loss(actual, score),
                "brier": brier_score_loss(actual, score),
                "f1": f1_score(actual, score > 0.3),
            }
        )
        log_predictions(holdout, score, Path(temporary))
        mlflow.sklearn.log_model(
            pipeline, name="model", serialization_format="cloudpickle", pip_requirements=["scikit-learn"]
        )
        if given.onnx:
            log_onnx(pipeline, Path(temporary))


if __name__ == "__main__":
    main()
