"""Values at their limits: NaN, infinities, large and negative steps, long and odd texts."""
import math

from mlflow.entities import Metric, Param, RunTag
from scene import client, named, refused

experiment = client.get_experiment_by_name(named("first")).experiment_id
run = client.create_run(experiment, start_time=10, run_name="values").info.run_id
client.log_metric(run, "nan", math.nan, timestamp=1)
client.log_metric(run, "up", math.inf, timestamp=1)
client.log_metric(run, "down", -math.inf, timestamp=1)
client.log_metric(run, "large", 1e308, timestamp=1, step=2**40)
client.log_metric(run, "tiny", 5e-324, timestamp=1)
client.log_metric(run, "third", 1 / 3, timestamp=1)
client.log_metric(run, "negative zero", -0.0, timestamp=1)
client.log_metric(run, "early", 1, timestamp=1, step=-5)
client.log_metric(run, "far", 1, timestamp=1, step=2**63 - 1)
client.log_metric(run, "odd", 1, timestamp=1, step=2**53 + 1)
client.log_metric(run, "begin", 1, timestamp=0)
client.log_metric(run, "a.b-c_d e/f:g", 2, timestamp=1)
client.log_batch(run, metrics=[Metric("nan", math.nan, 2, 1), Metric("nan", 1.0, 2, 1), Metric("nan", math.nan, 2, 1)])
client.log_param(run, "long", "ä" * 6500)
client.log_param(run, "exact", "p" * 6000)
client.set_tag(run, "long", "b" * 9000)
client.set_tag(run, "lines", "one\ntwo\r\nthree\t\x01 <b>&amp;</b>")
client.log_param(run, "script", "Größe ☃ 🚀 \u202e \u0000 end".replace("\u0000", ""))
client.log_param(run, "number", 12345678901234567890)
client.log_param(run, "none", None)
client.log_param(run, "list", [1, "a", None])
client.set_tag(run, "truth", True)
client.get_run(run)
for key in ("nan", "up", "down", "large", "early", "far", "odd", "begin"):
    client.get_metric_history(run, key)

client.log_batch(run, metrics=[Metric(f"many{i}", i, 1, 0) for i in range(900)], tags=[RunTag(f"tag{i}", "") for i in range(100)])
client.log_batch(run, params=[Param(f"param{i}", "v" * 100) for i in range(100)])
refused(lambda: client.log_metric(run, "m", 1, timestamp=-1))
refused(lambda: client.log_batch(run, metrics=[Metric("m", 1, -1, 0)]))
refused(lambda: client.log_batch(run, metrics=[Metric("m" * 251, 1, 1, 0)]))
refused(lambda: client.log_batch(run, metrics=[Metric("ok", 1, 1, 0), Metric("a@b", 1, 1, 0)]))
refused(lambda: client.log_batch(run, params=[Param("../p", "1")]))
refused(lambda: client.log_batch(run, tags=[RunTag("..", "1")]))
client.get_run(run)
