"""Every address, every method, everybody: nobody, a stranger, each role, the owner, a superuser."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from rest_framework import serializers, viewsets
from rest_framework.routers import SimpleRouter

from peelsite import walls
from peelsite.accounts.access import ActionPermission, force_page
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Area
from tests import factories
from tests.access.asking import METHODS, Caller, ask, faults, row_counts, url_of
from tests.access.matrix import DOORS, NARROWED, SUPERUSER, Door, door_of
from tests.access.walk import addresses
from tests.access.world import Held, member_of, world

# Parts of an address that stand for no row of a force.
NOT_ROWS = {"force", "code", "target", "number", "label", "model", "kind", "line"}


@pytest.fixture(scope="module")
def kept(kept_transaction: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Held, Held, Path]:
    """Two forces with a row of every kind, made once, and the folder of their files."""
    folder = tmp_path_factory.mktemp("kept")
    with override_settings(MEDIA_ROOT=str(folder)):
        return *world(folder), folder


@pytest.fixture
def db(kept_savepoint: None) -> None:
    """What a walk did is undone; `kept` stays."""


@pytest.fixture
def forces(
    kept: tuple[Held, Held, Path], db: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> tuple[Held, Held]:
    """The force asked about and the stranger's, each with a row of every kind."""
    # A thousand refusals are meant; each would be written down with its trace.
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.MEDIA_ROOT = str(kept[2])
    # A walk asks for the sign-in pages more often than a person may.
    settings.ACCOUNT_RATE_LIMITS = False
    return kept[0], kept[1]


@pytest.fixture
def first_wall_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL shows every row: what is hidden then is hidden by the permission table and nothing else."""
    monkeypatch.setattr(walls, "reach", lambda: walls.EVERYTHING)


def stranger(forces: tuple[Held, Held]) -> Caller:
    """Everything in the other force, nothing in this one."""
    return Caller("stranger", member_of(forces[1], *Role.values))


def walk(
    caller: Caller, held: Held, other: Held | None = None, *, admin: bool = True
) -> tuple[int, list[str]]:
    """Ask every address by its methods; with `other`, for this force's rows under that force's name.

    `admin`: whether to ask the admin pages too, whose one question no role has to do with.

    Returns how often something was asked, and what was wrong.
    """
    asked, wrong = 0, []
    for address in addresses():
        if other is not None and not ("force" in address.parameters and address.parameters - NOT_ROWS):
            continue
        door = door_of(address.name)
        if not admin and SUPERUSER in door.values():
            continue
        for method, need in door.items():
            url = url_of(address, held, slug=other.force.slug if other else "")
            answer = ask(caller, address, method, url, held)
            asked += 1
            wrong += [
                f"{caller.name}: {method} {url} ({address.name}) {fault}"
                for fault in faults(address, need, caller, answer)
            ]
    return asked, wrong


def report(record: Callable[[str, str], None], caller: Caller, asked: int) -> None:
    """Count in the closing lines what was asked; called when nothing was wrong."""
    addressed = f"{asked} requests to {len(addresses())} addresses of 2 forces"
    record("figure", f"access, {caller.name}: {addressed}, 0 leaks")


def test_every_address_has_its_line() -> None:
    missing = {address.name for address in addresses()} - set(DOORS)
    assert not {name for name in missing if not name.startswith(("admin:", "[admin/"))}
    assert not set(DOORS) - {address.name for address in addresses()}, "lines of addresses that are gone"


@pytest.mark.usefixtures("first_wall_alone")
def test_nobody_is_let_in(forces: tuple[Held, Held], record_property: Callable[[str, str], None]) -> None:
    caller = Caller("nobody", None)
    counted = row_counts()
    asked, wrong = walk(caller, forces[0])
    assert not wrong, "\n".join(wrong)
    assert row_counts() == counted
    report(record_property, caller, asked)


@pytest.mark.usefixtures("first_wall_alone")
def test_a_stranger_sees_and_changes_nothing(
    forces: tuple[Held, Held], record_property: Callable[[str, str], None]
) -> None:
    """All roles of another force open nothing of this one, under this force's name or their own."""
    caller = stranger(forces)
    counted = row_counts()
    asked, wrong = walk(caller, forces[0])
    crossed, more = walk(caller, forces[0], forces[1])
    assert not wrong + more, "\n".join(wrong + more)
    assert crossed > 50
    assert row_counts() == counted
    report(record_property, caller, asked + crossed)


@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_what_it_should_and_no_more(
    forces: tuple[Held, Held], role: str, record_property: Callable[[str, str], None]
) -> None:
    caller = Caller(
        role,
        member_of(forces[0], role),
        roles=frozenset({role}),
        has_another_home=role == Role.PARTNER,
    )
    asked, wrong = walk(caller, forces[0], admin=False)
    assert not wrong, "\n".join(wrong)
    report(record_property, caller, asked)


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.PARTNER, Role.EMPLOYEE])
def test_a_colleague_of_another_unit_sees_nothing_of_this_one(
    forces: tuple[Held, Held], role: str, record_property: Callable[[str, str], None]
) -> None:
    """Where a role reaches some units only, rows of the others are not there."""
    held = forces[0]
    caller = Caller(f"{role} elsewhere", member_of(held, role, unit=held.elsewhere), roles=frozenset({role}))
    hidden = [held.rows["person"].family_name.encode(), held.rows["post"].reference.encode() + b"<"]
    asked, wrong = 0, []
    for address in addresses():
        for method, need in door_of(address.name).items():
            if address.name not in NARROWED or not caller.may(need, is_narrowed=True):
                continue
            if caller.may(need, is_narrowed=False):
                continue
            answer = ask(caller, address, method, url_of(address, held), held)
            asked += 1
            is_of_a_row = bool(address.parameters - NOT_ROWS)
            if is_of_a_row and answer.status != 404:
                wrong.append(f"{method} {address.name} answered {answer.status}")
            if answer.changed or any(word in answer.body for word in hidden):
                wrong.append(f"{method} {address.name} showed or changed what is elsewhere")
    assert not wrong, "\n".join(wrong)
    assert asked
    record_property("figure", f"access, {caller.name}: {asked} requests for another unit's rows, 0 leaks")


def test_what_is_a_persons_own_opens_to_that_person(forces: tuple[Held, Held]) -> None:
    held = forces[0]
    caller = Caller("owner", held.rows["user"], roles=frozenset({Role.HR}), owns=True)
    caller.secret = held.secret
    _, wrong = walk(caller, held, admin=False)
    assert not wrong, "\n".join(wrong)


def test_a_superuser_opens_the_admin_pages_and_no_force(forces: tuple[Held, Held]) -> None:
    user = factories.user_make(None)
    user.is_staff = user.is_superuser = True
    user.save()
    _, wrong = walk(Caller("superuser", user), forces[0])
    assert not wrong, "\n".join(wrong)


def test_methods_without_a_line_are_refused(forces: tuple[Held, Held]) -> None:
    """To a member with every role: 405, or as if there were nothing."""
    held = forces[0]
    caller = Caller("every role", member_of(held, *Role.values), roles=frozenset(Role.values))
    wrong = []
    for address in addresses():
        door = door_of(address.name)
        if SUPERUSER in door.values():
            continue
        for method in METHODS:
            if method not in door:
                answer = ask(caller, address, method, url_of(address, held), held)
                if answer.changed or not (answer.status == 405 or answer.is_refusal or answer.status == 400):
                    wrong.append(f"{method} {address.name} answered {answer.status}, {answer.changed}")
    assert not wrong, "\n".join(wrong)


def unchecked_page(request: Any, force: str) -> HttpResponse:
    """A page whose author forgot to ask."""
    return HttpResponse(f"The records of {force}")


@force_page(Action.BOARD_VIEW)
def wrongly_checked_page(request: Any, force: Any) -> HttpResponse:
    """A page that asks for the wrong action."""
    return HttpResponse("Everything about people")


class AreaSerializer(serializers.ModelSerializer):
    class Meta:
        model = Area
        fields = ["id", "name"]


class UnscopedViewSet(viewsets.ModelViewSet):
    """Asks for the action and forgets whose rows they are."""

    queryset = Area.objects.all()
    serializer_class = AreaSerializer
    permission_classes = [ActionPermission]
    read_action = write_action = Action.ESTABLISHMENT_VIEW


_router = SimpleRouter()
_router.register("api/v1/unscoped", UnscopedViewSet, "area")
PLANTED: dict[str, Door] = {
    "unchecked": {"GET": Action.PEOPLE_VIEW},
    "wrong": {"GET": Action.PEOPLE_VIEW},
    "area-list": {"GET": Action.ESTABLISHMENT_VIEW},
    "area-detail": {"GET": Action.ESTABLISHMENT_VIEW, "DELETE": Action.ESTABLISHMENT_VIEW},
}


class urlpatterns_with_faults:
    """A urlconf whose every address has a fault."""

    urlpatterns = [
        path("<slug:force>/unchecked/", unchecked_page, name="unchecked"),
        path("<slug:force>/wrong/", wrongly_checked_page, name="wrong"),
        *_router.urls,
    ]


@pytest.mark.parametrize(
    ("name", "method", "said"),
    [
        ("unchecked", "GET", "was not refused: 200"),
        ("area-list", "GET", "showed the force's records"),
        ("area-detail", "GET", "showed the force's records"),
        ("area-detail", "DELETE", "wrote to"),
    ],
)
@pytest.mark.usefixtures("first_wall_alone")
def test_a_forgotten_check_is_found(
    forces: tuple[Held, Held], monkeypatch: pytest.MonkeyPatch, name: str, method: str, said: str
) -> None:
    """By itself, and not by the second wall, which is taken down here."""
    monkeypatch.setattr(walls, "reach", lambda: walls.EVERYTHING)
    with override_settings(ROOT_URLCONF=urlpatterns_with_faults):
        found = _faults_of(name, method, stranger(forces), forces[0])
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(("name", "method"), [("area-list", "GET"), ("area-detail", "DELETE")])
def test_behind_a_forgotten_check_stands_the_second_wall(
    forces: tuple[Held, Held], name: str, method: str
) -> None:
    """The rows of the other force are not there for a view that forgets whose they are."""
    with override_settings(ROOT_URLCONF=urlpatterns_with_faults):
        found = _faults_of(name, method, stranger(forces), forces[0])
    assert not any("showed" in fault or "wrote" in fault for fault in found), found


def test_a_check_for_the_wrong_action_is_found(forces: tuple[Held, Held]) -> None:
    finance = Caller("finance", member_of(forces[0], Role.FINANCE), roles=frozenset({Role.FINANCE}))
    with override_settings(ROOT_URLCONF=urlpatterns_with_faults):
        assert _faults_of("wrong", "GET", finance, forces[0]) == ["was not refused: 200"]


def test_an_address_without_a_line_is_found() -> None:
    with pytest.raises(KeyError):
        door_of("unchecked")


def _faults_of(name: str, method: str, caller: Caller, held: Held) -> list[str]:
    address = next(each for each in addresses() if each.name == name)
    answer = ask(caller, address, method, url_of(address, held), held)
    return faults(address, PLANTED[name][method], caller, answer)
