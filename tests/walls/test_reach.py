"""What a request, a job, a thread or a download may reach, and that nothing of it is left for the next."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path, reverse
from psycopg.errors import InvalidTextRepresentation

from peelsite import walls
from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Area, Force
from peelsite.jobs.locks import beside
from peelsite.jobs.models import Job, JobState
from peelsite.jobs.registry import register
from peelsite.jobs.services import job_queue, job_run
from peelsite.jobs.tasks import job_task
from tests import factories
from tests.access.world import Held, world
from tests.walls.standing import as_application, raw_keys, setting, walled_models
from workforce.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db: None) -> tuple[Force, Force]:
    """Two forces with a person and an area each."""
    forces = factories.force_make("Aldershire"), factories.force_make("Bexshire")
    for force in forces:
        factories.person_make(force, family_name=force.name)
        Area.objects.create(force=force, code="A", name=force.name)
    return forces


@pytest.fixture
def closed(two: tuple[Force, Force], monkeypatch: pytest.MonkeyPatch) -> None:
    """As the web server is between requests."""
    monkeypatch.setattr(walls, "_unnarrowed", walls.NOTHING)


def seen() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM forces_area ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


@force_page(Action.ESTABLISHMENT_VIEW)
def areas_page(request: HttpRequest, force: Force) -> HttpResponse:
    return JsonResponse({"areas": seen()})


@force_page(Action.ESTABLISHMENT_VIEW)
def failing_page(request: HttpRequest, force: Force) -> HttpResponse:
    """Ends in the middle of a transaction that PostgreSQL has given up."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    raise AssertionError


class pages:
    urlpatterns = [
        path("<slug:force>/areas/", areas_page),
        path("<slug:force>/failing/", failing_page),
    ]


def signed_in(force: Force) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.user_make(Role.ANALYST, force))
    return client


def test_a_block_narrows_and_gives_back(two: tuple[Force, Force]) -> None:
    assert seen() == ["Aldershire", "Bexshire"]
    with walls.within(two[0].pk):
        assert seen() == ["Aldershire"]
        with walls.everything():
            assert seen() == ["Aldershire", "Bexshire"]
        assert seen() == ["Aldershire"]
        with walls.within(two[0].pk, two[1].pk):
            assert seen() == ["Aldershire", "Bexshire"]
    with walls.within():
        assert seen() == []
    assert seen() == ["Aldershire", "Bexshire"]


def test_what_a_rolled_back_transaction_undid_is_set_again(two: tuple[Force, Force]) -> None:
    with walls.within(two[0].pk):
        for _ in range(2):
            with transaction.atomic():
                with walls.within(two[1].pk):
                    assert seen() == ["Bexshire"]
                transaction.set_rollback(True)
            assert seen() == ["Aldershire"]
            with walls.within(two[1].pk), transaction.atomic():
                assert seen() == ["Bexshire"]
                transaction.set_rollback(True)
            assert seen() == ["Aldershire"]


@pytest.mark.usefixtures("closed")
def test_nothing_is_left_for_the_next_request_on_the_connection(
    two: tuple[Force, Force], settings: Any
) -> None:
    with walls.everything():
        first, second = map(signed_in, two)
    settings.ROOT_URLCONF, settings.LOGIN_URL = pages, "/accounts/login/"
    for _ in range(2):
        for client, force in ((first, two[0]), (second, two[1])):
            assert client.get(f"/{force.slug}/areas/").json() == {"areas": [force.name]}
            assert setting() == walls.NOTHING
            assert seen() == []
            assert client.get(f"/{force.slug}/failing/").status_code == 500
            assert seen() == []
        assert first.get(f"/{two[1].slug}/areas/").status_code == 404
        assert Client().get(f"/{two[0].slug}/areas/").status_code == 302
        assert seen() == []


@pytest.mark.usefixtures("closed")
def test_a_download_reads_its_rows_after_its_request(two: tuple[Force, Force]) -> None:
    with walls.everything():
        client = Client()
        client.force_login(factories.user_make(Role.HR, two[0]))
    response = client.get(reverse("people:list", args=[two[0].slug]), {"download": "csv"})
    # What else this thread does meanwhile is neither seen by the download nor sees what it does.
    lines = []
    for chunk in response.streaming_content:
        lines.append(chunk.decode())
        assert seen() == []
    text = "".join(lines)
    assert "Aldershire" in text
    assert "Bexshire" not in text
    response.close()


def test_a_job_sees_its_force_alone(two: tuple[Force, Force]) -> None:
    found: dict[int | None, list[str]] = {}

    def look(job: Job) -> dict[str, Any]:
        found[job.force_id] = seen()
        return {}

    kind = f"walls.look.{id(look)}"
    register(kind, look)
    for force in (*two, None):
        job = job_queue(kind=kind, subject_id=1, force=force)
        job_run(job_id=job.pk)
        job.refresh_from_db()
        assert job.state == JobState.DONE
    assert found == {two[0].pk: ["Aldershire"], two[1].pk: ["Bexshire"], None: ["Aldershire", "Bexshire"]}


@pytest.mark.usefixtures("closed")
def test_a_task_finds_its_job_also_where_nothing_is_open(two: tuple[Force, Force]) -> None:
    kind = "walls.nothing"
    register(kind, _nothing)
    with walls.everything():
        job = job_queue(kind=kind, subject_id=1, force=two[0])
    job_task(job.pk)
    with walls.everything():
        job.refresh_from_db()
    assert job.state == JobState.DONE


def _nothing(job: Job) -> dict[str, Any]:
    return {}


def test_a_second_connection_reaches_what_the_first_does(two: tuple[Force, Force]) -> None:
    with walls.within(two[0].pk), beside() as cursor:
        cursor.execute("SELECT current_setting(%s)", [walls.SETTING])
        assert cursor.fetchone() == (str(two[0].pk),)


@pytest.mark.usefixtures("closed")
def test_a_new_thread_starts_with_nothing() -> None:
    told: list[str] = []
    with walls.everything():
        thread = threading.Thread(target=lambda: told.append(walls.reach()))
        thread.start()
        thread.join()
    assert told == [walls.NOTHING]


def test_the_user_reaches_the_forces_of_roles_that_are_active(two: tuple[Force, Force]) -> None:
    user = factories.user_make(Role.HR, two[0])
    other = factories.user_make(Role.HR, two[1])
    ended = user.memberships.create(force=two[1], role=Role.ANALYST, is_active=False)
    with walls.of_user(user.pk):
        assert seen() == ["Aldershire"]
        assert set(user.memberships.values_list("pk", flat=True)) >= {ended.pk}
        assert not other.memberships.exists()
    with walls.within(two[1].pk):
        assert [force.name for force in user.forces()] == ["Aldershire"]


def test_copy_is_behind_the_wall_too(two: tuple[Force, Force]) -> None:
    statement = "COPY (SELECT name FROM forces_area) TO STDOUT"
    for force in two:
        with walls.within(force.pk), connection.cursor() as cursor, cursor.copy(statement) as copy:
            assert [row for (row,) in copy.rows()] == [force.name]


def test_a_session_that_was_told_nothing_sees_nothing(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    own: Held = world(tmp_path)[0]
    with as_application(), connection.connection.cursor() as cursor:
        assert own.rows["person"].pk in raw_keys(Person)
        for untold in ("", "0", "user:0"):
            cursor.execute("SELECT set_config(%s, %s, false)", [walls.SETTING, untold])
            for model in walled_models():
                cursor.execute(_of_a_force(model))
                assert cursor.fetchone() == (0,), f"{model._meta.label} with {untold!r}"
        cursor.execute("SELECT set_config(%s, %s, false)", [walls.SETTING, walls.EVERYTHING])


def _of_a_force(model: Any) -> str:
    table = model._meta.db_table
    has_force = "force" in {field.name for field in model._meta.concrete_fields}
    return f'SELECT count(*) FROM "{table}"' + (" WHERE force_id IS NOT NULL" if has_force else "")


def test_what_is_no_list_of_forces_is_refused(two: tuple[Force, Force]) -> None:
    with connection.connection.cursor() as cursor:
        for nonsense in ("1; DROP", "all,", "none"):
            cursor.execute("SAVEPOINT before")
            cursor.execute("SELECT set_config(%s, %s, false)", [walls.SETTING, nonsense])
            with pytest.raises(InvalidTextRepresentation):
                cursor.execute("SELECT name FROM forces_area")
            cursor.execute("ROLLBACK TO SAVEPOINT before")


def test_narrowing_needs_an_end() -> None:
    with pytest.raises(RuntimeError, match="with"):
        walls.narrow(1)
