"""How sessions end, what the sign-in page says of it, and what becomes of what was typed."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from peelsite.accounts.models import Session
from peelsite.accounts.permissions import Role
from peelsite.accounts.services import membership_change
from peelsite.accounts.sessions import SEEN_AT, SIGNED_IN_AT, browser_of
from peelsite.accounts.tasks import sessions_purge
from tests.factories import PASSWORD, force_make, user_make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_in_memory(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture
def user():
    return user_make(Role.HR, force_make())


def signed_in(user, **headers: str) -> Client:
    client = Client(headers=headers)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def make_older(client: Client, key: str, seconds: float) -> None:
    """Move a moment of the session into the past, and leave the row's own end where it is."""
    session = client.session
    end = Session.objects.get(session_key=session.session_key).expire_date
    session[key] -= seconds
    data = session.encode(dict(session.items()))
    Session.objects.filter(session_key=session.session_key).update(session_data=data, expire_date=end)


def idle(user) -> None:
    Session.objects.filter(user=user).update(expire_date="2016-01-01T00:00Z")


def test_signing_in_gives_a_new_session(user):
    client = Client()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": user.email, "password": "wrong wrong wrong"})
    before = client.cookies.get("sessionid")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert before is None or client.cookies["sessionid"].value != before.value
    (row,) = Session.objects.filter(user=user)
    assert row.signed_in_at is not None
    assert client.cookies["sessionid"]["max-age"] == ""  # the browser forgets it when it is closed


def test_thirty_minutes_without_use_end_it_and_the_page_says_so(user):
    client = signed_in(user)
    idle(user)
    answer = client.get("/testshire/people/?page=2")
    assert answer["Location"] == "/accounts/login/?why=idle&next=%2Ftestshire%2Fpeople%2F%3Fpage%3D2"
    page = client.get(answer["Location"]).content.decode()
    assert "you had not used the site for 30 minutes" in page
    back = client.post(
        answer["Location"], {"login": user.email, "password": PASSWORD, "next": "/testshire/people/"}
    )
    assert back["Location"] == "/testshire/people/"


def test_twelve_hours_end_it_however_busy(user):
    client = signed_in(user)
    make_older(client, SIGNED_IN_AT, 12 * 3600 - 60)
    assert client.get("/me/").status_code == 200
    make_older(client, SIGNED_IN_AT, 120)
    answer = client.get("/me/")
    assert "why=age" in answer["Location"]
    assert "you had signed in 12 hours ago" in client.get(answer["Location"]).content.decode()
    assert not Session.objects.filter(user=user).exists()


def test_use_renews_it_once_a_minute_and_what_a_page_asks_by_itself_does_not(user):
    client = signed_in(user)
    make_older(client, SEEN_AT, 600)
    first = Session.objects.get(user=user).expire_date
    client.get("/me/", headers={"HX-Request": "true"})
    assert Session.objects.get(user=user).expire_date == first
    client.get("/me/")
    renewed = Session.objects.get(user=user).expire_date
    assert renewed > first
    client.get("/me/")
    assert Session.objects.get(user=user).expire_date == renewed


def test_what_was_typed_is_kept_for_its_user_alone(user):
    administrator = user_make(Role.ADMINISTRATOR, user.memberships.get().force)
    client = signed_in(administrator)
    idle(administrator)
    typed = {"email": "kim@peelsite.invalid", "name": "Kim <b>Sample</b>", "password1": "a secret"}
    answer = client.post("/testshire/members/new/", typed)
    assert "why=idle&next=%2Fme%2Funsent%2F" in answer["Location"]
    kept = answer["Location"].split("next=")[1].replace("%2F", "/")
    other = signed_in(user).get(kept).content.decode()
    assert "no longer kept" in other
    assert "kim@peelsite.invalid" not in other
    page = signed_in(administrator).get(kept).content.decode()
    assert 'action="/testshire/members/new/"' in page
    assert 'value="Kim &lt;b&gt;Sample&lt;/b&gt;"' in page
    assert "a secret" not in page


def test_nothing_is_kept_in_the_clear(user):
    client = signed_in(user)
    idle(user)
    location = client.post(reverse("people:create", args=["testshire"]), {"name": "Kim Sample"})["Location"]
    key = location.split("unsent%2F")[1].removesuffix("%2F")
    assert "Kim Sample" not in cache.get(f"kept-form:{key}")


def test_a_change_of_password_ends_the_others(user):
    here, elsewhere = signed_in(user), signed_in(user)
    new = "five plain invented words now"
    answer = here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert here.get("/me/").status_code == 200
    assert "why=ended" in elsewhere.get("/me/")["Location"]


def test_a_change_of_role_ends_them(user):
    client = signed_in(user)
    membership_change(membership=user.memberships.get(), role=Role.ANALYST)
    location = client.get("/me/")["Location"]
    assert "why=ended" in location
    assert "your roles" in client.get(location).content.decode()


def test_signing_out_everywhere_else(user):
    elsewhere = signed_in(user, user_agent="Mozilla/5.0 (Windows NT 10.0) Chrome/150 Safari/537 Edg/150")
    here = signed_in(user)
    assert "Edge on Windows" in here.get("/me/").content.decode()
    here.post(reverse("accounts:sessions-end"))
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox on Linux"),
        ("curl/8", "A browser"),
    ],
)
def test_browsers_are_told_apart(agent, words):
    assert browser_of(agent) == words


def test_the_purge_takes_those_that_have_ended(user):
    signed_in(user)
    idle(user)
    still = signed_in(user)
    sessions_purge()
    assert Session.objects.filter(user=user).count() == 1
    assert still.get("/me/").status_code == 200


def test_the_reason_is_one_of_ours(client, db):
    assert "evil" not in client.get("/accounts/login/?why=evil").content.decode()


def test_time_is_told_in_seconds(user):
    client = signed_in(user)
    assert abs(client.session[SIGNED_IN_AT] - time.time()) < 60
