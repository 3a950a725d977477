"""Logs and reads as a client of MLflow's REST API does, over one kept-alive connection, and prints what it measured.

Arguments: the server's address, what to measure, seconds to spend on it. The token comes in $TOKEN. Prints one JSON
number: points, requests or runs a second, or milliseconds for a search.
"""

import http.client
import json
import os
import statistics
import sys
import time
import urllib.parse

address, wanted, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
place = urllib.parse.urlparse(address)
connection = http.client.HTTPConnection(place.hostname, place.port, timeout=120)
headers = {"Content-Type": "application/json"}
if os.environ.get("TOKEN"):
    headers["Authorization"] = "Bearer " + os.environ["TOKEN"]


def call(method, path, body=None):
    data = None if body is None else json.dumps(body)
    connection.request(method, "/api/2.0/mlflow/" + path, body=data, headers=headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}: {text[:300]!r}")
    return json.loads(text)


def post(path, body):
    return call("POST", path, body)


def now():
    return int(time.time() * 1000)


def new_run(experiment="0"):
    run = post("runs/create", {"experiment_id": experiment, "start_time": now(), "user_id": "bench"})["run"]
    return run["info"]["run_id"]


def new_experiment():
    return post("experiments/create", {"name": f"bench {wanted} {time.time_ns()}"})["experiment_id"]


def per_second(work):
    """How many units a second `work(turn)` does; it answers how many it did."""
    work(-1)
    began, done, turn = time.perf_counter(), 0, 0
    while time.perf_counter() - began < seconds:
        done += work(turn)
        turn += 1
    return done / (time.perf_counter() - began)


def batches():
    run = new_run()

    def work(turn):
        points = [{"key": f"m{i % 10}", "value": i / 7, "timestamp": now(), "step": turn * 100 + i // 10} for i in range(1000)]
        post("runs/log-batch", {"run_id": run, "metrics": points})
        return len(points)

    return per_second(work)


def singles():
    run = new_run()

    def work(turn):
        post("runs/log-metric", {"run_id": run, "key": "loss", "value": 1 / (turn + 2), "timestamp": now(), "step": turn})
        return 1

    return per_second(work)


def one_run(experiment, turn):
    run = new_run(experiment)
    post("runs/log-batch", {
        "run_id": run,
        "params": [{"key": f"p{i}", "value": str(turn % (i + 2))} for i in range(10)],
        "metrics": [{"key": f"m{i}", "value": ((turn * 37 + i) % 1000) / 1000, "timestamp": now(), "step": 0} for i in range(20)],
        "tags": [{"key": "team", "value": "bench"}],
    })
    post("runs/update", {"run_id": run, "status": "FINISHED", "end_time": now()})
    return 1


def runs():
    experiment = new_experiment()
    return per_second(lambda turn: one_run(experiment, turn))


def search():
    experiment = new_experiment()
    for turn in range(400):
        one_run(experiment, turn)
    query = {
        "experiment_ids": [experiment],
        "filter": "metrics.m0 > 0.25 and params.p3 = '2' and attributes.status = 'FINISHED'",
        "order_by": ["metrics.m1 DESC"],
        "max_results": 100,
    }
    times = []
    began = time.perf_counter()
    while len(times) < 5 or time.perf_counter() - began < seconds:
        started = time.perf_counter()
        found = post("runs/search", query)["runs"]
        times.append((time.perf_counter() - started) * 1000)
    if not 0 < len(found) <= 100:
        raise SystemExit(f"The search found {len(found)} runs.")
    return statistics.median(times)


def history():
    run, points, batch = new_run(), 25_000, 1000
    for first in range(0, points, batch):
        post("runs/log-batch", {"run_id": run, "metrics": [
            {"key": "loss", "value": step / 7, "timestamp": 1_700_000_000_000 + step, "step": step} for step in range(first, first + batch)
        ]})

    def work(_turn):
        found, token = 0, ""
        while True:
            query = {"run_id": run, "metric_key": "loss", "max_results": 25_000, **({"page_token": token} if token else {})}
            answer = call("GET", "metrics/get-history?" + urllib.parse.urlencode(query))
            found += len(answer["metrics"])
            token = answer.get("next_page_token")
            if not token:
                break
        if found != points:
            raise SystemExit(f"The history has {found} points.")
        return found

    return per_second(work)


print(json.dumps({"batches": batches, "singles": singles, "runs": runs, "search": search, "history": history}[wanted]()))
