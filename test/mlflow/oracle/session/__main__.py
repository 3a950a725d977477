"""One client's session: every part beside this file, in the order in which they build on each other."""
import runpy
from pathlib import Path

parts = ["experiments", "runs", "values", "histories", "datasets", "files", "run_search", "fluent", "models",
         "registry", "registry_search", "prompts", "traces", "deleted"]
for part in parts:
    runpy.run_path(str(Path(__file__).with_name(f"{part}.py")))
