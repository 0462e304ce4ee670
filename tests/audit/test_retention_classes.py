"""Imports, the outbox, recipients and closed requests: each goes by its own rule, with proof."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from peelsite.accounts.permissions import Role
from peelsite.audit.models import RetentionRule, SubjectAccessExport, SubjectAccessRequest
from peelsite.audit.retention.registry import all_classes
from peelsite.audit.retention.services import retention_apply
from peelsite.history.verification import history_verify
from peelsite.imports.models import ImportBatch, ImportMend
from peelsite.inspection.models import Delivery
from peelsite.mail.models import OutboxMessage
from tests.access.world import Held, access_request_make, message_make, world
from tests.factories import force_make, person_make, user_make

pytestmark = pytest.mark.django_db

FAR = date(2040, 1, 1)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "kept")


def rule_make(force, what: str, **fields) -> RetentionRule:
    given = {"months": 12, "source": "Test", "valid_from": date(2010, 1, 1), "is_confirmed": True} | fields
    return RetentionRule.objects.create(force=force, what=what, **given)


def without_holds(held: Held) -> Held:
    """A hold on one person keeps all records that do not say whose they are."""
    rule = rule_make(held.force, "imports", valid_from=date(2009, 1, 1))
    assert held.rows["legal-hold"].person_id
    assert retention_apply(rule=rule, day=FAR) is None
    held.rows["legal-hold"].delete()
    return held


def test_every_class_says_what_it_does():
    assert {each.slug for each in all_classes()} >= {
        "absences",
        "limited_duties",
        "leavers",
        "imports",
        "outbox",
        "deliveries",
        "sensitive_reads",
        "access_requests",
    }
    assert all(each.what_goes.endswith(".") and each.event for each in all_classes())


def test_the_outbox_goes_whole():
    own, other = message_make(force_make()), message_make(force_make("Otherset"))
    run = retention_apply(rule=rule_make(own.force, "outbox"), day=FAR)
    assert (run.removed, run.history_rows) == (1, 0)
    assert len(run.digest) == 64
    assert OutboxMessage.objects.get() == other


def test_an_imports_contents_go_and_that_it_was_loaded_stays(
    tmp_path: Path, django_capture_on_commit_callbacks
):
    held = without_holds(world(tmp_path)[0])
    batch = held.rows["import"]
    ImportMend.objects.create(batch=batch, row_no=1, column="rank", value="Plainlyinvented")
    ImportBatch.objects.filter(pk=batch.pk).update(state="discarded")
    path = Path(batch.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        run = retention_apply(rule=rule_make(held.force, "imports"), day=FAR)
    assert run.removed == 1
    assert not list(path.parent.glob(f"{path.name}*"))
    batch.refresh_from_db()
    assert (batch.file.name, batch.sheets, batch.warnings) == ("", [], [])
    assert batch.file_name
    for kept in (batch.rows, batch.issues, batch.mends, batch.effects):
        assert not kept.exists()
    assert not ImportMend.pgh_event_model.objects.exists()
    assert history_verify().is_sound
    assert (
        retention_apply(rule=rule_make(held.force, "imports", valid_from=date(2011, 1, 1)), day=FAR) is None
    )


def test_an_import_that_waits_for_a_person_stays(tmp_path: Path):
    held = without_holds(world(tmp_path)[0])
    assert held.rows["import"].state == "ready"
    assert retention_apply(rule=rule_make(held.force, "imports"), day=FAR) is None


def test_recipients_go_and_that_it_was_sent_stays(tmp_path: Path):
    own, other = map(without_holds, world(tmp_path))
    delivery = own.rows["delivery"]
    address = delivery.address
    Delivery.objects.filter(pk=delivery.pk).update(error="Refused again")
    run = retention_apply(rule=rule_make(own.force, "deliveries"), day=FAR)
    assert run.removed == 1
    assert run.history_rows >= 2
    delivery.refresh_from_db()
    assert delivery.user is None
    assert delivery.address == f"removed-{delivery.pk}@removed.invalid"
    assert delivery.state == "failed"
    events = Delivery.pgh_event_model.objects.filter(pgh_obj_id=delivery.pk)
    assert address not in events.values_list("address", flat=True)
    assert history_verify().is_sound
    other.rows["delivery"].refresh_from_db()
    assert other.rows["delivery"].user is not None


def test_closed_requests_go_with_their_exports(django_capture_on_commit_callbacks):
    force = force_make()
    hr = user_make(Role.HR, force)
    closed, running = (access_request_make(force, person_make(force), hr) for _ in range(2))
    today = timezone.localdate()
    SubjectAccessRequest.objects.filter(pk=closed.pk).update(
        state="answered", closed_on=today, outcome="Posted"
    )
    stored = closed.exports.get().stored
    with django_capture_on_commit_callbacks(execute=True):
        run = retention_apply(rule=rule_make(force, "access_requests"), day=today + timedelta(days=400))
    assert run.removed == 1
    assert list(SubjectAccessRequest.objects.all()) == [running]
    assert list(SubjectAccessExport.objects.all()) == list(running.exports.all())
    assert not (Path(__file__).parent / stored).exists()
    assert history_verify().is_sound
