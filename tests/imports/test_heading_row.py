"""The row of headings that a person chooses, above or below the one that was found."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.imports import services
from peelsite.imports.stored import sheet_of
from tests import factories
from tests.imports.files import delimited
from tests.imports.steps import again, checked, upload
from workforce.establishment.models import Post

pytestmark = pytest.mark.django_db

# The row in the middle has more of the known words than the one that is meant.
TITLE = ["Posts of Testshire", "", "", "", "", "", ""]
MEANT = ["Number", "Grade", "What", "Where", "Site", "Size", "From"]
FOUND = ["Post number", "Rank", "Role", "Unit", "Location", "FTE", "Start date"]
ROW = ["B-9", "Constable", "Response officer", "Response", "Watchford", "1", "01/04/2015"]


@pytest.fixture
def force(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    force = factories.force_make("Testshire")
    factories.unit_make(force), factories.location_make(force), factories.role_make(force)
    factories.funding_make(force)
    return force


@pytest.fixture
def batch(force, tmp_path):
    path = tmp_path / "posts.csv"
    delimited(path, [TITLE, MEANT, FOUND, ROW])
    return upload(force, "posts", path)


def test_rows_above_the_headings_found_are_offered(batch):
    assert batch.header_row == 3
    assert batch.sheets[0]["candidates"] == [1, 2, 3, 4]


def test_a_higher_row_becomes_the_headings_and_the_found_one_a_row(batch):
    batch = services.sheet_choose(batch=batch, sheet=batch.sheet, header_row=2)
    sheet = sheet_of(batch)
    assert sheet.headers == tuple(MEANT)
    assert sheet.rows["row_no"].to_list() == [3, 4]
    assert sheet.rows.row(0)[1:] == tuple(FOUND)
    assert sheet.above["row_no"].to_list() == [1]


def test_there_and_back_again(batch):
    for row in (1, 3, 2, 3):
        batch = services.sheet_choose(batch=batch, sheet=batch.sheet, header_row=row)
    assert batch.sheets[0]["headers"] == FOUND
    assert batch.sheets[0]["candidates"] == [1, 2, 3, 4]
    batch = services.mapping_confirm(batch=batch, mapping=batch.mapping, options={})
    assert again(batch).counts["new"] == 1


def test_a_row_that_is_not_there_is_refused(batch):
    for row in (4, 99):
        with pytest.raises(ValidationError, match="has no table under it"):
            services.sheet_choose(batch=batch, sheet=batch.sheet, header_row=row)


def test_the_page_offers_it(client, force, batch):
    client.force_login(factories.user_make(Role.HR, force))
    address = reverse("imports:batch", args=[force.slug, batch.pk])
    assert "headings in row 2" in client.get(address).content.decode()
    client.post(reverse("imports:sheet", args=[force.slug, batch.pk]), {"place": "0:2"})
    batch.refresh_from_db()
    assert batch.header_row == 2


def test_the_command_takes_it(force, tmp_path):
    path = tmp_path / "posts.csv"
    delimited(path, [FOUND, FOUND, ROW])
    call_command("import_posts", str(path), force=force.slug, heading_row=2)
    assert Post.objects.get(force=force).during.lower == date(2015, 4, 1)


def test_what_is_typed_goes_along_while_pages_are_turned(client, force, tmp_path):
    path = tmp_path / "wrong.csv"
    delimited(path, [FOUND, *([f"X-{number}", "Emperor", *ROW[2:]] for number in range(120))])
    batch = checked(force, "posts", path)
    client.force_login(factories.user_make(Role.HR, force))
    address = reverse("imports:batch", args=[force.slug, batch.pk])
    mend = reverse("imports:mend", args=[force.slug, batch.pk])
    page = client.get(address, {"tab": "refused"})
    assert "Turn the pages with the buttons below" in page.content.decode()
    first, second = page.context["page"].object_list[:2]
    shown = {
        "step": batch.step,
        f"was-{first.row_no}-rank": "Emperor",
        f"was-{second.row_no}-rank": "Emperor",
    }
    typed = {first.field: "Constable", second.field: "Emperor"}
    turned = client.post(mend, shown | typed | {"turn": "2"})
    html = turned.content.decode()
    assert turned.context["page"].number == 2
    assert f'<input type="hidden" name="{first.field}" value="Constable">' in html
    assert second.field not in html, "what was not changed is not carried"
    assert f'href="{address}?tab=new"' in html
    assert not batch.mends.exists()
    other = turned.context["page"].object_list[0]
    carried = {"step": batch.step, first.field: "Constable", f"was-{other.row_no}-rank": "Emperor"}
    back = client.post(mend, carried | {other.field: "Sergeant", "turn": "1"}).content.decode()
    assert f'name="{first.field}" value="Constable" type="text"' in back
    assert f'<input type="hidden" name="{other.field}" value="Sergeant">' in back
    client.post(mend, carried | {other.field: "Sergeant"})
    assert set(batch.mends.values_list("row_no", "value")) == {
        (first.row_no, "Constable"),
        (other.row_no, "Sergeant"),
    }
