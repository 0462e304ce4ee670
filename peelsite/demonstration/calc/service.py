"""Length of service: how long people have served at first, and how likely they are to leave.

Leaving has two humps, in the first years and from twenty years on, as in the Home Office's count of police
officer leavers by length of service (House of Lords written answers HL9084 and HL10350).
"""

import random

# Years of service from which a weight holds.
_LEAVING = (
    (30, 9.0),
    (25, 1.7),
    (20, 1.4),
    (15, 0.7),
    (10, 0.45),
    (5, 0.6),
    (3, 0.8),
    (2, 1.0),
    (1, 1.3),
    (0, 1.6),
)
_SERVED_AT_FIRST: dict[str, tuple[tuple[float, float, float], ...]] = {
    # group: share, from, to (years)
    "PC": ((0.25, 0.3, 4), (0.35, 4, 9), (0.2, 9, 18), (0.2, 18, 29)),
    "SGT": ((0.5, 7, 16), (0.5, 16, 29)),
    "INSP": ((0.4, 10, 18), (0.6, 18, 29)),
    "CINSP": ((1.0, 13, 29),),
    "SUPT": ((1.0, 16, 29),),
    "CSUPT": ((1.0, 20, 30),),
}
_CHIEF_OFFICERS = ((1.0, 22.0, 30.0),)
_OTHERS = ((0.45, 0.3, 5), (0.35, 5, 12), (0.2, 12, 28))

# Years of service before a rank is held.
PROMOTED_AFTER = {"SGT": 4, "INSP": 7, "CINSP": 10, "SUPT": 13, "CSUPT": 16, "ACC": 19, "DCC": 20, "CC": 21}


def leaving_weight(years: float) -> float:
    return next(weight for served, weight in _LEAVING if years >= served)


def served_at_first(group: str, rng: random.Random) -> float:
    """Years of service of someone who is there on the first day."""
    bands = _SERVED_AT_FIRST.get(group, _CHIEF_OFFICERS if group in ("ACC", "DCC", "CC") else _OTHERS)
    _, low, high = rng.choices(bands, [band[0] for band in bands])[0]
    return rng.uniform(low, high)


def reason_of(years: float, *, is_officer: bool, rng: random.Random) -> str:
    """Why someone leaves, by the leaver types of the Home Office's return."""
    if years >= 28 and is_officer:
        return "retired"
    if is_officer:
        return rng.choices(["resigned", "transferred", "medical", "dismissed", "died"], [62, 22, 9, 5, 2])[0]
    return rng.choices(["resigned", "retired", "redundant", "dismissed", "died"], [66, 18, 11, 4, 1])[0]
