"""Optuna: its callback, one run per trial, and a study whose only storage is the workspace."""
import mlflow
import optuna
from mlflow import MlflowClient
from mlflow.optuna.storage import MlflowStorage
from optuna.trial import TrialState
from optuna_integration.mlflow import MLflowCallback

client = MlflowClient()
optuna.logging.set_verbosity(optuna.logging.ERROR)


def parabola(trial):
    x = trial.suggest_float("x", -10, 10)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    trial.set_user_attr("doubled", 2 * x)
    return (x - 2) ** 2 + (kind == "b")


callback = MLflowCallback(metric_name="loss", mlflow_kwargs={"nested": True})
study = optuna.create_study(study_name="by callback", sampler=optuna.samplers.RandomSampler(seed=1))
study.optimize(parabola, n_trials=6, callbacks=[callback])
runs = client.search_runs(
    [client.get_experiment_by_name("by callback").experiment_id], "tags.direction = 'MINIMIZE'", order_by=["metrics.loss"]
)
assert len(runs) == 6 and all(run.info.status == "FINISHED" for run in runs), runs
assert runs[0].data.metrics["loss"] == study.best_value
assert float(runs[0].data.params["x"]) == study.best_params["x"]
assert runs[0].data.tags["doubled"] == str(2 * study.best_params["x"])


@callback.track_in_mlflow()
def tracked(trial):
    mlflow.log_metric("inside", 1)
    return parabola(trial)


optuna.create_study(study_name="tracked").optimize(tracked, n_trials=2, callbacks=[callback])
tracked_runs = client.search_runs([client.get_experiment_by_name("tracked").experiment_id])
assert [set(run.data.metrics) for run in tracked_runs] == [{"inside", "loss"}] * 2, tracked_runs

experiment = client.create_experiment("by storage")
storage = MlflowStorage(experiment_id=experiment, name="store")
study = optuna.create_study(study_name="kept", storage=storage, pruner=optuna.pruners.MedianPruner(n_startup_trials=1))


def pruned(trial):
    x = trial.suggest_float("x", 0, 1)
    for step in range(3):
        trial.report(x + trial.number, step)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return x + trial.number


study.optimize(pruned, n_trials=5)
storage.flush_all_batches()
again = optuna.load_study(study_name="kept", storage=MlflowStorage(experiment_id=experiment, name="store"))
assert len(again.trials) == 5 and again.best_value == study.best_value
assert [trial.state for trial in again.trials] == [trial.state for trial in study.trials]
assert {TrialState.COMPLETE, TrialState.PRUNED} <= {trial.state for trial in again.trials}
assert again.trials[0].intermediate_values == study.trials[0].intermediate_values
assert again.best_params == study.best_params
again.optimize(pruned, n_trials=1)
assert len(again.trials) == 6
