"""What changed between two days, the slow and obvious way: one person and one post at a time, day by day."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from tests.reference.establishment import Records, posting_counted, runs_on
from workforce.establishment.models import Post
from workforce.people.models import Person, Posting

Line = tuple[str, str]
# Kind -> [FTE of establishment, FTE of strength, count].
Found = dict[str, list]


def lines_by_name(force) -> dict[Line, Callable[[Post], bool]]:
    """Every line with the question whether it counts a post."""
    types = {"officer": "officers", "staff": "staff", "designated": "staff", "pcso": "pcsos"}
    posts = list(Post.objects.filter(force=force).select_related("rank", "unit"))
    lines: dict[Line, Callable[[Post], bool]] = {("total", ""): lambda post: True}
    for post in posts:
        kind, rank, cell = types[post.rank.category], post.rank_id, cell_text(post)
        lines["type", kind] = lambda each, kind=kind: types[each.rank.category] == kind
        lines["rank", str(rank)] = lambda each, rank=rank: each.rank_id == rank
        lines["cell", cell] = lambda each, cell=cell: cell_text(each) == cell
    for unit in force.units.all():
        lines["unit", str(unit.pk)] = lambda each, path=unit.path: each.unit.path.startswith(path)
    return lines


def cell_text(post: Post) -> str:
    return f"{post.rank_id}-{post.role_id}-{post.location_id}-{post.unit_id}"


def changes(force, since: date, until: date) -> dict[Line, Found]:
    """Each line's kinds of change after `since` up to `until`."""
    records = Records(force)
    posts = {post.pk: post for post in records.posts}
    lines = lines_by_name(force)
    found: dict[Line, Found] = defaultdict(lambda: defaultdict(lambda: [Decimal(0), Decimal(0), 0]))
    day = since + timedelta(days=1)
    while day <= until:
        for post in records.posts:
            if day in (post.during.lower, post.during.upper):
                for line, counts in lines.items():
                    _post_on(post, day, records.posts, counts, found[line])
        for person in records.people:
            postings = records.postings[person.pk]
            before = posting_counted(postings, day - timedelta(days=1))
            after = posting_counted(postings, day)
            if before is not after:
                for line, counts in lines.items():
                    _person_on(person, day, before, after, postings, posts, counts, found[line])
        day += timedelta(days=1)
    return {line: {kind: tuple(amounts) for kind, amounts in kinds.items()} for line, kinds in found.items()}


def _post_on(post: Post, day: date, posts: list[Post], counts, found: Found) -> None:
    """Seen from the post that ends, or from one that begins and succeeds none that ends on the day."""
    if post.during.upper == day:
        after = [each for each in posts if each.succeeds_id == post.pk and each.during.lower == day]
        mine, theirs = counts(post), [each for each in after if counts(each)]
        fte_after = sum(each.fte for each in theirs)
        if mine and not theirs:
            _add(found, "reprofiled_out" if after else "deleted", establishment=-post.fte)
        elif theirs and not mine:
            _add(found, "reprofiled_in", establishment=fte_after, count=len(theirs))
        elif theirs and fte_after != post.fte:
            kind = "reprofiled_up" if fte_after > post.fte else "reprofiled_down"
            _add(found, kind, establishment=fte_after - post.fte, count=len(theirs))
    if post.during.lower == day and counts(post):
        ended = next((each for each in posts if each.pk == post.succeeds_id), None)
        if ended is None or ended.during.upper != day:
            _add(found, "created", establishment=post.fte)


def _person_on(
    person: Person,
    day: date,
    before: Posting | None,
    after: Posting | None,
    postings: list[Posting],
    posts,
    counts,
    found: Found,
) -> None:
    was_in = before is not None and counts(posts[before.post_id])
    is_in = after is not None and counts(posts[after.post_id])
    if was_in and is_in:
        change = after.fte - before.fte
        if change:
            _add(found, "hours_up" if change > 0 else "hours_down", strength=change)
    elif is_in:
        _add(found, _why_in(person, day, before, after, postings, posts), strength=after.fte)
    elif was_in:
        _add(found, _why_out(person, day, before, after, postings, posts), strength=-before.fte)


def _lent(postings: list[Posting], day: date) -> bool:
    return any(each.kind == "seconded_out" and runs_on(each.during, day) for each in postings)


def _why_in(person, day, before, after, postings, posts) -> str:
    if before is not None:
        return _between(before, after, posts) + "_in"
    if _lent(postings, day - timedelta(days=1)):
        return "seconded_back"
    if after.kind == "seconded_in":
        return "seconded_in"
    return "joined" if person.employed.lower == day else "posted"


def _why_out(person, day, before, after, postings, posts) -> str:
    if after is not None:
        return _between(before, after, posts) + "_out"
    if before.kind == "seconded_in":
        return "secondment_ended"
    if person.employed.upper is not None and person.employed.upper <= day:
        return person.leaving_reason or "left"
    return "seconded_out" if _lent(postings, day) else "unposted"


def _between(before: Posting, after: Posting, posts) -> str:
    away = {"acting": "acting", "temporary": "acting", "attachment": "attachment"}
    if after.kind in away:
        return "attached" if after.kind == "attachment" else "acting_began"
    if before.kind in away:
        return "attachment_ended" if before.kind == "attachment" else "acting_ended"
    old, new = posts[before.post_id], posts[after.post_id]
    if new.succeeds_id == old.pk:
        return "with_post"
    if old.rank.category == new.rank.category and new.rank.order > old.rank.order:
        return "promoted"
    return "moved"


def _add(found: Found, kind: str, *, establishment=Decimal(0), strength=Decimal(0), count: int = 1) -> None:
    amounts = found[kind]
    amounts[0] += establishment
    amounts[1] += strength
    amounts[2] += count
