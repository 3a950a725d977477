"""Writes a store of another tracker: TOOL FOLDER RUNS METRICS STEPS [FIRST_STEP]."""
import os
import sys

tool, out = sys.argv[1:3]
runs, metrics, steps = map(int, sys.argv[3:6])
first = int(sys.argv[6]) if len(sys.argv) > 6 else 0
os.makedirs(out, exist_ok=True)


def value(metric, step):
    return (step * 37 + metric * 11) % 1000 / 1000


def row(step):
    values = {f"m{metric}": value(metric, step) for metric in range(metrics)}
    return values | ({"odd": float("nan"), "text": "no number", "nested": {"x": 1}} if step == 0 else {})


def write_tensorboardx():
    from tensorboardX import SummaryWriter

    for run in range(runs):
        writer = SummaryWriter(f"{out}/run-{run}", flush_secs=3600, max_queue=100_000)
        for step in range(first, first + steps):
            for metric in range(metrics):
                writer.add_scalar(f"group/m{metric}", value(metric, step), step, walltime=1763000000 + step)
        writer.add_scalar("odd", float("nan"), 0, walltime=1763000000)
        writer.add_scalar("odd", float("inf"), 2**60 + 1, walltime=1763000001)
        if first == 0:
            writer.add_hparams({"lr": 0.1, "opt": "adam", "amp": True}, {"auc": 0.5}, name="trial")
            writer.add_histogram("weights", [1.0, 2.0], 0)
            writer.add_text("note", "hello", 0)
            writer.add_scalars("pair", {"a": 1.0, "b": 2.0}, 0)
        writer.close()


def write_tensorboard():
    from tensorboard.summary import Writer

    for run in range(runs):
        writer = Writer(f"{out}/run-{run}")
        for step in range(first, first + steps):
            for metric in range(metrics):
                writer.add_scalar(f"m{metric}", value(metric, step), step=step, wall_time=1763000000 + step)
        writer.close()


def write_wandb():
    os.environ |= {"WANDB_MODE": "offline", "WANDB_SILENT": "true", "WANDB_DIR": out, "WANDB_DISABLE_GIT": "true"}
    import wandb

    config = {"lr": 0.1, "net": {"depth": 3, "act": "relu"}}
    for index in range(runs):
        run = wandb.init(project="delay", name=f"run-{index}", config=config, notes="hello", tags=["a", "b"])
        print("said by the script")
        for step in range(steps):
            run.log(row(step))
        run.summary["best"] = 0.9
        run.finish(exit_code=index % 2)


def write_trackio():
    os.environ |= {"TRACKIO_DIR": out, "HF_HUB_OFFLINE": "1"}
    import trackio

    for run in range(runs):
        trackio.init(project="delay", name=f"run-{run}", config={"lr": 0.1, "net": {"depth": 3}})
        for step in range(steps):
            trackio.log(row(step))
        trackio.finish()


def write_dvclive():
    os.environ |= {"DVC_NO_ANALYTICS": "1", "DVCLIVE_LOGLEVEL": "ERROR"}
    os.chdir(out)
    import numpy
    from dvclive import Live

    for run in range(runs):
        folder = "dvclive" if runs == 1 else f"dvclive-{run}"
        with Live(folder, report=None, save_dvc_exp=False, dvcyaml=None, resume=first > 0) as live:
            if first == 0:
                live.log_params({"seed": run, "lr": 0.1, "net": {"depth": 3}})
            for step in range(first, first + steps):
                live.step = step
                for metric in range(metrics):
                    live.log_metric(f"train/m{metric}", value(metric, step), timestamp=metric == 0)
                if step == 0:
                    live.log_metric("odd", float("nan"))
                    live.log_image("img.png", numpy.zeros((4, 4, 3), dtype=numpy.uint8))
                live.make_summary()
            live.log_metric("final/auc", 0.9, plot=False)


globals()[f"write_{tool}"]()
