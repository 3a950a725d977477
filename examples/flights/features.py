"""What a model sees of a flight: only what is known before it departs."""

from pathlib import Path

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NAMES = ["carrier", "origin", "dest"]
NUMBERS = ["distance", "hour", "weekday", "temp", "humid", "wind_speed", "precip", "pressure", "visib"]


def load(months: list[int]) -> pd.DataFrame:
    """The flights of these months of 2013, in order of schedule."""
    files = [Path("data/flights") / f"2013-{month:02d}.parquet" for month in months]
    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)


def inputs(flights: pd.DataFrame) -> pd.DataFrame:
    """The columns of the model, numbers as float32 as an ONNX model will get them."""
    return flights[NAMES + NUMBERS].astype({name: "float32" for name in NUMBERS})


def encoder() -> ColumnTransformer:
    """Names one-hot, the rare ones together, unknown ones nothing; numbers filled with their median and scaled."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    # With "infrequent_if_exist" the exported model refuses a destination that it was not trained on: August has two.
    names = OneHotEncoder(handle_unknown="ignore", max_categories=12, sparse_output=False)
    return ColumnTransformer([("names", names, NAMES), ("numbers", numbers, NUMBERS)])
