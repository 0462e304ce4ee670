"""The one order in which writes lock rows of more than one table, so that none waits for another in a circle.

    series, board, agenda item, decision, posts to fill, people, posts, postings, course, its places, action

Within a table by number. People and posts are locked before the first posting is written: the rules of
postings (migration 0002) lock every post of the people whom a statement touches, and read their employment.
"""

from collections.abc import Iterable

from django.db.models import Q

from workforce.establishment.models import Post
from workforce.people.models import Person, Posting


def people_and_posts_hold(*, people: Iterable[int] = (), posts: Iterable[int] = ()) -> None:
    """Lock the people, every post that they are or will be in, and these posts, until the transaction ends.

    FOR NO KEY UPDATE: rows that only point at them can be written meanwhile. Two queries.
    """
    people, posts = list(people), [post for post in posts if post is not None]
    if people:
        list(_locking(Person.objects.filter(pk__in=people)))
    of_people = Posting.objects.filter(person__in=people).values("post")
    if people or posts:
        list(_locking(Post.objects.filter(Q(pk__in=posts) | Q(pk__in=of_people))))


def _locking(rows):
    return rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
