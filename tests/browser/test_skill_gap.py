"""A skill gap followed to a training place, in a real Chromium.

The gap on the area, the skill, a course for it, a place as suggested, passed, and the gap closed.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from peelsite.accounts.permissions import Role
from tests import factories
from tests.browser_steps import day_fill, picture, sign_in
from tests.workforce.skills.invented import World, course_make, held, world_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Everybody who must hold first response does, but one person of Stevenage."""
    world = world_make()
    for code in ("W3", "W4", "S2"):
        held(world.people[code], world.skill, by=world.hr)
    return world


@pytest.mark.parametrize("width", [1280, 320])
def test_a_gap_is_followed_to_a_training_place(
    world: World, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
) -> None:
    page = new_page(width=width)

    def look(name: str) -> None:
        axe(page)
        picture(page, f"skill-gap-{name}-{width}")

    sign_in(page, world.hr)
    page.goto(reverse("skills:overview", args=[world.force.slug]))
    page.get_by_label("Local policing area").select_option(label="Stevenage")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("2 of the 3 people who must hold it do.")).to_be_visible()
    look("area")
    page.get_by_role("table", name="Widest shortages").get_by_role("link", name="First response").click()
    expect(page.get_by_text("2 of 3 people who must hold it do: 1 short.")).to_be_visible()
    expect(page.get_by_text("No course of this skill is planned.")).to_be_visible()
    look("skill")

    page.get_by_role("button", name="Plan a course").click()
    page.get_by_label("Title").fill("First response, one day")
    page.get_by_label("Provider").fill("Invented college")
    day_fill(page, "First day", "31", "3", "2016")
    day_fill(page, "Last day", "31", "3", "2016")
    page.get_by_label("Places").fill("1")
    page.get_by_label("Cost of a place, in pounds").fill("95")
    look("plan")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Offer its places next.")).to_be_visible()

    page.get_by_role("button", name="Offer places").click()
    expect(page.get_by_text("1 place is left.")).to_be_visible()
    look("offer")
    page.get_by_label("Stevenage response is 1 short of the 3 that it must have").check()
    page.get_by_role("button", name="Offer", exact=True).click()
    expect(page.get_by_text("1 place is offered.")).to_be_visible()

    for state, said in (("Booked", "booked."), ("Passed", "passed.")):
        page.get_by_role("link", name="Next state of the place of Alex Sample S3 (S3)").click()
        page.get_by_label(state, exact=True).check()
        look(f"place-{state.lower()}")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"Alex Sample S3 (S3): {said}")).to_be_visible()
    look("course")

    address = reverse("skills:skill", args=[world.force.slug, world.skill.pk])
    page.goto(f"{address}?area={world.stevenage.area_id}")
    expect(page.get_by_text("3 of 3 people who must hold it do: 0 short.")).to_be_visible()
    look("closed")
    assert world.people["S3"].skills.get().evidence == "Passed First response, one day, Invented college"


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_skills_is_accessible(
    world: World, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
) -> None:
    said = held(world.people["S3"], world.skill, evidence="Used at work")
    course, record = course_make(world.skill), world.people["W1"].skills.get()
    page = new_page(width=width)
    sign_in(page, world.hr)
    for name, *rest in (
        ("overview",),
        ("shortages",),
        ("matrix",),
        ("unit", world.watford.pk),
        ("people",),
        ("holders",),
        ("catalogue",),
        ("create",),
        ("change", world.skill.pk),
        ("retire", world.skill.pk),
        ("requirements",),
        ("requirement-create",),
        ("requirement-end", world.skill.requirements.get().pk),
        ("to-confirm",),
        ("decide", said.pk),
        ("record", world.people["W4"].pk),
        ("record-end", record.pk),
        ("record-withdraw", record.pk),
        ("training",),
        ("course", course.pk),
        ("course-change", course.pk),
        ("course-cancel", course.pk),
        ("course-ask",),
    ):
        page.goto(reverse(f"skills:{name}", args=[world.force.slug, *rest]))
        axe(page)


def test_an_officer_adds_a_skill_without_scripts_and_the_unit_head_confirms_it(
    world: World, new_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    own = world.people["W3"]
    own.skills.all().delete()
    own.user = factories.user_make(Role.EMPLOYEE, world.force)
    own.save()
    page = new_page(width=320, javascript=False)
    sign_in(page, own.user)
    page.goto(reverse("people:own", args=[world.force.slug]))
    page.get_by_role("link", name="Add a skill that you have").click()
    page.get_by_label("Skill and level").select_option(label="First response")
    day_fill(page, "Held since", "10", "1", "2016")
    page.get_by_label("Evidence").fill("Two years in response")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("is added and waits to be confirmed.")).to_be_visible()
    other = new_page()
    sign_in(other, world.head)
    other.goto(reverse("skills:to-confirm", args=[world.force.slug]))
    axe(other)
    other.get_by_role("checkbox").check()
    other.get_by_role("button", name="Confirm those chosen").click()
    expect(other.get_by_text("1 skill is confirmed.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Confirmed", exact=False).first).to_be_visible()
