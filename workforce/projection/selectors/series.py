"""A line's figures as bytes and back: compact, and read a line at a time."""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from workforce.projection.calc.inputs import Floats, LineKey
from workforce.projection.calc.results import FLOWS, Fan, Flow, Result

MEASURES = ("strength", "gap", "available", "deployable")
PARTS = ("p10", "p50", "p90", "mean")
#: Rows of ProjectionLine.series, in their order.
SERIES = ("establishment", "chance", *(f"{measure}.{part}" for measure in MEASURES for part in PARTS))


def packed(rows: Sequence[Floats]) -> bytes:
    """Arrays [month] as float32, little-endian, row after row, deflated."""
    return zlib.compress(np.ascontiguousarray(rows, "<f4").tobytes(), 6)


def unpacked(content: bytes | memoryview, rows: int) -> Floats:
    """The array [row, month] that `packed` was given."""
    flat = np.frombuffer(zlib.decompress(bytes(content)), "<f4")
    # Four places, as everywhere: float32 alone would show 0.8 as 0.800000012.
    return np.round(flat.reshape(rows, -1).astype(np.float64), 4)


def series_of(result: Result, key: LineKey) -> bytes:
    row = result.index[key]
    fans = [getattr(getattr(result, measure), part)[row] for measure in MEASURES for part in PARTS]
    return packed([result.establishment[row], result.chance[row], *fans])


def flows_of(result: Result, key: LineKey) -> bytes:
    return packed(list(result.flows[:, result.index[key], :]))


def fans_in(values: Floats) -> dict[str, Fan]:
    """The fan of each measure, from an unpacked series."""
    names = {name: row for row, name in enumerate(SERIES)}
    return {
        measure: Fan(**{part: values[names[f"{measure}.{part}"]] for part in PARTS}) for measure in MEASURES
    }


def flows_in(content: bytes | memoryview) -> Mapping[Flow, Floats]:
    """The flows that are not nought throughout, [month] each."""
    values = unpacked(content, len(FLOWS))
    return {flow: row for flow, row in zip(FLOWS, values, strict=True) if row.any()}
