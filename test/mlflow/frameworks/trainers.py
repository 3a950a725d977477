"""Deep-learning trainers: the callback of Hugging Face's Trainer itself, and the calls that Lightning's logger makes.

Lightning's logger cannot be imported without torch, whose packages for Linux weigh gigabytes, so its calls are made here:
get or create the experiment, create the run with its context tags, params and metrics in batches, checkpoints with what
describes them, get and terminate the run."""
import math
import os
import tempfile
import time
from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param
from mlflow.tracking.context.registry import resolve_tags

os.environ["MLFLOW_EXPERIMENT_NAME"] = "trainer"
os.environ["MLFLOW_FLATTEN_PARAMS"] = "TRUE"
os.environ["MLFLOW_TAGS"] = '{"release": "RC1"}'
os.environ["HF_MLFLOW_LOG_ARTIFACTS"] = "TRUE"
from transformers import TrainerControl, TrainerState, TrainingArguments  # noqa: E402
from transformers.integrations import MLflowCallback  # noqa: E402

client = MlflowClient()

with tempfile.TemporaryDirectory() as folder:
    arguments = TrainingArguments(output_dir=folder, run_name="fine-tune", learning_rate=3e-5)
    state, control = TrainerState(is_world_process_zero=True, max_steps=4), TrainerControl()
    callback = MLflowCallback()
    callback.on_train_begin(arguments, state, control)
    run_id = mlflow.active_run().info.run_id
    for step in range(1, 5):
        state.global_step = step
        logs = {"loss": 1 / step, "grad_norm": math.nan if step == 3 else 0.5, "epoch": step / 4, "eval_f1 (macro)": 0.1 * step}
        callback.on_log(arguments, state, control, logs)
    checkpoint = Path(folder) / "checkpoint-4"
    checkpoint.mkdir()
    (checkpoint / "model.safetensors").write_bytes(os.urandom(100_000))
    callback.on_save(arguments, state, control)
    callback.on_train_end(arguments, state, control)
run = client.get_run(run_id)
assert run.info.status == "FINISHED" and run.info.run_name == "fine-tune"
assert run.data.params["learning_rate"] == "3e-05" and len(run.data.params) > 80, len(run.data.params)
assert run.data.tags["release"] == "RC1"
assert [point.step for point in client.get_metric_history(run_id, "loss")] == [1, 2, 3, 4]
assert math.isnan(client.get_metric_history(run_id, "grad_norm")[2].value)
assert run.data.metrics["eval_f1 _macro_"] == 0.4
[model] = mlflow.search_logged_models([run.info.experiment_id], output_format="list")
assert (model.name, model.status, model.source_run_id) == ("checkpoint-4", "READY", run_id)

found = client.get_experiment_by_name("lightning_logs")
experiment = found.experiment_id if found is not None else client.create_experiment("lightning_logs", artifact_location=None)
run_id = client.create_run(experiment, tags=resolve_tags({"mlflow.runName": "lit"})).info.run_id
params = [Param(f"model/layer_{i}/size", str(i)) for i in range(230)]
for start in range(0, len(params), 100):
    client.log_batch(run_id=run_id, params=params[start:start + 100])
for step in range(0, 200, 50):
    now = int(time.time() * 1000)
    client.log_batch(run_id=run_id, metrics=[Metric("train_loss_step", 1 / (step + 1), now, step), Metric("epoch", 0, now, step)])
client.log_batch(run_id=run_id, metrics=[Metric("val_loss", 0.25, int(time.time() * 1000), 199)], synchronous=False).wait()
with tempfile.TemporaryDirectory() as folder:
    checkpoint = Path(folder) / "epoch=0-step=200.ckpt"
    checkpoint.write_bytes(os.urandom(50_000))
    client.log_artifact(run_id, str(checkpoint), checkpoint.stem)
    described = Path(folder) / "described"
    described.mkdir()
    (described / "metadata.yaml").write_text("score: 0.25\n")
    (described / "aliases.txt").write_text("['latest', 'best']")
    client.log_artifacts(run_id, str(described), checkpoint.stem)
assert client.get_run(run_id)
client.set_terminated(run_id, "FINISHED")
run = client.get_run(run_id)
assert run.info.status == "FINISHED" and run.info.run_name == "lit"
assert len(run.data.params) == 230 and run.data.metrics["val_loss"] == 0.25
assert [point.step for point in client.get_metric_history(run_id, "train_loss_step")] == [0, 50, 100, 150]
listed = [file.path for file in client.list_artifacts(run_id, "epoch=0-step=200")]
assert listed == [f"epoch=0-step=200/{name}" for name in ("aliases.txt", "epoch=0-step=200.ckpt", "metadata.yaml")], listed
