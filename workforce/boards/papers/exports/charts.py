"""The charts of a pack, by name, from its frozen rows."""

from peelsite.charts.calc import Chart, Fan, Timeline, Unit, fan_chart
from workforce.boards.pack.models import ForecastDimension, PackForecast
from workforce.boards.pack.selectors import Pack

FTE = Unit("FTE", decimals=1)
_DRAWN = (ForecastDimension.CATEGORY, ForecastDimension.RANK)
# Of a handful of people a middle and a range jump from one whole person to the next.
WORTH_A_CHART = 50


def pack_charts(pack: Pack) -> dict[str, Chart]:
    """'matter-…' of each cell that matters by its item, 'force', 'category-…' and 'rank-…' of fifty FTE."""
    charts = matter_charts(pack)
    for forecast in pack.forecasts:
        if forecast.dimension == ForecastDimension.TOTAL:
            charts["force"] = _strength_fan("Strength of the force", forecast)
        elif forecast.dimension in _DRAWN and forecast.establishment[0] >= WORTH_A_CHART:
            charts[f"{forecast.dimension}-{forecast.key}"] = _strength_fan(forecast.label, forecast)
    return charts


def matter_charts(pack: Pack) -> dict[str, Chart]:
    """The gaps of the cells that matter, in their order: 'matter-' and the item's number."""
    return {
        f"matter-{item.pk}": _gap_fan(item.title, forecast)
        for item in pack.matters
        if (forecast := pack.forecast_of_item(item)) is not None
    }


def _gap_fan(title: str, forecast: PackForecast) -> Chart:
    """Establishment less strength: above nought is short of people."""
    points = tuple(zip(forecast.days, forecast.gap_low, forecast.gap, forecast.gap_high, strict=True))
    return fan_chart(title, [Fan("gap", points)], unit=FTE, from_zero=True)


def _strength_fan(title: str, forecast: PackForecast) -> Chart:
    """Strength within its range, beside the establishment as it is planned."""
    # Establishment is certain, so that the range of strength is that of the gap the other way round.
    rows = zip(
        forecast.days,
        forecast.establishment,
        forecast.gap_low,
        forecast.strength,
        forecast.gap_high,
        strict=True,
    )
    points = tuple((day, posts - high, middle, posts - low) for day, posts, low, middle, high in rows)
    planned = tuple(zip(forecast.days, forecast.establishment, strict=True))
    return fan_chart(title, [Fan("strength", points)], unit=FTE, lines=[Timeline("establishment", planned)])
