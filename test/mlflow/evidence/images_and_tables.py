"""Two runs whose images and tables a comparison lays side by side; the second has a step less."""

import mlflow
import numpy as np

for name, steps in [("first", [0, 5, 10]), ("second", [0, 5])]:
    with mlflow.start_run(run_name=name) as run:
        for step in steps:
            mlflow.log_image(np.full((20, 20, 3), step * 20, dtype=np.uint8), key="sample", step=step)
        mlflow.log_table({"question": ["x", "y"], "answer": [name, "same"]}, "eval.json")
        print(f"run {name} {run.info.run_id}")
