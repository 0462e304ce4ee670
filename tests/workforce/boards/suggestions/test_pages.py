"""The pages and the API: who may open them, what they say, what they lead to, and their number of queries."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from peelsite.accounts.permissions import Role as UserRole
from peelsite.jobs.models import Job
from tests import factories
from tests.editing.pages import opened
from tests.query_counts import query_count
from workforce.boards.suggestions.models import FillPlan, MoveRule, PlanKind, SuggestionSettings
from workforce.boards.suggestions.services import plan_ahead_make, plan_make, rule_add
from workforce.boards.suggestions.tasks import AHEAD_JOB

SECONDS = 20


def page(name: str, world, *args) -> str:
    return reverse(f"boards:{name}", args=[world.force.slug, *args])


@pytest.fixture
def plan(asked) -> FillPlan:
    return plan_make(board=asked.board, user=asked.hr, seconds=SECONDS)


def addresses(world, plan) -> dict[str, str]:
    board, move = world.board.pk, plan.moves.get().pk
    return {
        "suggestions": page("suggestions", world, board),
        "settings": page("suggestion-settings", world),
        "ahead": page("ahead", world, board),
        "pin": page("suggestion-rule", world, move, "pin"),
        "change": page("suggestion-settings-change", world),
        "weight": page("suggestion-weight", world),
        "role": page("civilian-role-add", world),
    }


READ = {"suggestions", "settings", "ahead"}
PLAN = {"pin", "change", "weight", "role"}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("hr", READ | PLAN), ("chief", READ | PLAN), ("head", READ), ("analyst", READ)],
)
def test_each_role_opens_its_pages_and_no_others(client, asked, plan, role, allowed):
    client.force_login(getattr(asked, role))
    statuses = {name: client.get(address).status_code for name, address in addresses(asked, plan).items()}
    assert {name for name, status in statuses.items() if status == 200} == allowed
    assert set(statuses.values()) <= {200, 403}


def test_a_stranger_finds_nothing(client, asked, plan):
    client.force_login(factories.user_make(UserRole.HR, factories.force_make("Elsewhere")))
    assert {client.get(address).status_code for address in addresses(asked, plan).values()} == {404}


def test_the_page_answers_first_and_speaks_of_cells(client, asked, plan):
    client.force_login(asked.chief)
    text = client.get(page("suggestions", asked, asked.board.pk)).content.decode()
    assert "3.0 of 3.0 FTE can be filled: 3.0 by moves within the force." in text
    assert "This is the best plan there is under these limits and prices." in text
    assert "Beside the simple rule" in text
    assert "Sergeant, Control room, Watchford, Control room" in text
    # Nobody is named: those who could move go by family names such as "Control room 3" in this force.
    numbers = asked.force.people.values_list("number", flat=True)
    assert not [number for number in numbers if f">{number}<" in text or f" {number} " in text]
    assert "Control room 3" not in text


def test_a_move_leads_to_the_decision_filled_in(client, asked, plan):
    client.force_login(asked.chief)
    item = asked.custody_item()
    text = client.get(page("item", asked, item.pk)).content.decode()
    assert "Where people could come from" in text
    start = text.index(page("decide", asked, item.pk, "fill") + "?")
    href = text[start : text.index('"', start)].replace("&amp;", "&")
    assert "source=move" in href
    assert "fte=3" in href
    donor = plan.moves.get()
    assert f"donor_unit={donor.donor_unit_id}" in href
    assert client.get(href).status_code == 200


def test_the_button_works_a_plan_out_and_says_what_is_missing(client, asked):
    client.force_login(asked.hr)
    address = page("suggestions", asked, asked.board.pk)
    assert "No plan is worked out for this board yet" in client.get(address).content.decode()
    client.post(page("suggestions-work-out", asked, asked.board.pk))
    assert FillPlan.objects.get().asked_by == asked.hr
    asked.decide("B-1", "B-2", "B-3")
    answer = client.post(page("suggestions-work-out", asked, asked.board.pk), follow=True)
    assert "nothing to fill" in answer.content.decode()
    assert FillPlan.objects.count() == 1
    client.force_login(asked.analyst)
    assert client.post(page("suggestions-work-out", asked, asked.board.pk)).status_code == 403


def test_pinning_keeps_who_and_why_and_makes_a_new_plan(client, asked, plan):
    client.force_login(asked.chief)
    address = page("suggestion-rule", asked, plan.moves.get().pk, "pin")
    sent = opened(client, address) | {
        "heads": "2",
        "reason": "Agreed with the head of the control room.",
    }
    answer = client.post(address, sent, follow=True)
    text = answer.content.decode()
    assert "The plan is new." in text
    rule = MoveRule.objects.get()
    assert (rule.made_by, rule.heads) == (asked.chief, 2)
    assert "Agreed with the head of the control room." in text
    assert FillPlan.objects.count() == 2
    client.post(page("suggestion-rule-lift", asked, rule.pk))
    rule.refresh_from_db()
    assert rule.lifted_by == asked.chief
    assert FillPlan.objects.count() == 3


def test_what_may_not_be_pinned_is_not_there(client, asked, plan):
    client.force_login(asked.hr)
    assert client.get(page("suggestion-rule", asked, plan.moves.get().pk, "love")).status_code == 404
    assert client.get(page("suggestion-rule", asked, 0, "pin")).status_code == 404


def test_a_number_is_changed_and_the_plan_worked_out_again(client, asked, plan):
    client.force_login(asked.hr)
    address = page("suggestion-settings-change", asked) + f"?board={asked.board.pk}"
    sent = opened(client, address) | {"training_places": "1", "reason": "One course runs."}
    text = client.post(address, sent, follow=True).content.decode()
    assert "The plan is new." in text
    assert "training places (1)" in text
    assert SuggestionSettings.objects.on(asked.force, asked.board.pack_on).training_places == 1
    assert FillPlan.objects.first().filled_fte == 1


def test_weights_and_staff_roles_are_shown_with_why(client, asked):
    client.force_login(asked.hr)
    role = asked.force.roles.get(name="Control room")
    address = page("suggestion-weight", asked)
    day = {"starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2016"}
    sent = opened(client, address) | day | {"role": role.pk, "weight": "2", "reason": "999 calls."}
    assert client.post(address, sent).status_code == 302
    grade = factories.rank_make(asked.force, "DDO", category="designated")
    address = page("civilian-role-add", asked)
    sent = opened(client, address) | {
        "role": role.pk,
        "rank": asked.posts["B-1"].rank_id,
        "staff_rank": grade.pk,
        "reason": "No powers are used.",
    }
    assert client.post(address, sent).status_code == 302
    text = client.get(page("suggestion-settings", asked)).content.decode()
    assert "999 calls." in text
    assert "No powers are used." in text
    row = asked.force.civilian_roles.get()
    address = page("civilian-role-remove", asked, row.pk)
    assert client.post(address, opened(client, address)).status_code == 302
    assert not asked.force.civilian_roles.exists()


def test_the_boards_ahead_run_as_a_job_and_show_their_bound(client, asked):
    client.force_login(asked.hr)
    address = page("ahead", asked, asked.board.pk)
    assert "No plan is worked out yet for the 6 boards" in client.get(address).content.decode()
    client.post(page("ahead-work-out", asked, asked.board.pk))
    job = Job.objects.get(kind=AHEAD_JOB)
    assert (job.subject_id, job.requested_by) == (asked.board.pk, asked.hr)
    if job.finished_at is None:
        assert "Working out a plan for the boards ahead" in client.get(address).content.decode()
        assert client.get(page("ahead-progress", asked, asked.board.pk)).status_code == 200
    Job.objects.filter(pk=job.pk).update(
        state="failed", error="The worker was lost.", finished_at=job.queued_at
    )
    assert "The worker was lost." in client.get(address).content.decode()
    answer = client.get(page("ahead-progress", asked, asked.board.pk))
    assert answer["HX-Refresh"] == "true"
    plan_ahead_make(board=asked.board, user=asked.hr, seconds=SECONDS)
    text = client.get(address).content.decode()
    assert "By the last of 6 boards" in text
    assert "no plan can cost less than" in text
    assert FillPlan.objects.get().kind == PlanKind.AHEAD


@pytest.mark.parametrize("more", [0, 6])
def test_the_number_of_queries_does_not_grow(client, asked, more):
    from tests.workforce.boards.suggestions.invented import cell_filled

    for number in range(more):
        cell_filled(asked, f"{'ABCDEFGH'[number]} squad", posts=4, people=5)
    plan = plan_make(board=asked.board, user=asked.hr, seconds=SECONDS)
    rule_add(move=plan.moves.first(), kind="forbid", reason="A joint operation.", user=asked.hr)
    plan_make(board=asked.board, user=asked.hr, seconds=SECONDS)
    plan_ahead_make(board=asked.board, user=asked.hr, seconds=SECONDS)
    client.force_login(asked.hr)
    found = {
        "suggestions": page("suggestions", asked, asked.board.pk),
        "ahead": page("ahead", asked, asked.board.pk),
        "suggestion-settings": page("suggestion-settings", asked),
    }
    for name, address in found.items():
        client.get(address)
        with query_count(f"boards:{name}"):
            assert client.get(address).status_code == 200
    for name in ("fill-plan", "move-rule", "suggestion-settings", "role-weight"):
        with query_count(f"api {name}-list"):
            assert client.get(reverse(f"{name}-list"), {"force": asked.force.slug}).status_code == 200


def test_programs_work_plans_out_pin_and_set_numbers(asked):
    client = APIClient()
    client.force_login(asked.hr)
    answer = client.post(reverse("fill-plan-list"), {"board": asked.board.pk}, format="json")
    assert answer.status_code == 201, answer.data
    assert (answer.data["filled_fte"], len(answer.data["moves"])) == ("3.0000", 1)
    move = answer.data["moves"][0]
    rule = {"move": move["id"], "kind": "forbid", "reason": "A joint operation."}
    made = client.post(reverse("move-rule-list"), rule, format="json")
    assert made.status_code == 201, made.data
    assert client.post(reverse("move-rule-list"), rule, format="json").status_code == 409
    lift = reverse("move-rule-lift", args=[made.data["id"]])
    assert client.post(lift).status_code == 200
    assert client.post(lift).status_code == 409
    numbers = {
        "force": asked.force.slug,
        "starts_on": "2016-01-01",
        "training_places": 1,
        "reason": "One course runs.",
    }
    made = client.post(reverse("suggestion-settings-list"), numbers, format="json")
    assert made.status_code == 201, made.data
    again = client.post(reverse("fill-plan-list"), {"board": asked.board.pk}, format="json")
    assert again.data["filled_fte"] == "1.0000"
    listed = client.get(reverse("fill-plan-list"), {"force": asked.force.slug})
    assert "moves" not in listed.data["results"][0]


def test_programs_of_others_do_not(asked, plan):
    client = APIClient()
    client.force_login(asked.analyst)
    assert client.get(reverse("fill-plan-detail", args=[plan.pk])).status_code == 200
    for name in ("fill-plan", "move-rule", "suggestion-settings", "role-weight"):
        assert client.post(reverse(f"{name}-list"), {}, format="json").status_code == 403
    client.force_login(factories.user_make(UserRole.HR, factories.force_make("Elsewhere")))
    assert client.get(reverse("fill-plan-detail", args=[plan.pk])).status_code == 404
    assert client.post(reverse("fill-plan-list"), {"board": asked.board.pk}, format="json").status_code == 400
