"""Subject access: everything on one person, nothing on others, and the reading is written down."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role
from peelsite.audit.models import SensitiveRead
from peelsite.audit.subject_access import plan
from peelsite.audit.subject_access.exports import subject_access_write
from peelsite.audit.subject_access.held import WITHHELD, held_on
from tests.factories import force_make, person_make, post_make, posting_make, user_make
from tests.workforce.boards.invented import world_make
from workforce.people.models import Absence, Person

pytestmark = pytest.mark.django_db


def every_table_pointing_at(*subjects) -> set:
    """Found apart from the plan, over every kind of field."""
    return {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if field.concrete and field.is_relation and field.many_to_many is not True
        if field.related_model in subjects and model._meta.managed and not model._meta.proxy
    }


def test_no_table_that_points_at_a_person_or_a_user_is_left_out():
    planned = {
        naming.model for part in (plan.of_person, plan.of_account, plan.of_traces) for naming in part()
    }
    left_out = {apps.get_model(label) for label in plan.LEFT_OUT if label.count(".") == 1}
    missing = every_table_pointing_at(Person, User) - planned - left_out - {Person}
    assert not missing, "neither in the export nor named in plan.LEFT_OUT with its reason"
    assert {"Posting", "Absence", "LimitedDuty", "PostToFill", "PersonEvent"} <= {
        naming.model.__name__ for naming in plan.of_person()
    }
    assert {"Membership", "ApiToken", "Session", "Subscription", "Delivery"} <= {
        naming.model.__name__ for naming in plan.of_account()
    }
    assert all(len(reason) > 20 for reason in plan.LEFT_OUT.values())


def test_no_table_that_keeps_a_persons_number_is_left_out():
    keeping = {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if getattr(field, "column", None) in ("person_id", "person_ids") and not field.is_relation
    }
    assert keeping == {naming.model for naming in plan.of_number()}
    assert "SensitiveRead" in {model.__name__ for model in keeping}


def test_no_secret_is_ever_handed_over():
    secret = {"password", "digest", "session_key", "session_data", "data", "key", "secret", "token"}
    for naming in (*plan.of_account(), plan.Naming(User, ())):
        shown = {field.name for field in plan.columns_of(naming.model)}
        assert not shown & secret, naming.model


def test_the_account_is_handed_over_and_what_it_did_is_counted():
    world = world_make()
    force, person, user = world.force, world.people["C-1"], world.head
    person.user = user
    person.save()
    elsewhere = force_make("Otherset")
    user.memberships.create(force=elsewhere, role=Role.ANALYST)
    other = user_make(Role.HR, force)
    User.objects.filter(pk=other.pk).update(name="Olivia Plainlyinvented")
    held = {each.name: each for each in held_on(person)}
    assert user.email in str(held["accounts_user"].rows)
    assert len(held["accounts_membership"].rows) == 1, "another force's is that force's to hand over"
    assert "Olivia" not in str([each.rows for each in held.values()])
    person.user = other
    person.save()
    again = {each.name: each for each in held_on(person)}
    assert user.email in str(again["accounts_user"].rows), "an account that was once linked too"


def test_what_the_account_did_is_counted_and_shows_nobody_else():
    world = world_make()
    world.publish()
    world.decide("B-1")
    person = world.people["C-1"]
    person.user = world.chief
    person.save()
    (traces,) = [each for each in held_on(person) if each.name == "account_traces"]
    decided = [row for row in traces.rows if row[0] == "Decisions"]
    assert decided
    assert decided[0][2] == "1"
    assert "B-1" not in str(traces.rows)


def test_everything_of_the_person_and_nothing_of_others():
    world = world_make()
    force, person = world.force, world.people["C-1"]
    Absence.objects.create(
        force=force, person=person, kind="sickness", during=DateRange(date(2016, 1, 1), None)
    )
    person.given_names = "Robin"
    person.save()
    held = {each.name: each for each in held_on(person)}
    assert len(held["workforce_posting"].rows) == 1
    assert "Sickness" in str(held["workforce_absence"].rows)
    assert len(held["workforce_personevent"].rows) == 2
    assert "Alex" in str(held["workforce_personevent"].rows), "earlier versions too"
    everything = str([each.rows for each in held.values()])
    for other in ("B-4", "C-2", "C-3"):
        assert world.people[other].family_name not in everything


def test_names_of_users_and_of_other_people_are_withheld():
    world = world_make()
    world.publish()
    world.decide("B-1")
    to_fill = world.posts["B-1"].posts_to_fill.get()
    mover = world.people["C-1"]
    posting = posting_make(mover, None, kind="seconded_out", host="College", starts_on=date(2016, 5, 1))
    to_fill.state, to_fill.person, to_fill.posting = "matched", mover, posting
    to_fill.matched_by, to_fill.matched_at = world.head, timezone.now()
    to_fill.save()
    (matched,) = [each for each in held_on(mover) if each.name == "workforce_posttofill"]
    assert WITHHELD in matched.rows[0]
    assert str(world.head) not in str(matched.rows)


def test_the_file_reads_as_a_page_and_as_workbooks():
    force = force_make()
    person = person_make(force, "1187", family_name="Plainlyinvented")
    posting_make(person, post_make(force, "B-1"))
    target = BytesIO()
    subject_access_write(target, person=person, force=force, reason="Asked on 4 May")
    with zipfile.ZipFile(target) as archive:
        names = set(archive.namelist())
        page = archive.read("index.html").decode()
        assert archive.read("workforce_posting.xlsx").startswith(b"PK")
    assert {"index.html", "workforce_person.xlsx", "workforce_posting.xlsx"} <= names
    assert "What Testshire holds on Alex Plainlyinvented (1187)" in page
    assert "Asked on 4 May" in page


def test_the_command_writes_down_the_reading_first(tmp_path: Path, capsys):
    person = person_make(force_make(), "1187")
    out = tmp_path / "held.zip"
    asked = ["subject_access", "--force", "testshire", "--person", "1187", "--out", str(out)]
    with pytest.raises(CommandError, match="Say why"):
        call_command(*asked, "--reason", " ")
    assert not out.exists()
    call_command(*asked, "--reason", "Asked on 4 May")
    assert out.stat().st_size > 0
    assert "are in" in capsys.readouterr().out
    read = SensitiveRead.objects.get()
    assert (read.kind, read.reason, read.person_ids) == ("subject_access", "Asked on 4 May", [person.pk])
    with pytest.raises(CommandError, match="there already"):
        call_command(*asked, "--reason", "Asked on 5 May")
    with pytest.raises(CommandError, match="no person"):
        call_command(
            "subject_access", "--force", "testshire", "--person", "2", "--reason", "Why", "--out", "x"
        )
