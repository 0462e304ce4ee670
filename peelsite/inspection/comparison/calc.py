"""The comparison of annex A of the inspectorate's 2016 reports, and nothing else.

For every force i with a value x: d = (x - m) / m, its difference from the mean m as a proportion;
standardised, z = (d - mean of d) / sd of d. A force is *higher* when z > 0.675, *lower* when z < -0.675,
else *broadly in line*: about a quarter, half and a quarter of forces if the differences are Normal. The
rule is not a significance test.

What the annex leaves open is settled here and said on every page: all values unrounded, strict inequality,
the standard deviation of the forces compared as a whole population (divisor n), no spread means in line, a
negative mean (of a change over time) divides by its size, since its sign would turn higher into lower, and
a mean of zero has no proportion, so that x itself is standardised.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import fsum, sqrt

THRESHOLD = 0.675
FEWEST_FORCES = 5
# If differences were Normal half of the forces would be in line; far from that, an outlier rules the spread.
USUAL_SHARE_IN_LINE = (0.35, 0.65)


class Standing(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    IN_LINE = "broadly in line"


class Basis(StrEnum):
    MEAN_OF_FORCES = "unweighted mean of forces"
    WEIGHTED = "mean weighted by size"


@dataclass(frozen=True)
class ForceStanding:
    """One force: its value, difference from the mean as a proportion (None for a mean of 0), z, label."""

    key: str
    value: float
    difference: float | None
    z: float
    standing: Standing


@dataclass(frozen=True)
class Comparison:
    """All forces compared on one measure. `mean` and `sd` are in the unit of the measure."""

    forces: tuple[ForceStanding, ...]
    mean: float
    sd: float
    basis: Basis
    left_out: tuple[str, ...]
    without_value: tuple[str, ...]
    notes: tuple[str, ...]

    def of(self, key: str) -> ForceStanding | None:
        """The line of one force, or None when it is left out or has no value."""
        return next((line for line in self.forces if line.key == key), None)


def compare(
    values: Mapping[str, Decimal | float | None],
    *,
    left_out: frozenset[str] = frozenset(),
    weights: Mapping[str, Decimal | float] | None = None,
    threshold: float = THRESHOLD,
) -> Comparison | None:
    """Compare forces on one measure; None when fewer than five of them have a value.

    `values`: force -> unrounded value, None where it has none. `weights` (population, say) make the mean a
    weighted one; a force without a weight then counts as having no value.
    """
    absent = sorted(
        key
        for key, value in values.items()
        if key not in left_out and (value is None or (weights is not None and not weights.get(key)))
    )
    used = {
        key: float(value)
        for key, value in values.items()
        if value is not None and key not in left_out and key not in absent
    }
    if len(used) < FEWEST_FORCES:
        return None
    mean = _mean(used, weights)
    scale = abs(mean)
    differences = {key: (value - mean) / scale if scale else value for key, value in used.items()}
    scores = _standardise(differences)
    lines = tuple(
        ForceStanding(
            key=key,
            value=used[key],
            difference=differences[key] if scale else None,
            z=scores[key],
            standing=_standing(scores[key], threshold),
        )
        for key in sorted(used)
    )
    return Comparison(
        forces=lines,
        mean=mean,
        sd=_sd(list(used.values())),
        basis=Basis.MEAN_OF_FORCES if weights is None else Basis.WEIGHTED,
        left_out=tuple(sorted(left_out & values.keys())),
        without_value=tuple(absent),
        notes=tuple(_notes(lines, mean)),
    )


def _mean(used: Mapping[str, float], weights: Mapping[str, Decimal | float] | None) -> float:
    if weights is None:
        return fsum(used.values()) / len(used)
    size = {key: float(weights[key]) for key in used}
    return fsum(value * size[key] for key, value in used.items()) / fsum(size.values())


def _sd(values: list[float]) -> float:
    centre = fsum(values) / len(values)
    return sqrt(fsum((value - centre) ** 2 for value in values) / len(values))


def _standardise(differences: Mapping[str, float]) -> dict[str, float]:
    centre = fsum(differences.values()) / len(differences)
    spread = _sd(list(differences.values()))
    # Equal values differ from their own mean by a rounding error; that is no spread.
    largest = max(abs(difference) for difference in differences.values())
    if spread <= 1e-12 * max(largest, 1.0):
        return dict.fromkeys(differences, 0.0)
    return {key: (difference - centre) / spread for key, difference in differences.items()}


def _standing(z: float, threshold: float) -> Standing:
    if z > threshold:
        return Standing.HIGHER
    if z < -threshold:
        return Standing.LOWER
    return Standing.IN_LINE


def _notes(lines: tuple[ForceStanding, ...], mean: float) -> list[str]:
    notes = []
    if mean < 0:
        notes.append("The mean is negative, so differences are taken as a proportion of its size.")
    if mean == 0:
        notes.append("The mean is zero, so the values themselves are standardised.")
    if all(line.z == 0 for line in lines):
        notes.append("All forces have the same value, so all are in line.")
        return notes
    share = sum(line.standing is Standing.IN_LINE for line in lines) / len(lines)
    low, high = USUAL_SHARE_IN_LINE
    if not low <= share <= high:
        notes.append(
            f"{share:.0%} of the forces come out in line, where about half is usual: "
            "an outlier or a skewed spread rules this comparison. Look at the forces before you quote it."
        )
    return notes
