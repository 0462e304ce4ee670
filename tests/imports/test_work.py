"""Imports as jobs: two confirmations, a killed worker, records that move under a preview, a refusing
database."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from peelsite.imports import services
from peelsite.imports.engine import run
from peelsite.imports.models import ImportBatch, ImportState
from peelsite.imports.work import work_start
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue, job_run
from peelsite.jobs.tasks import job_task
from tests import factories
from tests.imports import steps
from tests.imports.files import delimited
from tests.services import wait_until
from workforce.establishment.models import Post
from workforce.people import planning
from workforce.people.models import Person, Posting

ROWS = 40


@pytest.fixture
def checked(force, tmp_path: Path):
    """A preview of ROWS new people, each in a post of the force."""
    factories.post_make(force, "P-0")
    for number in range(1, ROWS + 1):
        factories.post_make(force, f"P-{number}")
    rows = [[f"N{n}", f"Family{n}", "01/04/2016", f"P-{n}"] for n in range(1, ROWS + 1)]
    path = delimited(tmp_path / "people.csv", [["Collar no", "Surname", "Date joined", "Post ref"], *rows])
    batch = steps.checked(force, "people", path)
    assert batch.counts["new"] == ROWS
    return batch


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_load_once(checked) -> None:
    outcomes = []
    start = threading.Barrier(2)

    def confirm() -> None:
        start.wait()
        try:
            work_start(services.batch_confirm(batch=checked), user=None)
            outcomes.append("loaded")
        except ValidationError as refused:
            outcomes.append(refused.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[1] == "loaded"
    assert sorted(outcomes)[0].startswith("This import is ")
    assert Person.objects.count() == Posting.objects.count() == ROWS


@pytest.mark.django_db(transaction=True)
def test_a_load_that_runs_twice_has_one_effect(checked) -> None:
    batch = services.batch_confirm(batch=checked)
    job = job_queue(kind="imports.loading", subject_id=batch.pk, force=batch.force)
    assert job_run(job_id=job.pk)
    job_run(job_id=job.pk)
    # A second job for the same batch, as a retry by hand would queue it, finds the work done.
    again = job_queue(kind="imports.loading", subject_id=batch.pk, force=batch.force)
    job_run(job_id=again.pk)
    assert Posting.objects.count() == ROWS


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_nothing_and_the_rerun_loads_all(
    checked, celery_worker_process, settings
) -> None:
    """The worker waits for a lock on the last table in the middle of its load, and is killed there."""
    settings.IMPORT_INLINE_BYTES = 0
    batch = services.batch_confirm(batch=checked)
    worker = celery_worker_process(MEDIA_ROOT=settings.MEDIA_ROOT)
    blocker = connection.copy()
    try:
        blocker.set_autocommit(False)
        with blocker.cursor() as cursor:
            cursor.execute("LOCK TABLE workforce_posting IN SHARE MODE")
        work_start(batch, user=None)
        wait_until(_insert_waits, seconds=60)
        worker.kill()
    finally:
        blocker.rollback()
        blocker.close()
    wait_until(lambda: not _insert_waits(), seconds=30)
    batch.refresh_from_db()
    job = Job.objects.get(kind="imports.loading")
    assert (batch.state, job.state) == ("loading", "running")
    assert Person.objects.count() == Posting.objects.count() == 0
    celery_worker_process(MEDIA_ROOT=settings.MEDIA_ROOT)
    job_task.delay(job.pk)
    wait_until(lambda: ImportBatch.objects.get(pk=batch.pk).state == ImportState.LOADED, seconds=60)
    assert Person.objects.count() == Posting.objects.count() == ROWS


def _insert_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = "
            "'workforce_posting'::regclass)"
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_what_moved_since_the_preview_is_shown_again(checked, force) -> None:
    factories.posting_make(factories.person_make(force, "1187"), Post.objects.get(reference="P-7"))
    batch = steps.again(services.batch_confirm(batch=checked))
    assert batch.state == "ready"
    assert batch.error.startswith("The site's records have changed since this preview was made")
    assert (batch.counts["new"], batch.counts["refused"]) == (ROWS - 1, 1)
    assert not Person.objects.filter(number="N1").exists()
    batch = steps.again(services.batch_confirm(batch=batch))
    assert batch.state == "loaded"
    assert Person.objects.filter(import_id=batch.pk).count() == ROWS - 1


@pytest.mark.django_db
def test_what_only_the_database_refuses_rolls_back_the_whole_load(checked, force, monkeypatch) -> None:
    """The rules' backstop: with the checks beforehand switched off, nothing is loaded and its sentence is
    shown."""
    factories.posting_make(factories.person_make(force, "1187"), Post.objects.get(reference="P-7"))
    monkeypatch.setattr(planning, "_plan_check", lambda stage, *, every_day: 0)
    batch = steps.again(services.batch_confirm(batch=checked))
    assert batch.state == "ready"
    assert batch.error.startswith("Nothing was loaded. Post P-7 is 1 FTE and would be filled with 2 FTE")
    assert not Person.objects.filter(import_id=batch.pk).exists()


@pytest.mark.django_db
def test_work_that_was_given_up_goes_back_and_says_so(checked, monkeypatch) -> None:
    batch = services.batch_confirm(batch=checked)

    def fail(*args, **kwargs):
        raise RuntimeError("out of order")

    monkeypatch.setattr(run, "load", fail)
    work_start(batch, user=None)
    batch = services.batch_settle(batch=ImportBatch.objects.get(pk=batch.pk))
    assert (batch.state, batch.error) == ("ready", "The site could not finish this: RuntimeError.")


@pytest.mark.django_db
def test_nothing_to_load_is_said(checked) -> None:
    steps.again(services.batch_confirm(batch=checked))
    ImportBatch.objects.filter(pk=checked.pk).update(state="checking")
    batch = ImportBatch.objects.get(pk=checked.pk)
    batch = steps.again(batch)
    assert batch.counts["unchanged"] == ROWS
    with pytest.raises(ValidationError, match="no row is new or changed"):
        services.batch_confirm(batch=batch)


@pytest.mark.django_db
def test_files_that_were_never_loaded_are_purged(checked) -> None:
    assert services.files_purge(older_than=timedelta(days=1)) == 0
    assert services.files_purge(older_than=timedelta(seconds=-1)) == 1
    checked.refresh_from_db()
    assert (checked.state, checked.rows.count()) == ("discarded", 0)
