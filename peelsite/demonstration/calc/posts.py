"""Posts with their dates: those of the opening day, those that ended before it, those that begin after it."""

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import cycle

from peelsite.demonstration.calc.plan import BUDGET_OF, Cell, Group, Plan
from peelsite.demonstration.calc.rows import HALF, WHOLE, Post, Slot

PART_TIME = [Decimal(fte) for fte in ("0.6", "0.5", "0.5405", "0.8", "0.5", "0.6757", "0.4054", "0.6")]
# Vacant places on the first day, as a share of the heads.
FIRST_VACANCIES = 0.012


class PostMaker:
    """Numbers posts within their command and gives them dates."""

    def __init__(self, plan: Plan, rng: random.Random) -> None:
        self.plan = plan
        self.rng = rng
        self.posts: list[Post] = []
        self._numbers: defaultdict[str, int] = defaultdict(int)

    def make(self) -> list[Post]:
        for group in self.plan.groups:
            present = self._present(group)
            self._ended(group, present)
        self._end_by_budget_day()
        self._begin_by_budget_day()
        return self.posts

    def _add(self, cell: Cell, starts: date, fte: Decimal = WHOLE) -> Post:
        command = cell.unit.split("-")[0]
        self._numbers[command] += 1
        post = Post(f"{command}-{self._numbers[command]:04d}", cell, fte, starts)
        post.slots = [Slot(post, fte, starts)]
        self.posts.append(post)
        return post

    def _present(self, group: Group) -> list[Post]:
        """Posts of the opening day; a new unit's begin over a year."""
        cells = [cell for cell in self.plan.cells if cell.rank in group.ranks]
        part_time = cycle(PART_TIME)
        posts: list[Post] = []
        for cell in cells:
            for index in range(cell.posts):
                is_part = group.part_time_every and len(posts) % group.part_time_every == 1
                posts.append(
                    self._add(cell, self._start_of(cell, index), next(part_time) if is_part else WHOLE)
                )
        self._share(group, posts)
        return posts

    def _start_of(self, cell: Cell, index: int) -> date:
        if cell.began is None:
            return date(self.rng.randrange(1996, 2009), 4, 1)
        month = cell.began.month - 1 + 3 * (4 * index // cell.posts)
        return date(cell.began.year + month // 12, month % 12 + 1, 1)

    def _share(self, group: Group, posts: list[Post]) -> None:
        old = [post for post in posts if post.starts < self.plan.first_day]
        for post in self.rng.sample(old, group.job_shares):
            post.slots = [Slot(post, HALF, post.starts), Slot(post, HALF, post.starts)]

    def _ended(self, group: Group, present: list[Post]) -> None:
        """Posts of the first day that were gone by the opening day: replaced by new ones, or saved."""
        first_day = self.plan.first_day
        old = [post for post in present if post.starts < first_day]
        room = sum(len(post.slots) for post in old)
        missing = max(0, round(group.heads_first * (1 + FIRST_VACANCIES)) - room)
        surplus = max(0, room - round(group.heads_first * (1 + FIRST_VACANCIES)) - 2)
        for late, begins in self._quantiles(self.rng.sample(old, min(surplus, len(old) // 2))):
            late.starts = begins
            late.slots[0].free_from = begins
        new = sorted((post for post in present if post.starts >= first_day), key=lambda post: post.starts)
        cells = [post.cell for post in old] or [post.cell for post in present]
        ended = [
            self._add(self.rng.choice(cells), date(self.rng.randrange(1996, 2009), 4, 1))
            for _ in range(missing)
        ]
        replaced = ended[: len(new)] if not surplus else []
        for post, successor in zip(replaced, new, strict=False):
            post.ends = successor.starts
            successor.succeeds = post
        for post, day in self._quantiles(ended[len(replaced) :]):
            post.ends = day

    def _quantiles(self, posts: list[Post]) -> list[tuple[Post, date]]:
        """Posts with days evenly spread between the first day and half a year before the opening day."""
        months = self.plan.months[1:-6]
        return [
            (post, date(*months[index * len(months) // len(posts)], 1)) for index, post in enumerate(posts)
        ]

    def _end_by_budget_day(self) -> None:
        for cell in self.plan.cells:
            open_posts = [
                post
                for post in self.posts
                if post.cell is cell and post.ends is None and len(post.slots) == 1
            ]
            for index, post in enumerate(open_posts[len(open_posts) - cell.ends :] if cell.ends else []):
                year = self.plan.opening_day.year + 1 + (index + len(post.reference + cell.role)) % 3
                post.ends = date(year, 4, 1)

    def _begin_by_budget_day(self) -> None:
        """New posts, so that the FTE in being on the budget day is the budgeted one to the last decimal."""
        for workforce_type, budgeted in self.plan.budgeted_fte.items():
            cells = [
                cell
                for growth in self.plan.growth
                for cell in self.plan.cells
                if (cell.unit, cell.role, cell.rank) == (growth["unit"], growth["role"], growth["rank"])
                and BUDGET_OF[self.plan.group_of[cell.rank].category] == workforce_type
            ]
            missing = budgeted - self._fte_on(self.plan.budget_day, workforce_type)
            if missing < 0 or not cells:
                raise ValueError(f"{self.plan.slug}: {workforce_type} posts exceed the budget by {-missing}.")
            for index, cell in enumerate(cycle(cells)):
                if missing <= 0:
                    break
                starts = date(self.plan.opening_day.year + index % 3, 10, 1)
                missing -= self._add(cell, starts, min(WHOLE, missing)).fte

    def _fte_on(self, day: date, workforce_type: str) -> Decimal:
        return sum(
            (
                post.fte
                for post in self.posts
                if post.is_open(day)
                and BUDGET_OF[self.plan.group_of[post.cell.rank].category] == workforce_type
            ),
            Decimal(0),
        )
