"""A board and a summary lead to their whole life, for those who may read history."""

from pathlib import Path

import pytest
from django.urls import reverse

from peelsite.accounts.permissions import Role
from tests.access.world import member_of, world
from tests.factories import signed_in

pytestmark = pytest.mark.django_db

PAGES = [
    ("boards:board", "board", "workforce.board"),
    ("inspection:summary", "summary", "inspection.summary"),
    ("establishment:post", "post", "workforce.post"),
]


@pytest.mark.parametrize(("page", "row", "table"), PAGES)
def test_pages_lead_to_the_life_of_what_they_show(tmp_path: Path, settings, page, row, table):
    settings.MEDIA_ROOT = str(tmp_path)
    held = world(tmp_path)[0]
    found = held.rows[row]
    address = reverse(page, args=[held.force.slug, found.pk])
    life = reverse("history:life", args=[held.force.slug, table, found.pk])
    reader = signed_in(member_of(held, Role.INSPECTION_READER))
    assert f'href="{life}"' in reader.get(address).content.decode()
    assert reader.get(life).status_code == 200
    chief = signed_in(member_of(held, Role.CHIEF_OFFICER))
    assert f'href="{life}"' not in chief.get(address).content.decode()
