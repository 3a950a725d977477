"""Runs Python scripts, each in a fork of this process, which has imported MLflow once: half of what a short script takes.

Reads lines of JSON {"script", "folder"} and answers each with a line {"code", "said"}.
"""
import json
import os
import runpy
import sys
import tempfile

import mlflow  # noqa: F401

for line in sys.stdin:
    asked = json.loads(line)
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            for stream in (1, 2):
                os.dup2(said.fileno(), stream)
            os.chdir(asked["folder"])
            sys.argv = [asked["script"]]
            sys.path[0] = os.path.dirname(asked["script"])
            # It ends as a script of its own does, with all that was left to be done at its exit.
            runpy.run_path(asked["script"], run_name="__main__")
            sys.exit()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        print(json.dumps({"code": code, "said": said.read().decode(errors="replace")}), flush=True)
