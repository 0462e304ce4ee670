"""Which places are free, and which of them is filled first."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from peelsite.demonstration.calc.plan import Cell
from peelsite.demonstration.calc.rows import Post, Slot

# A post about to end is not filled again.
CLOSING = timedelta(days=60)


class Places:
    """Vacant slots by cell. Cells that stand short on the opening day are let run short on the way there."""

    def __init__(self, posts: list[Post], last_day: date, rng: random.Random) -> None:
        self.rng = rng
        self.allowed_share = 0.0
        self.posts_of: defaultdict[str, list[Post]] = defaultdict(list)
        self.vacant: defaultdict[str, dict[Cell, list[Slot]]] = defaultdict(dict)
        for post in posts:
            if post.starts > last_day:
                continue
            self.posts_of[post.cell.rank].append(post)
            self.vacant[post.cell.rank].setdefault(post.cell, []).extend(post.slots)

    def take(self, slot: Slot) -> Slot:
        self.vacant[slot.post.cell.rank][slot.post.cell].remove(slot)
        return slot

    def give_back(self, slot: Slot, day: date) -> None:
        """The slot is vacant again from `day`."""
        slot.holder = slot.kept_for = None
        slot.free_from = day
        self.vacant[slot.post.cell.rank][slot.post.cell].append(slot)

    def pick(
        self, ranks: Iterable[str], day: date, fte: Decimal | None = None, *, only_short: bool = False
    ) -> Slot | None:
        """A vacant slot in the cell that lacks most for its size; `only_short`: none unless a cell lacks."""
        best: tuple[float, Slot] | None = None
        for rank in ranks:
            for cell, slots in self.vacant[rank].items():
                free = [slot for slot in slots if self._is_free(slot, day) and fte in (None, slot.fte)]
                if not free:
                    continue
                lack = len(free) - self._allowed(cell)
                if only_short and lack < 1:
                    continue
                score = lack / (cell.posts + 3) + self.rng.random() * 0.01
                if best is None or score > best[0]:
                    best = (score, free[0])
        return best[1] if best else None

    def beside(self, ranks: Iterable[str], day: date) -> Post:
        """An open post that someone may work in without filling it."""
        return self.rng.choice(
            [
                post
                for rank in ranks
                for post in self.posts_of[rank]
                if post.ends is None and post.is_open(day)
            ]
        )

    def _allowed(self, cell: Cell) -> int:
        return int(cell.short * self.allowed_share)

    @staticmethod
    def _is_free(slot: Slot, day: date) -> bool:
        return slot.post.is_open(day) and (slot.post.ends is None or slot.post.ends > day + CLOSING)
