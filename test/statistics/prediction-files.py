"""Writes one table of predictions in every form that tools write it in.

    python prediction-files.py FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

folder = Path(sys.argv[1])
random = np.random.default_rng(5)
count = 200
truth = random.integers(0, 2, count).astype(bool)
table = pd.DataFrame(
    {
        "id": [f'flight "{n}", JFK→LAX' for n in range(count)],
        "y_true": truth,
        "score": np.clip(0.5 + 0.3 * (truth - 0.5) + 0.2 * random.normal(size=count), 0.001, 0.999),
        "weather": pd.Categorical(random.choice(["晴れ", "<b>rain</b>", "snow\nstorm"], count)),
        "at": pd.to_datetime("2013-05-01") + pd.to_timedelta(random.integers(0, 40, count), unit="D"),
    }
)
for compression in ["snappy", "gzip", "brotli", "zstd", "lz4", "none"]:
    shuffled = table.sample(frac=1, random_state=1)
    shuffled.to_parquet(
        folder / f"{compression}.parquet", index=False, compression=None if compression == "none" else compression
    )
table.to_parquet(folder / "groups.parquet", index=False, row_group_size=37)
table.to_csv(folder / "commas.csv", index=False)
table.to_csv(folder / "semicolons.csv", index=False, sep=";", lineterminator="\r\n", encoding="utf-8-sig")
table.astype({"y_true": int}).to_csv(folder / "whole.csv", index=False)
table.astype({"y_true": float}).to_csv(folder / "floats.tsv", index=False, sep="\t")
table.drop(columns="at").to_json(folder / "lines.jsonl", orient="records", lines=True, double_precision=15)
both = pd.DataFrame({"id": table["id"], "y_true": truth, "score_False": 1 - table["score"], "score_True": table["score"]})
both.to_csv(folder / "each-class.csv", index=False)
evaluation = {"columns": ["text", "label", "pred", "right/score"], "data": []}
for row in table.itertuples():
    evaluation["data"].append([row.id, int(row.y_true), int(row.score >= 0.5), 1.0])
(folder / "eval_results_table.json").write_text(json.dumps(evaluation))
