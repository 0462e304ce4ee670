"""What a pack says in words: its first sentence, its figures, and what it was made from."""

from peelsite.web.templatetags import peelsite_web
from workforce.boards.decisions.calc import day_words
from workforce.boards.pack.calc import ANSWERED_MONTHS
from workforce.boards.pack.selectors import Pack
from workforce.boards.papers.exports.tables import months_ahead, range_words

GAP, SHORT = "Gap of the force, FTE", "Short where short, FTE"


def opening_sentence(pack: Pack) -> str:
    """What a chief officer is told first."""
    total = pack.total
    day = day_words(pack.board.pack_on)
    told = (
        f"On {day} the force is {peelsite_web.fte(total.under_fte)} FTE short where it is short and "
        f"{peelsite_web.fte(total.over_fte)} over where it is over; strength is "
        f"{peelsite_web.fte(total.strength_fte)} of {peelsite_web.fte(total.establishment_fte)}."
    )
    forecast = pack.forecast
    if forecast is None:
        return told
    parts = []
    for months in ANSWERED_MONTHS:
        place = months_ahead(forecast, months)
        parts.append(
            f"{peelsite_web.signed_gap(forecast.gap[place])} ({range_words(forecast, place)}) by "
            f"{day_words(forecast.days[place])}"
        )
    return f"{told} The gap of the whole force is projected at {parts[0]} and {parts[1]}."


def key_figures(pack: Pack) -> list[dict[str, str]]:
    """Label, value and note of the figures that a pack opens on."""
    total, forecast = pack.total, pack.forecast
    figures = [
        ("Gap of the force, FTE", peelsite_web.signed_gap(total.gap_fte), day_words(pack.board.pack_on))
    ]
    for months in ANSWERED_MONTHS if forecast is not None else ():
        place = months_ahead(forecast, months)
        figures.append(
            (
                f"In {months} months",
                peelsite_web.signed_gap(forecast.gap[place]),
                f"{range_words(forecast, place)}, {day_words(forecast.days[place])}",
            )
        )
    last = pack.last_time
    before = f"last time {last.total}: {last.words}" if last.total else "no earlier decisions"
    over = peelsite_web.fte(total.over_fte)
    figures += [
        (SHORT, peelsite_web.fte(total.under_fte), f"and {over} over elsewhere: never set against it"),
        ("Decisions asked", str(len(pack.items)), before),
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in figures]


def made_from(pack: Pack) -> list[str]:
    """Where the figures come from, and the digest: sentences."""
    edition, board = pack.edition, pack.board
    told = [f"Posts, people and postings as recorded, counted on {day_words(board.pack_on)}."]
    if edition is not None and edition.has_projection:
        told.append(
            f"Projection: run {edition.run_id} from {day_words(edition.run_as_at)}, "
            f"{edition.run_draws:,} draws, seed {edition.run_seed}, model version {edition.run_version}"
            f"{', ' + edition.run_scenario if edition.run_scenario else ''}. Ranges are P10 to P90."
        )
    elif edition is not None:
        told.append("No projection had been made by the pack day.")
    if edition is not None and edition.compared_with is not None:
        told.append(f"Compared with the pack of {day_words(edition.compared_with.pack_on)}.")
    rows = "these figures" if pack.is_draft else "the frozen rows"
    told.append(
        f"Digest (SHA-256) of {rows}, the same on the page, in the PDF and in the workbook: "
        f"{digest_in_parts(pack.digest)}."
    )
    return told


def digest_in_parts(digest: str) -> str:
    """In four parts, so that a line can break."""
    return " ".join(digest[place : place + 16] for place in range(0, 64, 16))
