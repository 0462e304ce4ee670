"""The chance of a gap once so many FTE more, or fewer, are there, from the range that was projected.

A quick reading, for comparing whole plans: the range is taken as normal, its P10 and P90 2.5631 standard
deviations apart. A plan's own chances come from the projection's draws.
"""

from math import erfc, sqrt

# Standard deviations between the 10th and the 90th percentile of the normal distribution.
P10_TO_P90 = 2.5631


def chance_above(threshold: float, low: float, middle: float, high: float, more: float = 0.0) -> float:
    """The chance that a gap with this P10, P50 and P90 is above the threshold, with `more` FTE there."""
    spread = max(high - low, 0.0) / P10_TO_P90
    distance = threshold - (middle - more)
    if spread <= 0:
        return 1.0 if distance < 0 else 0.0
    return 0.5 * erfc(distance / spread / sqrt(2))
