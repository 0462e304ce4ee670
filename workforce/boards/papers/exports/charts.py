"""The charts of a pack, by name, from its frozen rows."""

from peelsite.charts.calc import Chart, Timeline, Unit, line_chart
from workforce.boards.pack.models import ForecastDimension, PackForecast
from workforce.boards.pack.selectors import Pack

FTE = Unit("FTE", decimals=1)


def pack_charts(pack: Pack) -> dict[str, Chart]:
    """'force', 'category-…' and 'rank-…' fans, and 'matter-…' of each cell that matters, by item."""
    charts = matter_charts(pack)
    for forecast in pack.forecasts:
        if forecast.dimension == ForecastDimension.TOTAL:
            charts["force"] = _fan("Gap of the whole force", forecast)
        elif forecast.dimension in (ForecastDimension.CATEGORY, ForecastDimension.RANK):
            name = f"{forecast.dimension}-{forecast.key}"
            charts[name] = _fan(f"Gap: {forecast.label}", forecast, small=True)
    return charts


def matter_charts(pack: Pack) -> dict[str, Chart]:
    """Small fans of the cells that matter, in their order: 'matter-' and the item's number."""
    return {
        f"matter-{item.pk}": _fan(item.title, forecast, small=True)
        for item in pack.matters
        if (forecast := pack.forecast_of_item(item)) is not None
    }


def _fan(title: str, forecast: PackForecast, *, small: bool = False) -> Chart:
    lines = [
        Timeline(name, tuple(zip(forecast.days, values, strict=True)))
        for name, values in (
            ("P90", forecast.gap_high),
            ("Middle", forecast.gap),
            ("P10", forecast.gap_low),
        )
    ]
    return line_chart(title, lines, unit=FTE, from_zero=False)
