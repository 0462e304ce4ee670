"""The establishment the slow, obvious way: every row in a loop, one person at a time, and no SQL."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

from peelsite.forces.models import Force
from workforce.establishment.models import Post
from workforce.people.models import Absence, LimitedDuty, Person, Posting

AWAY = {"acting", "temporary", "attachment", "seconded_out"}


def runs_on(during, day: date) -> bool:
    return during.lower <= day and (during.upper is None or day < during.upper)


def is_long_term(absence: Absence, day: date) -> bool:
    if absence.during.upper is None:
        return (day - absence.during.lower).days >= 28
    return (absence.during.upper - absence.during.lower).days > 28


def posting_counted(postings: list[Posting], day: date) -> Posting | None:
    """Where one person is counted: the away posting, else the own one."""
    running = [posting for posting in postings if runs_on(posting.during, day)]
    for posting in running:
        if posting.kind in AWAY:
            return None if posting.kind == "seconded_out" else posting
    return running[0] if running else None


class Records:
    """Every row of a force, read once and then only looped over."""

    def __init__(self, force: Force) -> None:
        self.posts = list(Post.objects.filter(force=force).select_related("rank", "unit"))
        self.people = list(Person.objects.filter(force=force))
        self.postings = defaultdict(list)
        for posting in Posting.objects.filter(force=force).order_by("pk"):
            self.postings[posting.person_id].append(posting)
        self.absences = list(Absence.objects.filter(force=force))
        self.limited = list(LimitedDuty.objects.filter(force=force))

    def filled_fte(self, post: Post, day: date) -> Decimal:
        """FTE of those who fill a post on a day: who is counted in it and not supernumerary."""
        filled = Decimal(0)
        for postings in self.postings.values():
            posting = posting_counted(postings, day)
            if posting is not None and posting.post_id == post.pk and not posting.is_supernumerary:
                filled += posting.fte
        return filled

    def vacant_since(self, post: Post, day: date) -> date:
        """Walk back day by day while some of the post is unfilled."""
        since = day
        while since > post.during.lower and self.filled_fte(
            post, since - timedelta(days=1)
        ) <= self.filled_fte(post, day):
            since -= timedelta(days=1)
        return since

    def vacancies(self, day: date) -> dict[str, tuple[Decimal, date]]:
        found = {}
        for post in self.posts:
            if runs_on(post.during, day):
                vacant = post.fte - self.filled_fte(post, day)
                if vacant > 0:
                    found[post.reference] = (vacant, self.vacant_since(post, day))
        return found

    def cells(self, day: date) -> dict[tuple[int, int, int, int], Counter]:
        """Measures of each cell, by the names of `workforce.establishment.calc.Figures`."""
        cells: dict[tuple[int, int, int, int], Counter] = defaultdict(Counter)
        posts = {post.pk: post for post in self.posts if runs_on(post.during, day)}
        for post in posts.values():
            cell = cells[cell_of(post)]
            cell["posts"] += 1
            cell["establishment_fte"] += post.fte
            vacant = post.fte - self.filled_fte(post, day)
            cell["vacant_fte"] += vacant
            cell["vacant_posts"] += vacant > 0
        for person in self.people:
            self._count_person(person, day, posts, cells)
        for cell in cells.values():
            gap = cell["establishment_fte"] - cell["strength_fte"]
            cell["under_fte"], cell["over_fte"] = max(gap, 0), max(-gap, 0)
        return cells

    def _count_person(self, person: Person, day: date, posts: dict[int, Post], cells: dict) -> None:
        postings = self.postings[person.pk]
        for posting in postings:
            if posting.kind == "seconded_out" and runs_on(posting.during, day):
                own = [each for each in postings if each.kind not in AWAY and runs_on(each.during, day)]
                key = cell_of(posts[own[0].post_id]) if own else None
                cells[key]["seconded_out_heads"] += 1
                cells[key]["seconded_out_fte"] += posting.fte
        counted = posting_counted(postings, day)
        if counted is None:
            return
        cell = cells[cell_of(posts[counted.post_id])]
        cell["headcount"] += 1
        cell["strength_fte"] += counted.fte
        absent = any(
            absence.person_id == person.pk and runs_on(absence.during, day) and is_long_term(absence, day)
            for absence in self.absences
        )
        limited = any(duty.person_id == person.pk and runs_on(duty.during, day) for duty in self.limited)
        for name, holds in {
            "supernumerary": counted.is_supernumerary,
            "acting": counted.kind in ("acting", "temporary"),
            "attached": counted.kind == "attachment",
            "seconded_in": counted.kind == "seconded_in",
            "long_term_absent": absent,
            "limited": limited,
        }.items():
            if holds:
                cell[f"{name}_heads"] += 1
                cell[f"{name}_fte"] += counted.fte


def cell_of(post: Post) -> tuple[int, int, int, int]:
    return (post.rank_id, post.role_id, post.location_id, post.unit_id)
