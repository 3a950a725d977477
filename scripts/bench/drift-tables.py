"""Writes two tables of 18 columns of numbers and 2 of categories: python drift-tables.py ROWS FOLDER"""

import os
import sys

import numpy as np
import pandas as pd

rows, folder = int(sys.argv[1]), sys.argv[2]
draw = np.random.default_rng(7)


def table(moved):
    shift = 0.3 if moved else 0.0
    columns = {f"n{at}": draw.normal(at + (shift if at % 3 == 0 else 0), 1 + at / 5, rows) for at in range(14)}
    columns["skewed"] = draw.exponential(2, rows)
    columns["zero"] = np.where(draw.random(rows) < 0.9, 0.0, draw.exponential(1, rows))
    columns["whole"] = draw.integers(0, 1000, rows)
    columns["few"] = draw.integers(0, 8, rows)
    columns["letter"] = draw.choice(list("abcde"), rows, p=[0.2, 0.3, 0.2, 0.2, 0.1] if moved else [0.3, 0.3, 0.2, 0.1, 0.1])
    columns["code"] = draw.choice([f"k{at}" for at in range(50)], rows)
    return pd.DataFrame(columns)


for name, moved in [("reference", False), ("current", True)]:
    made = table(moved)
    made.to_parquet(os.path.join(folder, f"{name}.parquet"), index=False)
    made.to_csv(os.path.join(folder, f"{name}.csv"), index=False)
