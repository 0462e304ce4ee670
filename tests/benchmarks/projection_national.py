"""Projection of officers by force on the Home Office's yearly table, held against simple and library methods.

    python -m tests.benchmarks.projection_national ho_police_workforce_open_data_2007_2022.csv [--statsmodels]

The years to 2016 are fitted, with every choice made on them alone; those from 2017 are judged once, two ways:
projected every year from 2016 to 2021 as a force would, and projected once from 2016 for all six years.
`--statsmodels` adds damped trend, ETS and theta, where that package is installed (it is not a dependency).
"""

import csv
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np

from workforce.projection.calc import national

FIRST, FITTED, LAST = 2007, 2016, 2022
KINDS = {"police officer": "Police officers", "police staff": "Police staff"}
Method = Callable[[np.ndarray, int], np.ndarray]


def fte_by_force(path: str, kind: str) -> tuple[list[str], np.ndarray]:
    """FTE [force, year]. Dates print March and mean 31 March; sexes are parts, and gain values from 2021."""
    fte: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["worker_type"] == kind and row["total_fte"] not in ("", "NA"):
                fte[row["force_name"]][int(row["date"][:4])] += float(row["total_fte"])
    years = range(FIRST, LAST + 1)
    forces = sorted(force for force in fte if all(fte[force][year] > 0 for year in years))
    return forces, np.array([[fte[force][year] for year in years] for force in forces])


def no_change(known: np.ndarray, ahead: int) -> np.ndarray:
    return np.repeat(known[:, -1:], ahead, axis=1)


def same_again(known: np.ndarray, ahead: int) -> np.ndarray:
    return known[:, -1:] + (known[:, -1:] - known[:, -2:-1]) * np.arange(1, ahead + 1)


def library_methods() -> dict[str, Method]:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    from statsmodels.tsa.forecasting.theta import ThetaModel
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    def damped(one: np.ndarray, ahead: int) -> np.ndarray:
        model = ExponentialSmoothing(one, trend="add", damped_trend=True, initialization_method="estimated")
        return model.fit().forecast(ahead)

    def ets(one: np.ndarray, ahead: int) -> np.ndarray:
        fits = [
            ETSModel(one, error="add", trend=trend, damped_trend=bool(trend)).fit(disp=False)
            for trend in (None, "add")
        ]
        return min(fits, key=lambda fit: fit.aicc).forecast(ahead)

    def theta(one: np.ndarray, ahead: int) -> np.ndarray:
        return np.asarray(ThetaModel(one, period=1, deseasonalize=False).fit().forecast(ahead))

    def of_all(single: Method) -> Method:
        return lambda known, ahead: np.array([single(force, ahead) for force in known])

    return {
        "damped trend (statsmodels)": of_all(damped),
        "ETS, level or damped by AICc (statsmodels)": of_all(ets),
        "theta (statsmodels)": of_all(theta),
    }


def tries(fte: np.ndarray, origins: range) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """What was known at each origin, and what came after it."""
    for year in origins:
        known = year - FIRST + 1
        yield fte[:, :known], fte[:, known:]


def errors(method: Method, fte: np.ndarray, origins: range) -> list[list[np.ndarray]]:
    """Absolute errors by year ahead, in FTE."""
    found: list[list[np.ndarray]] = [[] for _ in range(LAST - origins.start)]
    for known, came in tries(fte, origins):
        off = np.abs(method(known, came.shape[1]) - came)
        for ahead in range(came.shape[1]):
            found[ahead].append(off[:, ahead])
    return found


def show_errors(fte: np.ndarray, methods: dict[str, Method], origins: range) -> dict[str, np.ndarray]:
    """Means by year ahead and, last, of all."""
    print(f"{'Mean absolute error, FTE a force':46}" + "".join(f"{n:>6} y" for n in range(1, 7)) + "     all")
    means = {}
    for name, method in methods.items():
        found = [np.concatenate(each) for each in errors(method, fte, origins)]
        means[name] = np.array([*(each.mean() for each in found), np.concatenate(found).mean()])
        print(f"{name:46}" + "".join(f"{each:8.1f}" for each in means[name]))
    return means


def show_verdict(means: dict[str, np.ndarray], held: list[float]) -> None:
    """In which of the years ahead what was promised holds."""
    ours = means["this projection"]
    names = [*(f"{n} y" for n in range(1, 7)), "all"]

    def where(true: np.ndarray) -> str:
        return ", ".join(name for name, yes in zip(names, true, strict=True) if yes) or "NOWHERE"

    for name, theirs in means.items():
        if name != "this projection":
            print(f"Beats {name}: {where(ours < theirs)}")
    share = np.array(held)
    print(f"Range holds 75 to 85%: {where((share >= 0.75) & (share <= 0.85))}")


def coverage(fte: np.ndarray, model: national.Model, origins: range) -> list[float]:
    inside: list[list[np.ndarray]] = [[] for _ in range(LAST - origins.start)]
    for known, came in tries(fte, origins):
        made = national.project(model, known, came.shape[1])
        held = (made.p10 <= came) & (came <= made.p90)
        for ahead in range(came.shape[1]):
            inside[ahead].append(held[:, ahead])
    by_year = [np.concatenate(each).mean() for each in inside]
    whole = float(np.concatenate([np.concatenate(each) for each in inside]).mean())
    print(f"{'80% range held':46}" + "".join(f"{each:8.1%}" for each in by_year) + f"{whole:8.1%}")
    return [*by_year, whole]


def main(path: str, kind: str, *, with_library: bool) -> None:
    forces, fte = fte_by_force(path, kind)
    fitted = fte[:, : FITTED - FIRST + 1]
    model = national.fit(fitted)
    print(f"{KINDS[kind]}: {len(forces)} forces, {FIRST} to {LAST}, fitted to {FITTED}")
    print(
        f"damping national {model.national_damping:.2f}, own {model.own_damping:.2f}; national growth "
        f"of size {model.national_size:.4f} from {model.national_years} years, widened {model.widening:.2f}"
    )
    methods: dict[str, Method] = {
        "no change": no_change,
        "last year's change again": same_again,
        "this projection": lambda known, ahead: national.project(model, known, ahead).p50,
    }
    if with_library:
        methods |= library_methods()
    for title, origins in (
        (f"Projected each year from {FITTED} to {LAST - 1}", range(FITTED, LAST)),
        (f"Projected once, from {FITTED}", range(FITTED, FITTED + 1)),
    ):
        print(f"\n{title}")
        means = show_errors(fte, methods, origins)
        held = coverage(fte, model, origins)
        show_verdict(means, held)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for number, each in enumerate(KINDS):
        print("\n" * number, end="")
        main(sys.argv[1], each, with_library="--statsmodels" in sys.argv)
