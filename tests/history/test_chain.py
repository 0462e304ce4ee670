"""The chain of seals: what it covers, what it finds, and that no transaction slips past it."""

import threading
from collections.abc import Iterator

import pghistory
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from peelsite.forces.models import Area, Force
from peelsite.history.calc import BEFORE_ALL, Head
from peelsite.history.models import HistorySeal
from peelsite.history.sealed import sealed_tables
from peelsite.history.services import history_seal
from peelsite.history.tasks import history_seal_next
from peelsite.history.verification import history_verify
from tests.factories import force_make, post_make

AREAS = "forces_areaevent"


def areas_make(force: Force, *codes: str) -> None:
    for code in codes:
        Area.objects.create(force=force, code=code, name=f"Area {code}")


def tampering(statement: str, *parameters: object) -> None:
    """As somebody who owns the tables and has put their triggers to sleep."""
    with connection.cursor() as cursor:
        tables = [AREAS, "history_historyseal", "pghistory_context"]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def sealed(db: None) -> Force:
    """A force with four areas, whose history is in two seals."""
    force = force_make()
    areas_make(force, "A", "B")
    assert history_seal()
    areas_make(force, "C", "D")
    assert history_seal()
    return force


def ids() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pgh_id FROM {AREAS} ORDER BY 1")
        return [pk for (pk,) in cursor.fetchall()]


def test_the_history_of_every_table_is_sealed(sealed):
    assert AREAS in sealed_tables()
    assert {"workforce_postevent", "accounts_userevent", "audit_sensitiveread"} <= set(sealed_tables())
    found = history_verify()
    assert found.is_sound
    assert (found.seals, found.unsealed) == (2, 0)
    assert found.rows >= 4
    assert history_seal() is None, "nothing new, no seal"
    areas_make(sealed, "E")
    assert history_verify().unsealed == 1
    assert history_seal().number == 3
    assert history_verify().is_sound


def test_beats_task_seals_too(sealed):
    """Within a context, as every task runs in one."""
    areas_make(sealed, "E")
    history_seal_next()
    assert HistorySeal.objects.count() == 3
    with pghistory.context(command="verify_history"):
        assert history_verify().is_sound


def test_a_range_is_cut_into_parts(db):
    force = force_make()
    areas_make(force, *"ABCDEFG")
    seal = history_seal(rows_a_part=3)
    parts = [part for part in seal.parts if part["table"] == AREAS]
    assert [part["rows"] for part in parts] == [3, 3, 1]
    assert parts[0]["after"] == BEFORE_ALL
    assert [part["after"] for part in parts[1:]] == [part["to"] for part in parts[:-1]]
    assert history_verify().is_sound


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE {AREAS} SET name = 'Another' WHERE pgh_id = %s", "changed or exchanged"),
        (f"UPDATE {AREAS} SET pgh_created_at = now() - interval '1 day' WHERE pgh_id = %s", "changed"),
        (f"DELETE FROM {AREAS} WHERE pgh_id = %s", "Rows were removed"),
        (
            (
                f"INSERT INTO {AREAS} (pgh_id, pgh_created_at, pgh_label, id, code, name,"
                " force_id, pgh_obj_id)"
                f" SELECT pgh_id - 1000000, now(), 'insert', 9, 'Z', 'Z', force_id, 9 FROM {AREAS}"
                " WHERE pgh_id = %s"
            ),
            "slipped in",
        ),
    ],
)
@pytest.mark.parametrize("which", [0, 1, 3])
def test_tampering_is_found_and_its_place_named(sealed, statement, said, which):
    tampering(statement, ids()[which])
    found = history_verify()
    assert not found.is_sound
    first = found.faults[0]
    assert first.table == AREAS
    assert said in first.sentence
    assert first.seal == (1 if which < 2 or "INSERT" in statement else 2)
    with pytest.raises(CommandError, match=AREAS):
        call_command("verify_history")


def test_two_rows_that_changed_places_are_found(sealed):
    one, other = ids()[:2]
    tampering(
        f"UPDATE {AREAS} AS area SET name = twin.name, code = twin.code FROM {AREAS} AS twin"
        " WHERE (area.pgh_id, twin.pgh_id) IN ((%s, %s), (%s, %s))",
        one,
        other,
        other,
        one,
    )
    (fault,) = history_verify().faults
    assert "exchanged" in fault.sentence
    assert (fault.after, fault.to) == (BEFORE_ALL, other)


def test_another_name_behind_a_change_is_found(db):
    force = force_make()
    with pghistory.context(user=1, reason="Told so"):
        areas_make(force, "A")
    history_seal()
    assert history_verify().is_sound
    tampering("UPDATE pghistory_context SET metadata = metadata || '{\"user\": 2}'")
    assert {fault.table for fault in history_verify().faults} >= {AREAS}


def test_a_changed_seal_is_found(sealed):
    tampering("UPDATE history_historyseal SET sealed_at = sealed_at - interval '1 hour' WHERE number = 1")
    assert "Seal 1 itself was changed" in history_verify().faults[0].sentence


def test_a_row_and_its_seal_made_to_fit_break_the_next_seal(sealed):
    """Who changes a row and writes its seal anew must write every later one: the outside head tells."""
    head = Head(2, HistorySeal.objects.get(number=2).digest)
    tampering(f"UPDATE {AREAS} SET name = 'Another' WHERE pgh_id = %s", ids()[0])
    tampering("DELETE FROM history_historyseal")
    assert history_seal().number == 1
    areas_make(sealed, "E")
    assert history_seal().number == 2
    assert history_verify().is_sound, "nobody can tell from the inside"
    (fault,) = history_verify(outside=head).faults
    assert "kept elsewhere" in fault.sentence


@pytest.mark.parametrize("number", [1, 2])
def test_a_removed_seal_is_found(sealed, number):
    head = Head(2, HistorySeal.objects.get(number=2).digest)
    tampering("DELETE FROM history_historyseal WHERE number = %s", number)
    assert not history_verify(outside=head).is_sound
    assert history_verify().is_sound == (number == 2)


def test_columns_added_later_change_no_seal(sealed):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {AREAS} ADD COLUMN colour text NOT NULL DEFAULT 'green'")
    assert history_verify().is_sound


def test_no_setting_of_a_session_changes_a_digest(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Tokyo'; SET LOCAL DateStyle = 'German'")
    assert history_verify().is_sound


@pytest.mark.parametrize(
    "statement", ["UPDATE history_historyseal SET digest = 'x'", "DELETE FROM history_historyseal"]
)
def test_the_owner_cannot_change_a_seal(sealed, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_head_is_printed_for_a_copy_elsewhere(sealed, capsys):
    call_command("seal_history", "--print-head")
    head = Head.read(capsys.readouterr().out)
    assert head == Head(2, HistorySeal.objects.get(number=2).digest)
    call_command("verify_history", "--head", str(head))
    assert "as it was sealed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is no head"):
        call_command("verify_history", "--head", "12:abc")


@pytest.fixture
def other_connection(transactional_db: None) -> Iterator[object]:
    other = connections.create_connection("default")
    yield other
    other.close()


def test_a_transaction_that_ends_late_is_neither_missed_nor_breaks_the_chain(other_connection):
    """It takes an id first and commits after others with later ids were committed, and after a seal."""
    force = force_make()
    with other_connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "INSERT INTO forces_area (force_id, code, name) VALUES (%s, 'LATE', 'Late')", [force.pk]
        )
        areas_make(force, "EARLY")
        seal = history_seal(wait_seconds=0.1)
        assert AREAS not in {part["table"] for part in seal.parts}, "left for the next seal"
        assert history_verify().is_sound
        cursor.execute("COMMIT")
    seal = history_seal(wait_seconds=0.1)
    assert [part["rows"] for part in seal.parts if part["table"] == AREAS] == [2]
    found = history_verify()
    assert found.is_sound
    assert found.unsealed == 0


def test_sealing_while_others_write_misses_nothing(transactional_db):
    force = force_make()
    stop = threading.Event()

    def write(letter: str) -> None:
        for number in range(60):
            if stop.is_set():
                break
            with transaction.atomic():
                areas_make(force, f"{letter}{number}")
        connection.close()

    writers = [threading.Thread(target=write, args=[letter]) for letter in "ABC"]
    for writer in writers:
        writer.start()
    try:
        while any(writer.is_alive() for writer in writers):
            history_seal(wait_seconds=1.0)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    history_seal()
    found = history_verify()
    assert found.is_sound, found.faults
    assert found.unsealed == 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {AREAS}")
        counted = cursor.fetchone()[0]
    sealed_rows = [
        part["rows"] for seal in HistorySeal.objects.all() for part in seal.parts if part["table"] == AREAS
    ]
    assert sum(sealed_rows) == counted == 180


def test_a_change_by_nobody_in_particular_says_which_role_made_it(db):
    force = force_make()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO forces_area (force_id, code, name) VALUES (%s, 'RAW', 'Raw')", [force.pk])
        cursor.execute(
            f"SELECT context.metadata ->> 'role' FROM {AREAS} area"
            " JOIN pghistory_context context ON context.id = area.pgh_context_id WHERE area.code = 'RAW'"
        )
        assert cursor.fetchone() == (connection.settings_dict["USER"],)


def test_a_context_is_never_changed(db):
    with pghistory.context(user=1, reason="First"):
        post_make(force_make())
    for statement in ("UPDATE pghistory_context SET metadata = '{}'", "DELETE FROM pghistory_context"):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
