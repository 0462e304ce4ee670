"""Who works in the force and where, and what happens to them: they join, hold places, go away and leave."""

import random
from collections import Counter
from datetime import date, timedelta

from peelsite.demonstration.calc.places import Places
from peelsite.demonstration.calc.plan import Group, Plan
from peelsite.demonstration.calc.rows import WHOLE, Person, Post, Posting, Slot
from peelsite.demonstration.calc.service import reason_of


class Crew:
    """`people`: everyone there ever was. `active`: those employed now."""

    def __init__(self, plan: Plan, posts: list[Post], rng: random.Random) -> None:
        self.plan = plan
        self.rng = rng
        self.places = Places(posts, plan.opening_day, rng)
        self.people: list[Person] = []
        self.active: list[Person] = []

    def heads(self) -> Counter[str]:
        """People by group, as the published totals count them: not those seconded out."""
        return Counter(person.group.name for person in self.active if not person.is_seconded_out)

    def join(self, group: Group, joined: date, service_years: float = 0) -> Person:
        served = timedelta(days=int(service_years * 365.25))
        person = Person("", group, joined, joined - served)
        self.people.append(person)
        self.active.append(person)
        return person

    def hold(
        self, person: Person, slot: Slot, starts: date, kind: str = "substantive", host: str = ""
    ) -> None:
        """Put the person in a slot; what they held without filling it ends."""
        starts = max(starts, slot.free_from)
        for posting in person.postings:
            if posting.is_supernumerary and posting.runs(starts):
                posting.ends = starts
        self.places.take(slot)
        slot.holder = person
        person.slot = slot
        person.place_by = None
        person.postings.append(Posting(slot.post, kind, starts, slot.fte, host=host))

    def stand_by(self, person: Person, starts: date) -> None:
        """A posting that fills no place: a trainee's, or of someone whose post has ended."""
        post = self.places.beside(person.group.ranks, starts)
        person.postings.append(Posting(post, "substantive", starts, WHOLE, is_supernumerary=True))

    def move(self, person: Person, slot: Slot, starts: date) -> None:
        """A new substantive place; the present one is vacant from the same day."""
        starts = max(starts, slot.free_from)
        self.end_place(person, starts)
        self.hold(person, slot, starts)

    def go_away(self, person: Person, kind: str, starts: date, *, slot: Slot | None, host: str = "") -> None:
        """Acting, on temporary promotion, attached or seconded out: the person's own place is kept."""
        own = person.slot
        if own is None:
            raise ValueError("Somebody without a place cannot be away from it.")
        own.holder, own.kept_for = None, person
        person.own_slot, person.slot = own, None
        if slot is not None:
            self.hold(person, slot, starts, kind)
        else:
            person.is_seconded_out = True
            person.postings.append(Posting(None, kind, starts, WHOLE, host=host))

    def end_place(self, person: Person, day: date) -> None:
        """The person's postings end and the place is vacant."""
        self._end_postings(person, day)
        for slot in (person.slot, person.own_slot):
            if slot is not None:
                self.places.give_back(slot, day)
        person.slot = person.own_slot = None

    def post_closed(self, slot: Slot, day: date) -> None:
        """The post of the slot ends: its holder goes back to their own place, or has none from that day."""
        person = slot.holder
        if person is None:
            return
        for posting in person.postings:
            if posting.post is slot.post and posting.runs(day):
                posting.ends = day
        slot.holder, person.slot, person.own_slot = None, person.own_slot, None
        if person.slot is not None:
            person.slot.holder, person.slot.kept_for = person, None
            person.group = self.plan.group_of[person.slot.post.cell.rank]
        else:
            self.stand_by(person, day)

    def leave(self, person: Person, day: date) -> None:
        person.left = day
        years = person.service_years(day)
        person.reason = reason_of(years, is_officer=person.group.is_officers, rng=self.rng)
        self.end_place(person, day)
        self.active.remove(person)

    def _end_postings(self, person: Person, day: date) -> None:
        for posting in person.postings:
            if posting.ends is None or posting.ends > day:
                posting.ends = day
