"""Prepares the sample in the folder that FLIGHTS names, and trains its two models as its README says."""

import os
import runpy
import sys

os.chdir(os.environ["FLIGHTS"])
sys.path[0] = os.getcwd()
runpy.run_path("prepare.py", run_name="__main__")
for model in ["linear", "boosting"]:
    sys.argv = ["train.py", "--model", model, "--name", model, "--onnx"]
    runpy.run_path("train.py", run_name="__main__")
