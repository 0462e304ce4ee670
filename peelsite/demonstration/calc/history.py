"""Six years of a force, month by month: people leave, are promoted, join, move and go away for a time.

In each month whatever ends does so by the 14th and whatever begins does so from the 15th to the 28th, so that
nobody is in two places and no place is filled twice.
"""

import random
from collections import defaultdict
from datetime import date, timedelta

from peelsite.demonstration.calc.crew import Crew
from peelsite.demonstration.calc.plan import Group, Plan
from peelsite.demonstration.calc.rows import HALF, WHOLE, Person, Post
from peelsite.demonstration.calc.service import PROMOTED_AFTER, leaving_weight, served_at_first

TRAINING = timedelta(weeks=12)
INTAKE_MONTHS = (1, 3, 5, 7, 9, 11)
# Promotions of the last months are still acting or temporary.
ACTING_MONTHS, TEMPORARY_MONTHS = 4, 10
MOVES_A_MONTH = {"PC": 8, "SGT": 2, "STAFF": 4, "PCSO": 1}
MONTHS_IN_PLACE = timedelta(days=365)
LENDERS = ("Bedfordshire Police", "Cambridgeshire Constabulary", "Metropolitan Police Service")


class History:
    """One run of the months; `run` returns everyone who ever worked there."""

    def __init__(self, plan: Plan, posts: list[Post], rng: random.Random) -> None:
        self.plan = plan
        self.rng = rng
        self.crew = Crew(plan, posts, rng)
        self.places = self.crew.places
        self.closing = [post for post in posts if post.ends and post.ends <= plan.opening_day]
        self.owed_leavers: defaultdict[str, float] = defaultdict(float)
        self.secondments = [
            (name, host) for name, hosts in plan.secondments_out.items() for host in hosts * 2
        ]

    def run(self) -> list[Person]:
        for group in self.plan.groups:
            self._first_people(group)
        months = self.plan.months
        for index, (year, month) in enumerate(months, start=1):
            left = len(months) - index
            self.places.allowed_share = min(1.0, max(0.0, (24 - left) / 22))
            self._month(year, month, share=index / len(months), months_left=left)
        return self.crew.people

    def _first_people(self, group: Group) -> None:
        day = self.plan.first_day
        slots = [
            slot
            for rank in group.ranks
            for post in self.places.posts_of[rank]
            for slot in post.slots
            if post.is_open(day)
        ]
        self.rng.shuffle(slots)
        # Nobody shares a job alone.
        slots.sort(key=lambda slot: len(slot.post.slots) == 1)
        for slot in slots[: group.heads_first]:
            served = max(40, int(served_at_first(group.name, self.rng) * 365.25))
            person = self.crew.join(group, day - timedelta(days=served))
            earliest = max(person.joined, slot.post.starts, day - timedelta(days=6 * 365))
            starts = earliest + timedelta(days=self.rng.randrange(max(1, (day - earliest).days - 9)))
            self.crew.hold(person, slot, starts)

    def _month(self, year: int, month: int, *, share: float, months_left: int) -> None:
        self._close_posts(year, month)
        for group in self.plan.groups:
            self._leavers(group, year, month)
        if 2 <= months_left < 2 + len(self.secondments) * 2 and months_left % 2 == 0:
            self._second_out(self._late(year, month), *self.secondments[months_left // 2 - 1])
        for position, group in enumerate(self.plan.groups):
            below = self.plan.groups[position + 1] if group.is_officers and group.name != "PC" else None
            self._meet_target(group, below, year, month, share=share, months_left=months_left)
        self._settle(year, month)
        self._share_jobs(year, month)
        self._moves(year, month)

    def _early(self, year: int, month: int) -> date:
        return date(year, month, self.rng.randint(2, 14))

    def _late(self, year: int, month: int) -> date:
        return date(year, month, self.rng.randint(15, 28))

    def _close_posts(self, year: int, month: int) -> None:
        for post in self.closing:
            if post.ends == date(year, month, 1):
                for slot in post.slots:
                    self.crew.post_closed(slot, post.ends)

    def _leavers(self, group: Group, year: int, month: int) -> None:
        """A twelfth of the year's leavers, drawn by length of service."""
        day = self._early(year, month)
        present = [
            person
            for person in self.crew.active
            if person.group is group and person.own_slot is None and not person.is_lent
        ]
        self.owed_leavers[group.name] += self.plan.leavers_a_year[group.category] * len(present) / 12
        weights = [leaving_weight(person.service_years(day)) for person in present]
        while self.owed_leavers[group.name] >= 1 and present:
            self.owed_leavers[group.name] -= 1
            chosen = self.rng.choices(range(len(present)), weights)[0]
            del weights[chosen]
            self.crew.leave(present.pop(chosen), self._early(year, month))

    def _second_out(self, day: date, group_name: str, host: str) -> None:
        candidates = [
            person
            for person in self.crew.active
            if person.group.name == group_name and self._may_move(person, day)
        ]
        if candidates:
            person = self.rng.choice(candidates)
            self.crew.go_away(person, "seconded_out", day, slot=None, host=host)
            person.postings[-1].ends = self.plan.opening_day + timedelta(days=30 * self.rng.randint(2, 18))

    def _may_move(self, person: Person, day: date) -> bool:
        """In a full place of their own for a year, and not away from it."""
        return (
            person.own_slot is None
            and person.slot is not None
            and not person.is_lent
            and person.slot.fte == WHOLE
            and person.postings[-1].starts < day - MONTHS_IN_PLACE
        )

    def _meet_target(
        self, group: Group, below: Group | None, year: int, month: int, *, share: float, months_left: int
    ) -> None:
        """Bring the heads of a group to the straight line between its two published totals."""
        target = round(group.heads_first + (group.heads_opening - group.heads_first) * share)
        missing = target - self.crew.heads()[group.name]
        if missing < 0:
            self._retire(group, -missing, year, month)
        elif below is not None:
            for _ in range(missing):
                self._promote(group, below, self._late(year, month), months_left)
        elif group.name != "PC" or month in INTAKE_MONTHS or months_left == 0:
            for position in range(missing):
                self._recruit(group, self._late(year, month), position)

    def _retire(self, group: Group, count: int, year: int, month: int) -> None:
        present = [p for p in self.crew.active if p.group is group and p.own_slot is None and not p.is_lent]
        for person in sorted(present, key=lambda person: person.service_from)[:count]:
            self.crew.leave(person, self._early(year, month))

    def _promote(self, group: Group, below: Group, day: date, months_left: int) -> None:
        served = PROMOTED_AFTER[group.name]
        eligible = [
            person
            for person in self.crew.active
            if person.group is below
            and self._may_move(person, day)
            and served < person.service_years(day) < 28
        ] or [person for person in self.crew.active if person.group is below and self._may_move(person, day)]
        person = self.rng.choice(eligible)
        slot = self.places.pick(group.ranks, day, WHOLE)
        person.group = group
        if slot is None:
            self.crew.end_place(person, day)
            self.crew.stand_by(person, day)
        elif months_left < TEMPORARY_MONTHS:
            kind = "acting" if months_left < ACTING_MONTHS else "temporary"
            self.crew.go_away(person, kind, day, slot=slot)
            if self.rng.random() < 0.5:
                person.postings[-1].ends = self.plan.opening_day + timedelta(days=self.rng.randint(20, 150))
        else:
            self.crew.move(person, slot, day)

    def _recruit(self, group: Group, day: date, position: int) -> None:
        """PCs train first, except those who transfer in; the first of an intake may be lent to the force."""
        experienced = group.name == "PC" and position % 7 == 3
        person = self.crew.join(group, day, self.rng.uniform(3, 12) if experienced else 0)
        if group.name == "PC" and not experienced and position > 0:
            person.place_by = day + TRAINING
            self.crew.stand_by(person, day)
            return
        slot = self.places.pick(group.ranks, day)
        if slot is None:
            self.crew.stand_by(person, day)
        elif (
            group.name == "PC"
            and position == 0
            and slot.fte == WHOLE
            and day.year == self.plan.opening_day.year - 1
        ):
            self.crew.hold(person, slot, day, "seconded_in", self.rng.choice(LENDERS))
            person.is_lent = True
            person.service_from = day - timedelta(days=2500)
            person.left = person.postings[-1].ends = self.plan.opening_day + timedelta(
                days=30 * self.rng.randint(1, 12)
            )
        else:
            self.crew.hold(person, slot, day)

    def _settle(self, year: int, month: int) -> None:
        """Trainees at the end of their training, and people whose post has ended, get a place."""
        for person in self.crew.active:
            day = self._late(year, month)
            waits = person.slot is None and person.own_slot is None
            if waits and (person.place_by is None or person.place_by <= day):
                day = max(day, person.postings[-1].starts + timedelta(days=1))
                slot = self.places.pick(person.group.ranks, day, WHOLE)
                if slot is not None and day.month == month:
                    self.crew.hold(person, slot, day)

    def _share_jobs(self, year: int, month: int) -> None:
        """A half that became free is taken by someone who goes half time."""
        for group in self.plan.groups:
            if not group.job_shares:
                continue
            day = self._late(year, month)
            while slot := self.places.pick(group.ranks, day, HALF):
                if len(slot.post.slots) == 1:
                    break
                self.crew.move(self.rng.choice(self._movable(group, day)), slot, day)

    def _moves(self, year: int, month: int) -> None:
        """People of one rank go where the rank is missed most."""
        for group in self.plan.groups:
            for _ in range(MOVES_A_MONTH.get(group.name, 0)):
                day = self._late(year, month)
                movable = self._movable(group, day)
                if not movable:
                    break
                person = self.rng.choice(movable)
                if person.slot is None:
                    continue
                cell = person.slot.post.cell
                slot = self.places.pick([cell.rank], day, WHOLE, only_short=True)
                if slot is not None and slot.post.cell is not cell:
                    self.crew.move(person, slot, day)

    def _movable(self, group: Group, day: date) -> list[Person]:
        return [p for p in self.crew.active if p.group is group and self._may_move(p, day)]
