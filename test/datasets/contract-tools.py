"""Writes what the real tools write (`write FOLDER`), or runs what we wrote for them on a table (`judge FOLDER`)."""

import json
import os
import sys
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pandera.pandas as pa

folder = Path(sys.argv[2])


def write() -> None:
    suite = gx.ExpectationSuite(
        name="flights",
        expectations=[
            gxe.ExpectColumnToExist(column="id"),
            gxe.ExpectColumnValuesToBeUnique(column="id"),
            gxe.ExpectColumnValuesToNotBeNull(column="delay", mostly=0.9, severity="warning"),
            gxe.ExpectColumnValuesToBeBetween(column="delay", min_value=0, max_value=99, strict_max=True, mostly=0.98),
            gxe.ExpectColumnValuesToBeInSet(column="carrier", value_set=["AA", "DL"]),
            gxe.ExpectColumnValuesToMatchRegex(column="carrier", regex="[A-Z]"),
            gxe.ExpectColumnValueLengthsToEqual(column="carrier", value=2),
            gxe.ExpectColumnMeanToBeBetween(column="delay", min_value=40, max_value=60),
            gxe.ExpectColumnMaxToBeBetween(column="delay", max_value=50),
            gxe.ExpectColumnQuantileValuesToBeBetween(
                column="delay", quantile_ranges={"quantiles": [0.5, 0.95], "value_ranges": [[40, 60], [None, 99]]}
            ),
            gxe.ExpectColumnDistinctValuesToEqualSet(column="carrier", value_set=["AA", "DL", "ZZ"]),
            gxe.ExpectTableRowCountToBeBetween(min_value=500, max_value=2000),
            gxe.ExpectTableColumnsToMatchSet(column_set=["id", "carrier"], exact_match=False),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=["id", "carrier"]),
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="delay", column_B="id", or_equal=True),
            gxe.ExpectColumnKLDivergenceToBeLessThan(
                column="delay", partition_object={"bins": [0, 1], "weights": [1]}, threshold=1
            ),
        ],
    )
    (folder / "suite.json").write_text(json.dumps(suite.to_json_dict()))
    schema = pa.DataFrameSchema(
        {
            "id": pa.Column(int, unique=True),
            "delay": pa.Column(
                float, [pa.Check.ge(0), pa.Check.lt(98), pa.Check.in_range(0, 90, raise_warning=True)], nullable=True
            ),
            "carrier": pa.Column(str, [pa.Check.isin(["AA", "DL"]), pa.Check.str_length(2, 2), pa.Check.str_startswith("A")]),
        },
        strict=True,
        unique=["id", "carrier"],
    )
    schema.to_yaml(folder / "schema.yaml")
    (folder / "versions.json").write_text(json.dumps({"gx": gx.__version__, "pandera": pa.__version__ if hasattr(pa, "__version__") else ""}))
    print(json.dumps(judged_by_gx("suite.json")))


def judged_by_gx(name: str) -> dict[str, bool]:
    """Whether each expectation holds, by the id of our check, else by its type, column and place among those alike."""
    context = gx.get_context(mode="ephemeral")
    source = context.data_sources.add_pandas("source")
    batch = source.add_dataframe_asset("flights").add_batch_definition_whole_dataframe("all")
    suite = gx.ExpectationSuite(**{key: value for key, value in json.loads((folder / name).read_text()).items() if key != "id"})
    table = pd.read_csv(folder / "flights.csv")
    found: dict[str, bool] = {}
    for result in batch.get_batch({"dataframe": table}).validate(suite).results:
        config = result.expectation_config
        key = (config.meta or {}).get("slipway") or f"{config.type}:{config.kwargs.get('column')}"
        found[key if key not in found else f"{key}:2"] = bool(result.success)
    return found


def judge() -> None:
    schema = pa.DataFrameSchema.from_yaml(folder / "back.yaml")
    failed: list[list[str]] = []
    try:
        schema.validate(pd.read_csv(folder / "flights.csv"), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        failed = sorted({(str(column), str(check)) for column, check in zip(cases["column"], cases["check"])})
    print(json.dumps({"suite": judged_by_gx("back.json"), "schema": failed}))


{"write": write, "judge": judge}[sys.argv[1]]()
