# Arrow files as pyarrow writes them, and the same rows as Parquet.
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.ipc as ipc
import pyarrow.parquet as parquet

folder = Path(sys.argv[1])
rows = 5000


def several(values, kind=None):
    array = pa.array(values, kind)
    return pa.concat_arrays([array] * (rows // len(values)))


texts = ["a", "a text of more than twelve bytes", "", None, "zażółć 🎈"]
blobs = [b"\x00\xff", b"", None, b"abc", b"d" * 20]
moments = [0, 1, None, -1, 1_700_000_000]
columns = {
    "id": pa.array(range(rows)),
    **{f"i{bits}": several([-(2 ** (bits - 1)), 2 ** (bits - 1) - 1, None, 0, 1], f"int{bits}") for bits in (8, 16, 32, 64)},
    **{f"u{bits}": several([2**bits - 1, 0, None, 1, 2], f"uint{bits}") for bits in (8, 16, 32, 64)},
    "exact": several([2**53 + 1, 2**53 + 3, None, -(2**53) - 1, 5], pa.int64()),
    "f32": several([1.25, float("nan"), None, float("inf"), -1], pa.float32()),
    "f64": several([0.1, float("nan"), None, float("-inf"), 1e308], pa.float64()),
    "flag": several([True, False, None, True, True]),
    "text": several(texts),
    "large": several(texts, pa.large_string()),
    "word": several(["lo", "hi", None, "lo", "a word of more than twelve bytes"]).dictionary_encode(),
    "number": several([10, 20, None, 10, 30], pa.int64()).dictionary_encode(),
    **{f"at_{unit}": several(moments, pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")},
    **{f"zoned_{unit}": several(moments, pa.timestamp(unit, "Europe/Warsaw")) for unit in ("s", "ms", "us")},
    "day": several([0, 1, None, -1, 20000], pa.date32()),
    "day_ms": several([0, 86_400_000, None, -86_400_000, 20000 * 86_400_000], pa.date64()),
    "time_s": several([0, 1, None, 86_399, 3], pa.time32("s")),
    "time_us": several([0, 1, None, 86_399_999_999, 3], pa.time64("us")),
    **{
        f"decimal{digits}": several([Decimal("1.5"), -Decimal("9" * (digits - 1) + ".9"), None, Decimal("0.0"), Decimal("-0.1")], pa.decimal128(digits, 1))
        for digits in (3, 9, 18, 28)
    },
    "list": several([[1, 2, None], [], None, [3], [4, 5]], pa.list_(pa.int64())),
    "texts": several([["a", "b"], [], None, [None], ["d" * 16]], pa.large_list(pa.string())),
    "pair": several([[1.0, 2.0], [3.0, None], None, [5.0, 6.0], [7.0, 8.0]], pa.list_(pa.float64(), 2)),
    "within": several([{"x": 1, "y": "a"}, {"x": None, "y": "b"}, None, {"x": 3, "y": None}, {"x": 4, "y": "e"}]),
    "map": several([[("k", 1)], [], None, [("a", 2), ("b", 3)], [("k", None)]], pa.map_(pa.string(), pa.int32())),
    "nothing": pa.nulls(rows),
    "bytes": several(blobs),
    "two": several([b"ab", b"cd", None, b"ef", b"gh"], pa.binary(2)),
}
table = pa.table(columns)
parquet.write_table(table, folder / "same.parquet")


def write(name, form, what, codec=None, most=None):
    options = ipc.IpcWriteOptions(compression=codec)
    with form(str(folder / name), what.schema, options=options) as out:
        out.write_table(what, max_chunksize=most)


# Pieces that do not begin where bytes of bits do.
write("file-lz4.arrow", ipc.new_file, table, "lz4", 3001)
write("stream-zstd.arrows", ipc.new_stream, table, "zstd", 1003)
write("file-plain.ipc", ipc.new_file, table)
feather.write_feather(table, folder / "feather.feather")

# What Parquet has not.
kinds = pa.table(
    {
        "half": pa.array(np.array([1.5, -0.0, np.nan, np.inf, 6e-8], np.float16)),
        "view": pa.array(texts, pa.string_view()),
        "bytes": pa.array(blobs, pa.binary_view()),
        "long": pa.array([Decimal("-" + "12345678901" * 4 + ".5"), None, Decimal(0), Decimal("0.5"), Decimal(-3)], pa.decimal256(60, 1)),
        "waited": pa.array([1, None, -1, 10**12, 5], pa.duration("ns")),
    }
)
write("kinds.arrow", ipc.new_file, kinds, "lz4")
# Blocks of one frame that lean on each other.
write("linked.arrow", ipc.new_file, pa.table({"text": [f"text {i % 977} and more of it" for i in range(100_000)]}), "lz4")
write("empty.arrow", ipc.new_file, table.slice(0, 0))
write("same-names.arrow", ipc.new_file, pa.table([pa.array([1]), pa.array([2]), pa.array([3])], names=["a", "A", ""]))
write("ends.arrow", ipc.new_file, pa.table({"e": pa.RunEndEncodedArray.from_arrays(pa.array([3, 6], pa.int32()), pa.array([1, 2]))}))

words = pa.schema([("word", pa.dictionary(pa.int8(), pa.string()))])
with ipc.new_stream(str(folder / "words.arrow"), words) as out:
    for known in (["a", "b"], ["q", "r", "a"]):
        values = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0], pa.int8()), pa.array(known))
        out.write_batch(pa.record_batch([values], schema=words))

whole = (folder / "file-lz4.arrow").read_bytes()
(folder / "cut.arrow").write_bytes(whole[: len(whole) // 2])
stream = (folder / "stream-zstd.arrows").read_bytes()
(folder / "cut.arrows").write_bytes(stream[: len(stream) // 2])
flipped = bytearray(whole)
flipped[20_000:20_400] = bytes(400)
(folder / "flipped.arrow").write_bytes(flipped)
