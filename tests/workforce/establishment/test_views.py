"""Pages of the establishment: every figure's list states the same total; who may see what; HR's forms."""

import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role
from peelsite.web.templatetags import peelsite_web
from tests import factories
from tests.editing.pages import opened, typed
from workforce.establishment import filters, selectors, views
from workforce.establishment.models import Post
from workforce.establishment.tables import figures

pytestmark = pytest.mark.django_db

DAY = factories.START + timedelta(days=100)
ON = DAY.isoformat()
MEASURES = [*figures.FTE_MEASURES, *figures.PEOPLE_MEASURES]


@pytest.fixture
def force():
    """Some of everything: part-timers, acting, attached, seconded, supernumerary, absent, limited."""
    force = factories.force_make("Testshire")
    crime = factories.unit_make(force, "Crime")
    fraud = factories.unit_make(force, "Fraud", parent=crime)
    custody = factories.unit_make(force, "Custody")
    north, south = factories.location_make(force, "Northgate"), factories.location_make(force, "Southgate")
    clerk = factories.rank_make(force, "CLERK")
    for number in range(12):
        post = factories.post_make(
            force,
            f"P{number}",
            rank=("CON", "SGT", clerk)[number % 3],
            unit=(crime, fraud, custody)[number % 3],
            location=(north, south)[number % 2],
        )
        if number < 10:
            person = factories.person_make(force, f"N{number}", family_name=f"Surname{number}")
            factories.posting_make(person, post, fte=Decimal("0.8") if number % 4 else 1)
    people = {person.number: person for person in force.people.all()}
    posts = {post.reference: post for post in force.posts.all()}
    start = DAY - timedelta(days=60)
    factories.posting_make(people["N0"], posts["P10"], kind="acting", starts_on=start)
    factories.posting_make(people["N2"], posts["P11"], kind="attachment", starts_on=start, fte=Decimal("0.8"))
    factories.posting_make(people["N3"], None, kind="seconded_out", host="College", starts_on=start)
    guest, extra = factories.person_make(force, "G1"), factories.person_make(force, "X1")
    factories.posting_make(guest, posts["P3"], kind="seconded_in", host="Otherford", starts_on=start)
    factories.posting_make(extra, posts["P1"], is_supernumerary=True, fte=Decimal("0.5"))
    for number in ("N1", "N4"):
        people[number].absences.create(force=force, kind="sickness", during=(start, None))
    people["N5"].limited_duties.create(force=force, kind="adjusted", during=(start, None))
    return force


def signed_in(client, force, role=None, **kwargs):
    """Without a role: HR that may see health records too, with a reason given."""
    user = factories.user_make(role or Role.HR, force, **kwargs)
    client.force_login(user)
    if role is None:
        Membership.objects.create(user=user, force=force, role=Role.HEALTH)
        factories.reason_give(client, force)
    return client


def figure_behind(href, client):
    """What the list at `href` is of: its rows, read through the filter the page itself uses."""
    response = client.get(href)
    assert response.status_code == 200, href
    return response.context["list_page"], response.context["summary"]


def total_of(page, measure):
    """The figure as its list has it."""
    rows = list(page.table.data.data)
    if measure.page == figures.GAPS:
        values = [row.figures for row in rows]
        return sum((getattr(each, measure.name) for each in values), Decimal(0))
    if measure.page == figures.VACANCIES:
        return sum((row.vacant_fte for row in rows), Decimal(0))
    return sum((row.fte for row in rows), Decimal(0)) if measure.is_fte else page.count


@pytest.mark.parametrize("dimension", figures.DIMENSIONS.values(), ids=str)
def test_every_figure_opens_rows_of_the_same_total(client, force, dimension):
    signed_in(client, force)
    found = selectors.establishment_as_at(force, DAY)
    links = figures.FigureLinks(force, {"on": ON}, shows_health=True)
    checked = 0
    for line in dimension.lines(found):
        for measure in MEASURES:
            figure = getattr(line.figures, measure.name)
            href = links.href(measure, {dimension.filter_name: line.key})
            if figure and href:
                page, _ = figure_behind(href, client)
                assert total_of(page, measure) == figure, (line.label, measure.name)
                checked += 1
    assert checked >= len([measure for measure in MEASURES if measure.page])


def test_totals_open_rows_of_the_same_total_and_say_so(client, force):
    signed_in(client, force)
    total = selectors.establishment_as_at(force, DAY).total
    links = figures.FigureLinks(force, {"on": ON}, shows_health=True)
    for measure in MEASURES:
        if links.href(measure):
            assert getattr(total, measure.name), f"the force of this test has no {measure.name}"
            page, summary = figure_behind(links.href(measure), client)
            assert total_of(page, measure) == getattr(total, measure.name)
            if measure.is_fte:
                assert peelsite_web.fte(getattr(total, measure.name)) in summary


def test_page_links_carry_the_day_and_place(client, force):
    signed_in(client, force)
    unit = force.units.get(name="Crime")
    address = reverse("establishment:overview", args=[force.slug])
    response = client.get(address, {"on": ON, "unit": unit.pk, "by": "rank"})
    page = response.content.decode()
    assert response.context["total"].posts == 8
    hrefs = re.findall(r'href="([^"]*postings/\?[^"]*)"', page.replace("&amp;", "&"))
    assert hrefs
    for href in hrefs:
        query = parse_qs(urlsplit(href).query)
        assert (query["on"], query["unit"]) == ([ON], [str(unit.pk)])


def test_answer_comes_first_in_a_sentence(client, force):
    response = signed_in(client, force).get(
        reverse("establishment:overview", args=[force.slug]),
        {"on_day": "10", "on_month": "July", "on_year": "2010"},
    )
    assert response.context["day"] == DAY
    assert response.context["answer"].startswith("On 10 July 2010 Testshire was ")
    assert " FTE short of establishment (" in response.context["answer"]
    assert "vacant in whole or part" in response.context["answer"]


def test_a_day_that_is_none_is_named_and_today_stands_in(client, force):
    response = signed_in(client, force).get(
        reverse("establishment:overview", args=[force.slug]), {"on": "2016-02-31"}
    )
    assert response.status_code == 200
    assert "As at must be a real date" in response.content.decode()


def test_budget_based_is_told_apart(client, force):
    later = DAY + timedelta(days=60)
    factories.post_make(force, "FUTURE", starts_on=later)
    response = signed_in(client, force).get(reverse("establishment:overview", args=[force.slug]), {"on": ON})
    assert response.context["total"].posts == 12
    assert [posts for _, posts, _ in response.context["ahead"]] == [12, 13, 13, 13]
    assert "Budget-based, not actual" in response.content.decode()


def test_lists_are_of_one_day(client, force):
    post = force.posts.get(reference="P11")
    Post.objects.filter(pk=post.pk).update(during=(factories.START, None))
    page, _ = figure_behind(
        f"{reverse('establishment:posts', args=[force.slug])}?on=2009-01-01", signed_in(client, force)
    )
    assert page.count == 0


def test_downloads_hold_every_row(client, force):
    signed_in(client, force)
    for name, rows in (
        ("posts", 12),
        ("postings", 11),
        ("vacancies", len(selectors.vacancies_as_at(force, DAY))),
        ("gaps", len(selectors.gaps_by_cell(force, DAY))),
    ):
        address = reverse(f"establishment:{name}", args=[force.slug])
        response = client.get(address, {"on": ON, "download": "csv"})
        lines = b"".join(response.streaming_content).decode().strip().splitlines()
        assert len(lines) == rows + 1, name
        response = client.get(address, {"on": ON, "download": "xlsx"})
        assert b"".join(response.streaming_content)[:2] == b"PK"


PAGES = ["overview", "posts", "postings", "vacancies", "gaps"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("role", "status"), [(Role.HR, 200), (Role.FINANCE, 200), (Role.ADMINISTRATOR, 200), (None, 404)]
)
def test_who_may_open_the_pages(client, force, name, role, status):
    client.force_login(factories.user_make(role, force if role else None))
    assert client.get(reverse(f"establishment:{name}", args=[force.slug])).status_code == status


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_asked_to_sign_in(client, force, name):
    response = client.get(reverse(f"establishment:{name}", args=[force.slug]))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_names_are_for_those_who_may_see_people(client, force):
    addresses = [f"{reverse(f'establishment:{name}', args=[force.slug])}?on={ON}" for name in PAGES] + [
        reverse("establishment:post", args=[force.slug, force.posts.get(reference="P0").pk])
    ]
    signed_in(client, force, Role.FINANCE)
    for address in addresses:
        assert "Surname" not in client.get(address).content.decode(), address
    signed_in(client, force, Role.CHIEF_OFFICER)
    assert "Surname" in client.get(addresses[2]).content.decode()


def test_health_is_hidden_from_those_who_may_not_see_it(client, force):
    signed_in(client, force, Role.CHIEF_OFFICER)
    response = client.get(reverse("establishment:overview", args=[force.slug]), {"on": ON})
    page = response.content.decode()
    assert "fewer than 5" in page
    assert "long_term_absent" not in page
    assert "show=limited" not in page
    listed = client.get(
        reverse("establishment:postings", args=[force.slug]), {"on": ON, "show": "long_term_absent"}
    )
    assert listed.context["list_page"].count == 11
    assert "Sickness" not in listed.content.decode()
    signed_in(client, force)
    listed = client.get(
        reverse("establishment:postings", args=[force.slug]), {"on": ON, "show": "long_term_absent"}
    )
    assert listed.context["list_page"].count == 2
    assert "sickness" in listed.content.decode().lower()


def form_of(response):
    assert response.status_code == 200
    return response.context["form"]


def test_hr_adds_a_post(client, force):
    signed_in(client, force)
    unit = force.units.get(name="Fraud")
    data = {
        "reference": "NEW-1",
        "rank": factories.ranks_make()["CON"].pk,
        "role": force.roles.first().pk,
        "unit": unit.pk,
        "location": force.locations.first().pk,
        "funding": force.funding_sources.first().pk,
        "fte": "0.6757",
        "starts_on": "2016-04-01",
        "ends_on": "2016-06-30",
    }
    response = client.post(reverse("establishment:post-create", args=[force.slug]), data)
    post = Post.objects.get(reference="NEW-1")
    assert response["Location"] == reverse("establishment:post", args=[force.slug, post.pk])
    assert (post.unit, post.fte) == (unit, Decimal("0.6757"))
    assert post.during.upper.isoformat() == "2016-07-01"
    assert "Part vacant" not in client.get(response["Location"]).content.decode()
    again = form_of(client.post(reverse("establishment:post-create", args=[force.slug]), data))
    assert again.errors == {"reference": ["This force already has a post with this reference."]}


def test_a_post_of_another_force_is_not_there(client, force):
    other = factories.post_make(factories.force_make("Otherford"), "THEIRS")
    signed_in(client, force)
    for name in ("post", "post-correct", "post-end", "post-reprofile"):
        assert client.get(reverse(f"establishment:{name}", args=[force.slug, other.pk])).status_code == 404


@pytest.mark.parametrize("name", ["post-correct", "post-end", "post-reprofile"])
def test_only_hr_changes_posts(client, force, name):
    post = force.posts.first()
    signed_in(client, force, Role.CHIEF_OFFICER)
    address = reverse(f"establishment:{name}", args=[force.slug, post.pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403


def test_a_filled_post_does_not_end_under_its_holder(client, force):
    signed_in(client, force)
    post = force.posts.get(reference="P1")
    address = reverse("establishment:post-end", args=[force.slug, post.pk])
    form = form_of(typed(client, address, ends_on=ON))
    assert "The posting of N1 in post P1 runs from" in str(form.errors)
    empty = factories.post_make(force, "EMPTY")
    empty.refresh_from_db()
    address = reverse("establishment:post-end", args=[force.slug, empty.pk])
    assert typed(client, address, ends_on=ON).status_code == 302
    empty.refresh_from_db()
    assert empty.during.upper == DAY + timedelta(days=1)


def test_the_second_of_two_people_is_told(client, force):
    signed_in(client, force)
    post = factories.post_make(force, "BOTH")
    address = reverse("establishment:post-end", args=[force.slug, post.pk])
    seen = opened(client, address)
    Post.objects.filter(pk=post.pk).update(reference="BOTH-2")
    late = client.post(address, seen | {"ends_on": ON})
    assert late.status_code == 409
    assert "changed this record" in str(late.context["form"].errors)
    post.refresh_from_db()
    assert post.during.upper is None


def test_reprofiling_ends_and_succeeds_and_takes_the_holder_along(client, force):
    signed_in(client, force)
    post = force.posts.get(reference="P1")
    data = {
        "reference": "P1-B",
        "rank": factories.ranks_make()["INSP"].pk,
        "role": post.role_id,
        "unit": post.unit_id,
        "location": post.location_id,
        "funding": post.funding_id,
        "fte": "1",
        "starts_on": ON,
    }
    response = typed(client, reverse("establishment:post-reprofile", args=[force.slug, post.pk]), **data)
    successor = Post.objects.get(reference="P1-B")
    assert response["Location"] == reverse("establishment:post", args=[force.slug, successor.pk])
    assert (successor.succeeds, successor.rank.code) == (post, "INSP")
    before = selectors.establishment_as_at(force, DAY - timedelta(days=1)).total
    after = selectors.establishment_as_at(force, DAY).total
    assert (before.posts, before.headcount, before.supernumerary_fte) == (
        after.posts,
        after.headcount,
        after.supernumerary_fte,
    )
    assert {posting.during.lower for posting in successor.postings.all()} == {DAY}
    page = client.get(response["Location"]).content.decode()
    assert "Succeeds" in page
    assert "Surname1" in page


def test_reprofiling_to_less_than_is_filled_is_refused(client, force):
    signed_in(client, force)
    post = force.posts.get(reference="P4")
    data = {name: getattr(post, f"{name}_id") for name in ("rank", "role", "unit", "location", "funding")} | {
        "reference": "P4-B",
        "fte": "0.5",
        "starts_on": ON,
    }
    address = reverse("establishment:post-reprofile", args=[force.slug, post.pk])
    form = form_of(typed(client, address, **data))
    assert "Post P4-B is 0.5 FTE and would be filled with 1 FTE" in str(form.errors)
    assert not Post.objects.filter(reference="P4-B").exists()


def test_a_day_that_a_month_does_not_have_is_its_last():
    after = views.overview._months_after
    assert after(DAY.replace(month=1, day=31), 3).isoformat() == "2010-04-30"
    assert after(DAY.replace(month=12, day=1), 12).isoformat() == "2011-12-01"


def test_filters_choose_only_among_rows_of_the_force(client, force):
    other = factories.unit_make(factories.force_make("Otherford"), "Theirs")
    response = signed_in(client, force).get(
        reverse("establishment:posts", args=[force.slug]), {"on": ON, "unit": other.pk}
    )
    assert "unit" in response.context["list_page"].filter_form.errors
    assert response.context["list_page"].count == 12
    assert filters.default_on({"on": "x"}, DAY) == {"on": "x"}
