"""A token does what it was made for, in the force it was made for, and never more than its user may."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from peelsite.accounts.models import ApiToken, Membership
from peelsite.accounts.permissions import Action, Role
from peelsite.accounts.services import membership_end, token_create
from peelsite.inspection.models import Summary
from tests.factories import force_make, post_make, unit_make, user_make

pytestmark = pytest.mark.django_db


def token_of(user, *actions: str, force=None) -> APIClient:
    day = timezone.localdate() + timedelta(days=1)
    _, secret = token_create(user=user, name="Extract", expires_on=day, actions=actions, force=force)
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def force():
    return force_make()


def test_an_action_outside_the_scope_is_refused_with_a_sentence(force):
    program = token_of(user_make(Role.HR, force), Action.ESTABLISHMENT_VIEW)
    assert program.get("/api/v1/posts/").status_code == 200
    refused = program.get("/api/v1/people/")
    assert refused.status_code == 403
    assert "The token Extract was not made for people.view" in refused.json()["detail"]
    written = program.post("/api/v1/areas/", {"force": force.slug}, format="json")
    assert written.status_code == 403
    assert "was not made for establishment.edit" in written.json()["detail"]


def test_another_force_of_its_user_is_refused_with_a_sentence(force):
    other = force_make("Otherset")
    user = user_make(Role.HR, force)
    Membership.objects.create(user=user, force=other, role=Role.HR)
    near, far = (post_make(each, f"{each.slug}-1", unit=unit_make(each)) for each in (force, other))
    program = token_of(user, Action.ESTABLISHMENT_VIEW, force=force)
    assert program.get(f"/api/v1/posts/{near.pk}/").status_code == 200
    for address in (f"/api/v1/posts/{far.pk}/", "/api/v1/posts/?force=otherset", "/api/v1/forces/otherset/"):
        refused = program.get(address)
        assert refused.status_code == 403, address
        assert refused.json()["detail"] == "The token Extract was made for Testshire alone."
    listed = program.get("/api/v1/posts/").json()["results"]
    assert {row["force"] for row in listed} == {"testshire"}
    assert [row["force"] for row in program.get("/api/v1/me/").json()["memberships"]] == ["testshire"]


def test_another_force_is_refused_where_the_body_names_it(force):
    other = force_make("Otherset")
    user = user_make(Role.HR, force)
    Membership.objects.create(user=user, force=other, role=Role.HR)
    program = token_of(user, Action.SUMMARY_SEND, force=force)
    refused = program.post("/api/v1/summaries/", {"force": other.slug, "people": [user.pk]}, format="json")
    assert refused.status_code == 403
    assert refused.json()["detail"] == "The token Extract was made for Testshire alone."
    assert not Summary.objects.exists()


def test_a_force_that_is_not_its_users_is_not_there(force):
    stranger = post_make(force_make("Otherset"))
    program = token_of(user_make(Role.HR, force), Action.ESTABLISHMENT_VIEW, force=force)
    assert program.get(f"/api/v1/posts/{stranger.pk}/").status_code == 404


def test_it_loses_what_its_user_loses(force):
    user = user_make(Role.HR, force)
    program = token_of(user, Action.ESTABLISHMENT_VIEW)
    membership_end(membership=user.memberships.get())
    assert program.get("/api/v1/posts/").status_code == 403


def test_nobody_gives_what_they_may_not_do(force):
    user = user_make(Role.FINANCE, force)
    with pytest.raises(ValidationError, match=r"You may not do people\.view in Testshire yourself"):
        token_of(user, Action.PEOPLE_VIEW, force=force)
    with pytest.raises(ValidationError, match="Choose one of your own forces"):
        token_of(user, Action.ESTABLISHMENT_VIEW, force=force_make("Otherset"))
    with pytest.raises(ValidationError, match="at least one thing"):
        token_of(user)
    with pytest.raises(ValidationError, match="You may not do all in any force"):
        token_of(user, "all")
    assert not ApiToken.objects.exists()


def test_postgres_refuses_a_token_for_nothing(force):
    token = ApiToken(
        user=user_make(Role.HR, force), name="x", digest="x", actions=[], expires_at=timezone.now()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        token.save()


def test_the_eleventh_within_an_hour_waits(force):
    user = user_make(Role.HR, force)
    for _ in range(10):
        token_of(user, Action.ESTABLISHMENT_VIEW)
    with pytest.raises(ValidationError, match="10 tokens within the last hour"):
        token_of(user, Action.ESTABLISHMENT_VIEW)


def test_it_sees_and_ends_itself_alone(force):
    user = user_make(Role.HR, force)
    first, second = token_of(user, Action.PEOPLE_VIEW), token_of(user, Action.PEOPLE_VIEW)
    (own,) = first.get("/api/v1/tokens/").json()["results"]
    assert own["actions"] == ["people.view"]
    assert second.delete(f"/api/v1/tokens/{own['id']}/").status_code == 404
    assert first.delete(f"/api/v1/tokens/{own['id']}/").status_code == 204
    assert first.get("/api/v1/me/").status_code == 401


def test_the_schema_says_what_a_token_needs(force):
    client = APIClient()
    client.force_login(user_make(Role.HR, force))
    schema = client.get("/api/schema/?format=json").json()
    assert "`people.view`" in schema["paths"]["/api/v1/people/"]["get"]["description"]
    assert "actions" in schema["components"]["schemas"]["Token"]["properties"]
