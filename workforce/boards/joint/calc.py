"""Shares of a collaboration, and changes of accounting told apart from real ones. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WHOLE = Decimal(1)
NONE = Decimal(0)


def shares_on(allocations: Iterable[tuple[date, Mapping[int, Decimal]]], day: date) -> dict[int, Decimal]:
    """The agreed shares that hold on a day, by force: those of the latest allocation that has begun."""
    begun = [(starts_on, shares) for starts_on, shares in allocations if starts_on <= day]
    return dict(max(begun, key=lambda each: each[0])[1]) if begun else {}


@dataclass(frozen=True, kw_only=True)
class AccountChange:
    """What one force accounts for of a whole, on two days: `then` + `real` + `accounting` = `now`.

    Real: posts or people came or went, at the share agreed then. Accounting: the same ones, at another share.
    """

    then: Decimal
    real: Decimal
    accounting: Decimal

    @property
    def now(self) -> Decimal:
        return self.then + self.real + self.accounting


def account_change(
    whole_then: Decimal, whole_now: Decimal, share_then: Decimal, share_now: Decimal
) -> AccountChange:
    return AccountChange(
        then=whole_then * share_then,
        real=(whole_now - whole_then) * share_then,
        accounting=whole_now * (share_now - share_then),
    )


def shares_fault(shares: Mapping[int, Decimal]) -> str:
    """Why these are no shares of a whole, as a sentence; '' where they are."""
    if not shares:
        return "Enter the share of each force."
    if any(share < NONE for share in shares.values()):
        return "A share cannot be below nought."
    total = sum(shares.values(), NONE)
    if total != WHOLE:
        return f"The shares add up to {(total * 100).normalize():f}%; they must be 100% together."
    return ""
