"""Several decisions on one item, checked together against its gap. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from workforce.boards.agenda.calc import fte_words

_NAMES = {"fill": "to fill", "hold": "held", "delete": "deleted", "reprofile": "re-profiled"}


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What one decision takes of a gap: its kind and FTE. Re-profiled posts take what is vacant of them."""

    kind: str
    fte: Decimal


@dataclass(frozen=True, kw_only=True)
class Together:
    """The decisions on an item, added up, beside the gap they are about."""

    gap_fte: Decimal
    by_kind: dict[str, Decimal]

    @property
    def decided_fte(self) -> Decimal:
        return sum(self.by_kind.values(), Decimal(0))

    @property
    def left_fte(self) -> Decimal:
        """Of the gap still undecided; below nought where more is decided than there is."""
        return self.gap_fte - self.decided_fte

    @property
    def is_too_much(self) -> bool:
        return self.left_fte < 0

    @property
    def words(self) -> str:
        """'4.0 to fill and 2.0 held of the 6.0 FTE short, vacant or projected'."""
        parts = [
            f"{fte_words(self.by_kind[kind])} {name}" for kind, name in _NAMES.items() if kind in self.by_kind
        ]
        said = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
        return f"{said or 'nothing decided'} of the {fte_words(self.gap_fte)} FTE short, vacant or projected"


def together(amounts: Iterable[Amount], gap_fte: Decimal) -> Together:
    """`gap_fte` is what may be decided on: what is short, vacant or projected, whichever is most."""
    by_kind: dict[str, Decimal] = {}
    for amount in amounts:
        if amount.fte and amount.kind in _NAMES:
            by_kind[amount.kind] = by_kind.get(amount.kind, Decimal(0)) + amount.fte
    return Together(gap_fte=gap_fte, by_kind=by_kind)
