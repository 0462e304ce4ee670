"""What is frozen of a pack, in the form that its digest is taken over."""

from typing import Any

from workforce.boards.pack.calc import digest

LINE_FIELDS = (
    "posts",
    "establishment_fte",
    "strength_fte",
    "headcount",
    "under_fte",
    "over_fte",
    "vacant_fte",
    "vacant_posts",
    "supernumerary_fte",
    "acting_fte",
    "acting_heads",
    "seconded_out_fte",
    "seconded_out_heads",
    "long_term_absent_fte",
    "long_term_absent_heads",
    "limited_heads",
)
LABEL_FIELDS = ("dimension", "position", "key", "label", "code", "category", "depth")
ITEM_FIELDS = (
    "position",
    "title",
    "rank_id",
    "role_id",
    "location_id",
    "unit_id",
    "raised_by",
    "reason",
    "establishment_fte",
    "strength_fte",
    "vacant_fte",
    "vacant_posts",
    "longest_vacant_days",
    "acting_past_limit",
    "funding_ends_on",
    "removed_reason",
)
CARRIED_FIELDS = (
    "position",
    "action_id",
    "agreed_on",
    "is_of_last_board",
    "text",
    "owner_name",
    "due_on",
    "state",
    "closed_on",
    "is_late",
)
# Of packs that have an edition; earlier ones were frozen without these.
PROJECTED_ITEM_FIELDS = (
    "projected_on",
    "projected_p10",
    "projected_p50",
    "projected_p90",
    "projected_chance",
    "projected_threshold",
    "follows_id",
)
EDITION_FIELDS = (
    "marking",
    "compared_with_id",
    "year_ends_on",
    "run_id",
    "run_as_at",
    "run_seed",
    "run_draws",
    "run_version",
    "run_scenario",
)
NOTE_FIELDS = ("dimension", "key", "label", "text", "written_by_id")
CELL_FIELDS = ("rank_id", "role_id", "location_id", "unit_id", "establishment_fte", "strength_fte")
CHANGE_FIELDS = ("dimension", "key", "position", "kind", "establishment_fte", "strength_fte", "count")
FORECAST_FIELDS = (
    "dimension",
    "key",
    "position",
    "label",
    "days",
    "establishment",
    "strength",
    "gap_low",
    "gap",
    "gap_high",
    "chance",
    "threshold_fte",
)


def pack_digest(pack: Any) -> str:
    """SHA-256 over everything in a `Pack`, frozen or not."""
    return digest(pack_content(pack))


def pack_content(pack: Any) -> dict[str, Any]:
    """What the digest is taken over. The meeting's own date is not in it, as a meeting may be put off."""
    board, edition = pack.board, pack.edition
    items = sorted([*pack.items, *pack.removed], key=lambda item: (item.position, item.pk))
    content = {
        "force": board.force.code,
        "series": board.series_id,
        "board": board.pk,
        "pack_on": board.pack_on,
        "lines": _rows(pack.lines, LABEL_FIELDS + LINE_FIELDS, ("dimension", "position")),
        "items": [_values(item, ITEM_FIELDS) for item in items],
        "carried": _rows(pack.carried, CARRIED_FIELDS, ("position",)),
    }
    if edition is None:
        return content
    return content | {
        "edition": _values(edition, EDITION_FIELDS),
        "items": [_values(item, ITEM_FIELDS + PROJECTED_ITEM_FIELDS) for item in items],
        "notes": _rows(pack.notes, NOTE_FIELDS, ("dimension", "key")),
        "cells": _rows(pack.cells, CELL_FIELDS, CELL_FIELDS[:4]),
        "changes": _rows(pack.changes, CHANGE_FIELDS, ("dimension", "key", "position")),
        "forecasts": _rows(pack.forecasts, FORECAST_FIELDS, ("dimension", "position")),
    }


def _rows(rows: list[Any], names: tuple[str, ...], order: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        _values(row, names)
        for row in sorted(rows, key=lambda row: tuple(getattr(row, name) for name in order))
    ]


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
