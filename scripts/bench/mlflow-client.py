"""Logs with MLflow's own Python client as a training does, and prints how many calls a second it makes.

Arguments: the server's address and seconds. The token comes in $MLFLOW_TRACKING_TOKEN.
"""

import sys
import time

from mlflow.entities import Metric
from mlflow.tracking import MlflowClient

address, seconds = sys.argv[1], float(sys.argv[2])
client = MlflowClient(address)
run = client.create_run("0").info.run_id


def turn(step):
    now = int(time.time() * 1000)
    for index in range(8):
        client.log_metric(run, f"m{index}", step / 7, now, step)
    client.log_batch(run, metrics=[Metric(f"b{index}", step / 3, now, step) for index in range(20)])
    client.log_param(run, f"p{step}", str(step))
    return 10


turn(-1)
began, calls, step = time.perf_counter(), 0, 0
while time.perf_counter() - began < seconds:
    calls += turn(step)
    step += 1
print(calls / (time.perf_counter() - began))
