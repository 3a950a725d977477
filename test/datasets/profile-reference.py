"""Writes tables of every kind of column with what pandas, numpy and scipy say of them.

    python profile.py FOLDER
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats.contingency import association

folder = Path(sys.argv[1])
random = np.random.default_rng(11)
count = 5000


def holed(values, share=0.07):
    values = pd.Series(values).copy()
    values[random.random(count) < share] = None
    return values


table = pd.DataFrame(
    {
        "normal": random.normal(50, 3, count),
        "holed": holed(random.normal(-2, 1, count)),
        "far": np.exp(random.normal(0, 2, count)),
        "offset": 1e9 + random.random(count),
        "steps": random.integers(0, 12, count) / 10,
        "small": random.integers(0, 12, count),
        "wide": random.integers(-(10**6), 10**6, count),
        "big": [2**53 + 1 + int(n) for n in random.integers(0, 50, count)],
        "infinite": np.where(random.random(count) < 0.02, np.inf, random.normal(size=count)),
        "zeros": np.where(random.random(count) < 0.8, 0, random.random(count)),
        "flag": random.random(count) < 0.2,
        "city": holed(random.choice(["Łódź", "東京", "São Paulo", "N"], count, p=[0.4, 0.3, 0.2, 0.1]), 0.03),
        "at": pd.to_datetime("2013-01-01") + pd.to_timedelta(random.integers(0, 10**7, count), unit="s"),
        "key": [f"row {n}" for n in range(count)],
        "same": 7.5,
        "nothing": pd.Series([None] * count, dtype="float64"),
    }
)
table["like normal"] = table["normal"] * 2 + random.normal(0, 1, count)
table.to_parquet(folder / "table.parquet", index=False)
table.to_csv(folder / "table.csv", index=False)

# Numbers of few digits: what lies between two of them, or is their sum, has more.
cents = pd.Series([Decimal(int(n)) / 4 for n in random.integers(0, 4000, 500)])
narrow = pd.DataFrame(
    {
        "cents": cents,
        "whole": pd.Series([Decimal(int(n)) for n in random.integers(0, 4000, 500)]),
        "tenth": (np.arange(500) / 10).astype("float32"),
        "byte": np.full(500, 200, "uint8"),
        "low": np.full(500, -128, "int8"),
    }
)
narrow.to_parquet(folder / "narrow.parquet", index=False)

numbers = table.select_dtypes(["number"])
finite = numbers.replace([np.inf, -np.inf], np.nan)
# Moments do not depend on where zero is, but pandas rounds them away far from it.
moved = finite.astype(float).sub(finite.astype(float).min())


def known(value):
    return None if value is None or not np.isfinite(value) else float(value)


said = {}
for name in numbers:
    values = finite[name].dropna()
    said[name] = {
        "nulls": int(table[name].isna().sum()),
        "distinct": int(table[name].nunique()),
        "mean": known(values.mean()),
        "sd": known(moved[name].std()),
        # A column of one value has none; pandas says 0.
        "skewness": known(moved[name].skew()) if values.nunique() > 1 else None,
        "quantiles": [known(value) for value in np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95])] if len(values) else None,
        "zeros": int((table[name] == 0).sum()),
        "negatives": int((table[name] < 0).sum()),
        "infinite": int(np.isinf(table[name].astype(float)).sum()),
        "values": [str(value) if name == "big" else float(value) for value in values],
    }
for name in ["flag", "city"]:
    counts = table[name].value_counts()
    said[name] = {
        "nulls": int(table[name].isna().sum()),
        "distinct": int(table[name].nunique()),
        "top": {str(value).lower() if name == "flag" else value: int(rows) for value, rows in counts.items()},
    }
varying = [name for name in finite if finite[name].nunique() > 1]
both = table.dropna(subset=["city"])
json.dump(
    {
        "columns": said,
        "narrow": {
            name: list(np.quantile(narrow[name].astype(float), [0.05, 0.25, 0.5, 0.75, 0.95])) for name in narrow
        },
        "pearson": moved[varying].corr().map(known).to_dict(),
        "spearman": moved[varying].corr("spearman").map(known).to_dict(),
        "cramersV": float(association(pd.crosstab(both["flag"], both["city"]).to_numpy(), method="cramer")),
    },
    (folder / "said.json").open("w"),
)
