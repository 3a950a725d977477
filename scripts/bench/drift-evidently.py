"""Evidently's DataDriftPreset of FOLDER/reference.parquet and current.parquet; prints its peak memory in kilobytes."""

import os
import resource
import sys
import warnings

os.environ["DO_NOT_TRACK"] = "1"
warnings.filterwarnings("ignore")

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

reference, current = (pd.read_parquet(os.path.join(sys.argv[1], f"{name}.parquet")) for name in ("reference", "current"))
columns = Report([DataDriftPreset()]).run(current, reference).dict()["metrics"]
assert len(columns) == 21
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
