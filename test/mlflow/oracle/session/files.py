"""Artifacts: up, listed, down, missing, with odd names."""
import os
import tempfile

import mlflow
import numpy as np
from mlflow import MlflowClient
from PIL import Image
from scene import client, named, refused

experiment = client.get_experiment_by_name(named("first")).experiment_id
run = client.create_run(experiment, start_time=40, run_name="files").info.run_id
client.log_text(run, "hello", "notes/hello.txt")
client.log_text(run, "<p>page</p>", "page.html")
client.log_dict(run, {"x": [1, None, "ä"]}, "conf.json")
client.log_dict(run, {"x": 1}, "conf.yaml")
client.log_text(run, "", "empty.txt")
client.log_text(run, "odd", "odd names/a b+c,ä.txt")
client.log_image(run, Image.new("RGB", (2, 2), (1, 2, 3)), "image.png")
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "data.bin"), "wb") as file:
        file.write(bytes(range(256)) * 300)
    os.mkdir(os.path.join(folder, "below"))
    with open(os.path.join(folder, "below", "deep.csv"), "w") as file:
        file.write("a,b\n1,2\n")
    client.log_artifact(run, os.path.join(folder, "data.bin"))
    client.log_artifacts(run, folder, "tree")
client.log_text(run, "changed", "notes/hello.txt")
client.log_table(run, {"question": ["a", "b"], "answer": [1, 2]}, "table.json")
client.log_table(run, {"question": ["c"], "answer": [3]}, "table.json")
for path in (None, "notes", "tree", "tree/below", "odd names", "missing", "page.html"):
    client.list_artifacts(run, path)
with tempfile.TemporaryDirectory() as folder:
    for path in ("", "tree", "conf.json", "odd names/a b+c,ä.txt", "empty.txt", "image.png"):
        client.download_artifacts(run, path, folder)
    refused(lambda: client.download_artifacts(run, "missing.txt", folder))
mlflow.artifacts.load_text(f"runs:/{run}/page.html")
mlflow.artifacts.list_artifacts(run_id=run, artifact_path="tree")
with mlflow.start_run(run_id=run):
    mlflow.load_table("table.json", run_ids=[run])
repository = mlflow.store.artifact.artifact_repository_registry.get_artifact_repository(client.get_run(run).info.artifact_uri)
repository.delete_artifacts("notes/hello.txt")
repository.delete_artifacts("tree")
client.list_artifacts(run)
client.list_artifacts(run, "notes")
refused(lambda: client.list_artifacts("0" * 32))
