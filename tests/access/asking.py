"""Asking one address as one caller, undone afterwards, and judging the answer."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from peelsite.accounts.models import User
from peelsite.accounts.permissions import ROLE_ACTIONS, Action, Scope
from tests.access.matrix import MEMBER, NARROWED, OWN, PUBLIC, SIGNED_IN, SUPERUSER, Need
from tests.access.walk import Address
from tests.access.world import Held, arguments, token_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SIGN_IN_PAGES = ("/accounts/login/", "/admin/login/")
DONE = frozenset({200, 201, 202, 204, 302})
# A write with nothing in it is asked for properly and refused for what it holds.
NOT_UNDERSTOOD = frozenset({400, 409, 412, 415, 428})
MARK = b"alder"
# When a session was last used is written with every request, whatever came of it.
NOTED = frozenset({"accounts_session"})
# What must be sent for a page to be there at all.
BODIES = {"imports:target": {"target": "posts"}}


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes
    changed: frozenset[str]

    @property
    def is_sign_in(self) -> bool:
        return self.status == 302 and self.location.startswith(SIGN_IN_PAGES)

    @property
    def is_refusal(self) -> bool:
        return self.status in (401, 403, 404) or self.is_sign_in


@dataclass
class Caller:
    """Who asks: signed in for pages, with a token for the API. `roles` are those in the force asked about."""

    name: str
    user: User | None
    roles: frozenset[str] = frozenset()
    owns: bool = False
    # Also a member of a force that is none of the two, and sees its own rows in lists that span forces.
    has_another_home: bool = False
    client: Client = field(default_factory=Client)
    secret: str = ""

    def __post_init__(self) -> None:
        if self.user is not None:
            self.client.force_login(self.user)
            self.secret = token_of(self.user)
        self.cookies = dict(self.client.cookies)

    def may(self, need: Need, *, is_narrowed: bool) -> bool:
        """What the matrix says about this caller; `is_narrowed`: an action in some units is enough."""
        if need == PUBLIC:
            return True
        if self.user is None:
            return False
        words = {
            SIGNED_IN: True,
            SUPERUSER: self.user.is_superuser,
            OWN: self.owns,
            MEMBER: bool(self.roles),
        }
        if isinstance(need, str) and not isinstance(need, Action):
            return words[need]
        if isinstance(need, tuple):
            return all(self.may(each, is_narrowed=is_narrowed) for each in need)
        wanted = need if isinstance(need, frozenset) else {need}
        scopes = {ROLE_ACTIONS[role].get(action) for role in self.roles for action in wanted} - {None}
        return bool(scopes) if is_narrowed else Scope.FORCE in scopes


def url_of(address: Address, held: Held, *, slug: str = "") -> str:
    """The address for rows of `held`; `slug` puts another force's name before them."""
    given = arguments(address, held)
    if slug:
        given["force"] = slug
    if address.name.startswith("["):
        path = "/" + address.route
        for name, value in given.items():
            path = path.replace(f"<path:{name}>", str(value)).replace(f"(?P<{name}>.*)$", str(value))
        return path
    return reverse(address.name, kwargs=given)


def ask(caller: Caller, address: Address, method: str, url: str, held: Held) -> Answer:
    """The answer, and the tables that were written meanwhile. Nothing of it stays."""
    for name, value in caller.cookies.items():
        caller.client.cookies[name] = value
    headers, sent, query = {}, {}, ""
    if address.is_api:
        headers = {"authorization": f"Bearer {caller.secret}"} if caller.secret else {}
        sent = {"force": held.force.slug}
        query = f"?force={held.force.slug}"
    elif method == "POST":
        sent = BODIES.get(address.name, {})
    with transaction.atomic():
        before = _written()
        content = {"content_type": "application/json"} if address.is_api and method != "GET" else {}
        response = getattr(caller.client, method.lower())(
            url + query, **({"data": sent} if content or sent else {}), **content, headers=headers
        )
        body = _body(response)
        after = _written()
        transaction.set_rollback(True)
    changed = frozenset(table for table, count in after.items() if count != before.get(table)) - NOTED
    return Answer(response.status_code, response.headers.get("Location", ""), body, changed)


def _body(response: HttpResponse) -> bytes:
    if not response.streaming:
        return response.content
    return b"".join(response.streaming_content)


def _written() -> dict[str, Any]:
    """Rows inserted, updated and deleted by this transaction so far, by table, as PostgreSQL counts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


def row_counts() -> dict[str, int]:
    """Rows of every table."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
        return counts


def faults(address: Address, need: Need, caller: Caller, answer: Answer) -> list[str]:
    """What is wrong with an answer, in words; nothing when it is as the matrix says."""
    if answer.status >= 500:
        return [f"broke with {answer.status}"]
    if caller.may(need, is_narrowed=address.name in NARROWED):
        # Among the admin pages are rows that even superusers may only look at, and pages without a form.
        fine = DONE | NOT_UNDERSTOOD | ({403, 404, 405} if need == SUPERUSER else set())
        signs_out = need == PUBLIC and answer.is_sign_in
        if answer.status in fine and (signs_out or not answer.is_sign_in):
            return []
        return [f"should be open and answered {answer.status} {answer.location}"]
    found = []
    if answer.changed:
        found.append(f"wrote to {', '.join(sorted(answer.changed))}")
    if not caller.roles and answer.status in (200, 201) and MARK in answer.body.lower():
        found.append("showed the force's records")
    if caller.user is None and not (answer.status == 401 if address.is_api else answer.is_sign_in):
        found.append(f"let nobody in: {answer.status}")
    elif caller.user is not None and not _is_refused(address, need, caller, answer):
        found.append(f"was not refused: {answer.status}")
    return found


def _is_refused(address: Address, need: Need, caller: Caller, answer: Answer) -> bool:
    """Strangers must not learn that a row is there: 404. A member without the action is told so: 403.

    A list of the API has no row to hide: strangers find it empty, or are told what they asked wrongly.
    """
    if need == SUPERUSER:
        return answer.is_refusal or (answer.status == 302 and answer.location.startswith("/admin/"))
    if need == OWN:
        return answer.status == 404
    if address.is_api and not address.parameters and (not caller.roles or caller.has_another_home):
        return answer.status in (400, 403, 404) or (answer.status == 200 and MARK not in answer.body.lower())
    if caller.roles or caller.user.is_superuser:
        return answer.status in ((403, 404) if address.is_api or not caller.roles else (403,))
    return answer.status == 404
