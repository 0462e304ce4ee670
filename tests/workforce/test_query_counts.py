"""The pages of establishment and people make the same queries for ten posts as for a thousand."""

import pytest
from django.urls import reverse

from peelsite.accounts.permissions import Role
from tests import factories
from tests.query_counts import query_count
from tests.workforce.seeding import force_filled

ON = "2016-03-31"
LISTS = [
    "establishment:overview",
    "establishment:posts",
    "establishment:postings",
    "establishment:vacancies",
    "establishment:gaps",
    "people:list",
]
RECORDS = ["establishment:post", "people:person"]
API = ["post-list", "person-list", "posting-list", "establishment-list", "vacancy-list"]


@pytest.mark.django_db
@pytest.mark.parametrize("posts", [10, 1000])
def test_queries_do_not_grow_with_the_force(client, posts):
    force = factories.force_make("Testshire")
    force_filled(force, posts)
    client.force_login(factories.user_make(Role.HR, force))
    for name in LISTS:
        address = reverse(name, args=[force.slug])
        client.get(address, {"on": ON})
        with query_count(name):
            assert client.get(address, {"on": ON}).status_code == 200
    for name, row in zip(RECORDS, (force.posts.first(), force.people.first()), strict=True):
        with query_count(name):
            assert client.get(reverse(name, args=[force.slug, row.pk])).status_code == 200
    for name in API:
        with query_count(f"api {name}"):
            assert client.get(reverse(name), {"on": ON, "force": force.slug}).status_code == 200
