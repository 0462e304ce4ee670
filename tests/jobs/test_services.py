"""A job runs once, is seen while it runs, and ends with a result or a sentence; on real connections."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from peelsite.forces.models import Force
from peelsite.jobs import registry, services
from peelsite.jobs.models import Job, JobState
from peelsite.jobs.services import job_queue, job_run, jobs_lost, progress_note
from peelsite.jobs.tasks import STALE_AFTER_SECONDS, lost_jobs_requeue
from tests.factories import force_make, user_make

ForceEvent = apps.get_model("forces", "ForceEvent")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kind(monkeypatch):
    """Registers functions for kinds of this test alone: `kind(function)` is the kind's name."""
    monkeypatch.setattr(registry, "_functions", {})

    def register(function, name="test.work"):
        registry.register(name, function)
        return name

    return register


def queue(kind: str, subject_id: int = 1, *, waited: timedelta = timedelta(0), **fields) -> Job:
    job = job_queue(kind=kind, subject_id=subject_id, force=None, **fields)
    Job.objects.filter(pk=job.pk).update(queued_at=timezone.now() - waited)
    return job


def in_thread(work) -> list:
    """What `work` returns on a connection of its own."""
    results = []

    def run():
        try:
            results.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert results, "the thread ended without a result"
    return results


def test_runs_once_and_keeps_the_result(kind):
    done = []
    job = queue(kind(lambda job: done.append(job.subject_id) or {"rows": 3}), subject_id=7, total=3)

    assert job_run(job_id=job.pk) is True
    assert job_run(job_id=job.pk) is False
    job.refresh_from_db()
    assert done == [7]
    assert (job.state, job.result, job.attempts, job.error) == (JobState.DONE, {"rows": 3}, 1, "")
    assert job.finished_at >= job.started_at


def test_a_job_that_does_not_exist_is_no_fault(kind):
    assert job_run(job_id=123456) is False


def test_of_many_runners_one_does_the_work(kind):
    started, go_on = threading.Event(), threading.Event()
    runs = []

    def work(job):
        runs.append(threading.get_ident())
        started.set()
        assert go_on.wait(20)
        force_make("Made by the job")
        return {}

    job = queue(kind(work))
    outcomes = []

    def run():
        try:
            outcomes.append(job_run(job_id=job.pk))
        finally:
            connection.close()

    first = threading.Thread(target=run)
    first.start()
    assert started.wait(20)
    others = [threading.Thread(target=run) for _ in range(4)]
    for thread in others:
        thread.start()
    for thread in others:
        thread.join(20)
    assert outcomes == [False] * 4
    go_on.set()
    first.join(20)

    assert outcomes == [False] * 4 + [True]
    assert len(runs) == 1
    assert Force.objects.count() == 1


def test_progress_is_seen_while_the_work_is_not(kind):
    seen = {}

    def work(job):
        force_make("Not yet there")
        progress_note(job, done=40, total=100, note="Reading")
        job_row = in_thread(lambda: Job.objects.get(pk=job.pk))[0]
        seen.update(percent=job_row.percent, note=job_row.note, state=job_row.state)
        seen["forces"] = in_thread(Force.objects.count)[0]
        return {}

    job_run(job_id=queue(kind(work)).pk)

    assert seen == {"percent": 40, "note": "Reading", "state": "running", "forces": 0}
    assert Force.objects.count() == 1


def test_progress_keeps_what_is_not_said_again(kind):
    job = queue(kind(lambda job: {}))
    progress_note(job, done=1, total=9, note="x" * 300)
    progress_note(job, done=2)
    job.refresh_from_db()
    assert (job.done, job.total, job.note) == (2, 9, "x" * 200)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            ValidationError(["Row 3 has no rank.", "Row 4 has no unit."]),
            "Row 3 has no rank. Row 4 has no unit.",
        ),
        (ZeroDivisionError("secret detail"), "The site could not finish this: ZeroDivisionError."),
    ],
)
def test_a_failure_undoes_the_work_and_leaves_its_sentence(kind, fault, sentence):
    def work(job):
        force_make("Half done")
        raise fault

    job = queue(kind(work))
    assert job_run(job_id=job.pk) is True

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, sentence)
    assert Force.objects.count() == 0


def test_a_failure_is_written_before_anybody_else_can_take_the_job_up(kind, monkeypatch):
    """A runner that found the lock free between the failure and its note would do the work twice."""
    others = []
    real = services._finish

    def finish(job, state, **fields):
        others.append(in_thread(lambda: job_run(job_id=job.pk))[0])
        real(job, state, **fields)

    def work(job):
        raise ValidationError("No.")

    monkeypatch.setattr(services, "_finish", finish)
    job = queue(kind(work))
    job_run(job_id=job.pk)

    job.refresh_from_db()
    assert others == [False]
    assert (job.state, job.attempts) == (JobState.FAILED, 1)


def test_a_rule_that_waits_for_commit_is_told_as_a_failure(kind):
    def work(job):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP"
            )
            cursor.execute("INSERT INTO late VALUES (1), (1)")
        force_make("Half done")
        return {}

    job = queue(kind(work))
    job_run(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "The site could not finish this: IntegrityError.")
    assert Force.objects.count() == 0


def test_a_lost_database_connection_leaves_the_job_to_be_taken_up_again(kind):
    lives = iter(["lost", "kept"])

    def work(job):
        force_make("Made")
        if next(lives) == "lost":
            raise OperationalError("server closed the connection unexpectedly")
        return {}

    job = queue(kind(work), waited=timedelta(minutes=1))
    with pytest.raises(OperationalError):
        job_run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, Force.objects.count()) == (JobState.RUNNING, 0)

    assert jobs_lost() == [job.pk]
    assert job_run(job_id=job.pk) is True
    job.refresh_from_db()
    assert (job.state, job.attempts, Force.objects.count()) == (JobState.DONE, 2, 1)


def test_gives_up_after_so_many_attempts(kind):
    runs = []
    job = queue(kind(lambda job: runs.append(1) or {}))
    Job.objects.filter(pk=job.pk).update(attempts=services.MOST_ATTEMPTS, state=JobState.RUNNING)

    job_run(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, runs) == (JobState.FAILED, [])
    assert job.error == "Given up after 5 attempts: the site stopped in the middle of each."


def test_lost_jobs_are_those_that_nobody_is_working_on(kind):
    seen = []

    def work(job):
        seen.extend(in_thread(jobs_lost)[0])
        return {}

    name = kind(work)
    old = timedelta(minutes=1)
    running, lost = queue(name, 1, waited=old), queue(name, 2, waited=old)
    queue(name, 3)
    finished = queue(name, 4, waited=old)
    Job.objects.filter(pk=finished.pk).update(state=JobState.DONE, finished_at=timezone.now())

    job_run(job_id=running.pk)

    assert seen == [lost.pk]


def test_beat_queues_lost_jobs_with_an_end_to_their_waiting(kind, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "peelsite.jobs.tasks.job_task.apply_async", lambda args, **options: sent.append((args, options))
    )
    job = queue(kind(lambda job: {}), waited=timedelta(minutes=1))

    lost_jobs_requeue()

    assert sent == [([job.pk], {"expires": STALE_AFTER_SECONDS})]


def test_a_subject_has_one_unfinished_job_of_a_kind(kind):
    name = kind(lambda job: {})
    first = queue(name, 5)
    assert queue(name, 5) == first, "asked for twice, it is the same job"
    assert queue(name, 6) != first
    with pytest.raises(IntegrityError, match="jobs_job_one_unfinished_a_subject"), transaction.atomic():
        Job.objects.create(kind=name, subject_id=5)

    job_run(job_id=first.pk)
    assert queue(name, 5) != first


def test_an_end_has_a_time_and_only_an_end(kind):
    job = queue(kind(lambda job: {}))
    for fields in ({"state": "done"}, {"finished_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="jobs_job_finished_has_a_time"), transaction.atomic():
            Job.objects.filter(pk=job.pk).update(**fields)


def test_the_work_is_recorded_as_the_askers(kind):
    force = force_make()
    user = user_make(None)

    def work(job):
        force.region = "Eastern"
        force.save()
        return {}

    job = queue(kind(work), requested_by=user)
    job_run(job_id=job.pk)

    event = ForceEvent.objects.filter(pgh_obj=force).latest("pgh_id")
    assert event.pgh_context.metadata["user"] == user.pk
    assert event.pgh_context.metadata["job"] == job.pk


def test_one_function_a_kind(kind):
    kind(lambda job: {})
    with pytest.raises(RuntimeError, match=r"test\.work"):
        kind(lambda job: {})
