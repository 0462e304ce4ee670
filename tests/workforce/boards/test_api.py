"""Boards for programs: the pages' rules, with the refusals as answers a program can read."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from peelsite.accounts.permissions import Role as UserRole
from tests import factories
from tests.query_counts import query_count
from tests.workforce.boards.invented import world_make
from workforce.boards.decisions.models import BoardAction, Decision, PostToFill

LISTS = ["board-series", "board", "agenda-item", "decision", "board-action", "post-to-fill"]


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def asked(world):
    world.publish()
    world.decide("B-1")
    return world


def decision_body(world, *references: str, **changes) -> dict:
    return {
        "item": world.custody_item().pk,
        "kind": "fill",
        "source": "promotion",
        "fte": "1",
        "effective_on": "2016-05-01",
        "due_on": "2016-05-01",
        "owner": world.head.pk,
        "reason": "Two teams.",
        "posts": [world.posts[reference].pk for reference in references],
    } | changes


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_members_of_the_force(api, asked, name):
    address = reverse(f"{name}-list")
    assert api.get(address).status_code in (401, 403)
    api.force_login(factories.user_make(UserRole.HR, factories.force_make("Elsewhere")))
    assert api.get(address).json()["results"] == []
    api.force_login(asked.analyst)
    rows = api.get(address, {"force__slug": asked.force.slug} if "force" in name else {}).json()["results"]
    assert rows
    detail = reverse(f"{name}-detail", args=[rows[0]["id"]])
    assert api.get(detail).status_code == 200
    api.force_login(factories.user_make(UserRole.ADMINISTRATOR, asked.force))
    assert api.get(detail).status_code in (403, 404)


def test_a_board_goes_from_agenda_to_approved_minutes(api, world):
    api.force_login(world.hr)
    board = world.board.pk
    (item,) = api.post(reverse("board-draw-up", args=[board])).json()
    assert item["gap_fte"] == "3.0000"
    assert api.post(reverse("board-publish", args=[board])).json()["state"] == "published"
    again = api.post(reverse("board-publish", args=[board]))
    assert again.status_code == 409
    assert "nothing in it can change" in str(again.json()["detail"])
    pack = api.get(reverse("board-pack", args=[board])).json()
    total = next(line for line in pack["lines"] if line["dimension"] == "total")
    assert (total["establishment_fte"], total["gap_fte"]) == ("7.0000", "3.0000")

    api.force_login(world.chief)
    made = api.post(reverse("decision-list"), decision_body(world, "B-1"), format="json")
    assert made.status_code == 201, made.json()
    assert made.json()["sentence"] == "Fill post B-1 (1.0 FTE) from the promotion pool by 1 May 2016."

    api.force_login(world.head)
    (waiting,) = api.get(reverse("post-to-fill-list"), {"state": "waiting"}).json()["results"]
    match = {"person": world.people["C-1"].pk, "starts_on": "2016-05-01"}
    matched = api.post(reverse("post-to-fill-match", args=[waiting["id"]]), match, format="json")
    assert matched.json()["state"] == "matched", matched.json()
    assert BoardAction.objects.get().state == "done"

    api.force_login(world.chief)
    minutes = api.get(reverse("board-minutes", args=[board])).json()
    stale = api.post(reverse("board-approve", args=[board]), {"seen_digest": "0" * 64}, format="json")
    assert stale.status_code == 409
    seen = {"seen_digest": minutes["digest"]}
    assert api.post(reverse("board-approve", args=[board]), seen, format="json").json()["state"] == "approved"
    change = api.put(
        reverse("decision-detail", args=[made.json()["id"]]),
        decision_body(world, "B-2"),
        format="json",
        headers={"If-Match": "*"},
    )
    assert change.status_code == 409
    assert "nothing in them can change" in str(change.json()["detail"])
    correction = api.post(reverse("board-correct", args=[board]), {"text": "It was B-2."}, format="json")
    assert correction.status_code == 201


def test_who_may_not_write_is_refused(api, asked):
    board, item = asked.board.pk, asked.custody_item().pk
    later = asked.series.boards.filter(state="scheduled").first().pk
    writes = {
        reverse("board-series-list"): {asked.hr},
        reverse("board-draw-up", args=[later]): {asked.hr},
        reverse("board-publish", args=[later]): {asked.hr},
        reverse("board-move", args=[later]): {asked.hr},
        reverse("board-approve", args=[board]): {asked.chief},
        reverse("board-correct", args=[board]): {asked.chief},
        reverse("agenda-item-remove", args=[item]): {asked.hr},
        reverse("decision-list"): {asked.chief},
        reverse("board-action-list"): {asked.chief},
        reverse("post-to-fill-match", args=[PostToFill.objects.get().pk]): {asked.head},
    }
    for address, allowed in writes.items():
        for user in (asked.hr, asked.chief, asked.head, asked.analyst):
            api.force_login(user)
            status = api.post(address, {}, format="json").status_code
            if user in allowed:
                assert status not in (403, 404), address
            else:
                assert status in (403, 404), address


def test_a_stale_decision_is_a_conflict(api, asked):
    api.force_login(asked.deputy)
    address = reverse("decision-detail", args=[Decision.objects.get().pk])
    body = decision_body(asked, "B-2")
    tag = api.get(address)["ETag"]
    assert api.put(address, body, format="json").status_code == 428
    changed = api.put(address, body, format="json", headers={"If-Match": tag})
    assert changed.status_code == 200
    stale = api.put(address, body, format="json", headers={"If-Match": tag})
    assert stale.status_code == 412
    assert "changed this record" in stale.json()["detail"]
    assert stale.json()["now"] == changed.json()
    why = {"X-Change-Reason": "Decided in error"}
    assert api.delete(address, headers=why | {"If-Match": tag}).status_code == 412
    assert api.delete(address, headers=why | {"If-Match": f'"other", {stale["ETag"]}'}).status_code == 204


def test_rows_of_another_force_cannot_be_named_in_a_body(api, asked):
    other = world_make("Elsewhere")
    api.force_login(asked.chief)
    other.publish()
    answer = api.post(reverse("decision-list"), decision_body(other, "B-1"), format="json")
    assert answer.status_code == 400
    assert "item" in answer.json()
    mixed = decision_body(asked, "B-2") | {"posts": [other.posts["B-2"].pk]}
    assert "posts" in api.post(reverse("decision-list"), mixed, format="json").json()


def test_only_the_owner_hr_and_chief_officers_close_an_action(api, asked):
    address = reverse("board-action-close", args=[BoardAction.objects.get().pk])
    body = {"state": "dropped", "reason": "Hiring stopped."}
    api.force_login(asked.analyst)
    assert api.post(address, body, format="json").status_code == 403
    api.force_login(asked.head)
    assert api.post(address, body, format="json").json()["state"] == "dropped"


@pytest.mark.parametrize("name", LISTS)
def test_lists_make_a_fixed_number_of_queries(api, asked, name):
    asked.decide("B-2")
    asked.decide("B-3")
    api.force_login(asked.chief)
    with query_count(f"api {name}-list"):
        assert api.get(reverse(f"{name}-list")).status_code == 200
