"""People and postings: what a row does to someone the site knows, and what each rule says when it refuses."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from peelsite.imports import services
from tests import factories
from tests.imports import steps
from tests.imports.files import delimited
from workforce.people.models import Person, Posting

HEADINGS = [
    "Collar no", "Surname", "Forenames", "Date joined", "Date left", "Reason for leaving", "Rank", "Post ref",
    "Posting type",
    "Start in post", "Until", "FTE", "Supernumerary", "Host",
]  # fmt: skip


def row(number: str, post: str = "", **cells: str) -> list[str]:
    """A row of HEADINGS: joined 1 April 2010, in the post from 1 May 2016."""
    given = {
        "Collar no": number, "Surname": "Sample", "Forenames": "Alex", "Date joined": "01/04/2010",
        "Post ref": post,
        "Start in post": "01/05/2016" if post else "",
    } | {name.replace("_", " "): value for name, value in cells.items()}  # fmt: skip
    return [given.get(heading, "") for heading in HEADINGS]


@pytest.fixture
def send(force, tmp_path: Path):
    """Checks or loads rows: `send(rows..., load=True)`."""

    def send(*rows: list[str], load: bool = False, headings: list[str] = HEADINGS):
        path = delimited(tmp_path / "people.csv", [headings, *rows])
        return (steps.loaded if load else steps.checked)(force, "people", path)

    return send


def counts(batch) -> tuple[int, int, int, int]:
    return tuple(batch.counts[name] for name in ("new", "changed", "unchanged", "refused"))


def test_a_move_ends_the_post_before_the_day_before(force, send) -> None:
    person = factories.person_make(force, "1187")
    old = factories.posting_make(person, factories.post_make(force, "B-1"))
    factories.post_make(force, "B-2")
    batch = send(row("1187", "B-2"), load=True)
    assert counts(batch) == (0, 1, 0, 0)
    assert batch.rows.get(outcome="changed").changes == {
        "post": ["B-1", "B-2"],
        "starts": [None, "1 May 2016"],
    }
    old.refresh_from_db()
    assert old.during.upper == date(2016, 5, 1)
    new = person.postings.get(post__reference="B-2")
    assert (new.during.lower, new.during.upper, new.import_id) == (date(2016, 5, 1), None, batch.pk)
    batch = steps.again(services.batch_undo(batch=batch))
    assert batch.state == "undone", batch.error
    old.refresh_from_db()
    assert old.during.upper is None
    assert person.postings.count() == 1


def test_two_people_change_places(force, send) -> None:
    for number, reference in (("1", "B-1"), ("2", "B-2")):
        factories.posting_make(factories.person_make(force, number), factories.post_make(force, reference))
    batch = send(row("1", "B-2"), row("2", "B-1"), load=True)
    assert (batch.state, counts(batch)) == ("loaded", (0, 2, 0, 0)), (batch.error, steps.issues(batch))


def test_who_relied_on_a_refused_move_is_refused_too(force, send) -> None:
    """2 moves into the post that 1 was to leave; 1's row is refused, so the post is not free."""
    for number, reference in (("1", "B-1"), ("2", "B-2")):
        factories.posting_make(factories.person_make(force, number), factories.post_make(force, reference))
    batch = send(row("1", "B-9"), row("2", "B-1"))
    assert steps.issues(batch) == [
        (2, "Post ref", "B-9 is not a post of this force. Import the posts first, or correct it."),
        (
            3,
            "Post ref",
            "B-1 is already held by 1; mark as supernumerary, end that posting, or leave this row out.",
        ),
    ]


def test_a_held_post_names_its_holder_and_until_when(force, send) -> None:
    post = factories.post_make(force, "B-1042")
    factories.posting_make(factories.person_make(force, "1187"), post, ends_before=date(2026, 5, 4))
    batch = send(row("1200", "B-1042"))
    assert steps.issues(batch) == [(2, "Post ref", (
        "B-1042 is already held by 1187 until 3 May 2026; mark as supernumerary, end that posting, "
        "or leave this row "
        "out."))]  # fmt: skip
    batch = send(row("1200", "B-1042", Supernumerary="yes"), load=True)
    assert counts(batch) == (1, 0, 0, 0)


def test_a_post_of_an_acting_holder_is_free(force, send) -> None:
    holder = factories.person_make(force, "1")
    factories.posting_make(holder, factories.post_make(force, "B-1"))
    factories.posting_make(holder, factories.post_make(force, "S-1", rank="SGT"), kind="acting")
    batch = send(row("2", "B-1"), load=True)
    assert (batch.state, counts(batch)) == ("loaded", (1, 0, 0, 0)), steps.issues(batch)


def test_acting_beside_the_substantive_post(force, send) -> None:
    person = factories.person_make(force, "1")
    factories.posting_make(person, factories.post_make(force, "B-1"), starts_on=date(2016, 5, 1))
    factories.post_make(force, "S-1", rank="SGT")
    batch = send(row("1", "B-1"), row("1", "S-1", Posting_type="Acting up", Rank="Constable"), load=True)
    assert (batch.state, counts(batch)) == ("loaded", (0, 1, 1, 0)), steps.issues(batch)
    assert person.postings.filter(kind="acting", during__endswith=None).exists()


def test_leaving_ends_the_posting_and_coming_back_is_seen(force, send) -> None:
    person = factories.person_make(force, "1")
    posting = factories.posting_make(person, factories.post_make(force, "B-1"), starts_on=date(2016, 5, 1))
    batch = send(row("1", "B-1", Date_left="31/12/2016", Reason_for_leaving="Retired"), load=True)
    assert batch.rows.get(outcome="changed").changes == {
        "left_on": [None, "31 December 2016"], "leaving_reason": ["", "retired"], "ends": [None,
        "31 December 2016"],
    }  # fmt: skip
    person.refresh_from_db()
    posting.refresh_from_db()
    assert person.employed.upper == posting.during.upper == date(2017, 1, 1)
    back = send(row("1", "B-1"), load=True)
    assert (back.state, counts(back)) == ("loaded", (0, 1, 0, 0)), back.error
    posting.refresh_from_db()
    assert posting.during.upper is None
    for each in (back, batch):
        assert steps.again(services.batch_undo(batch=each)).state == "undone"
        person.refresh_from_db()
        posting.refresh_from_db()
        ends = date(2017, 1, 1) if each is back else None
        assert person.employed.upper == posting.during.upper == ends
    person.refresh_from_db()
    assert (person.employed.upper, person.leaving_reason) == (None, "")


def test_leaving_without_naming_the_post(force, send) -> None:
    person = factories.person_make(force, "1")
    posting = factories.posting_make(person, factories.post_make(force, "B-1"))
    batch = send(row("1", Date_left="31/12/2016"), load=True)
    assert batch.rows.get(outcome="changed").changes["ends"] == [None, "31 December 2016"]
    posting.refresh_from_db()
    assert posting.during.upper == date(2017, 1, 1)


def test_columns_that_the_file_lacks_are_left_alone(force, send) -> None:
    person = factories.person_make(force, "1", left_before=date(2020, 1, 1), leaving_reason="retired")
    factories.posting_make(
        person,
        factories.post_make(force, "B-1"),
        ends_before=date(2018, 1, 1),
        fte="0.8",
        is_supernumerary=True,
    )
    batch = send(
        ["1", "Sample, Alex", "01/04/2010", "B-1"], headings=["Collar no", "Name", "Date joined", "Post ref"]
    )
    assert counts(batch) == (0, 0, 1, 0), list(batch.rows.values())


def test_open_ends_of_payroll_systems_are_no_end(force, send) -> None:
    factories.post_make(force, "B-1")
    batch = send(row("1", "B-1", Until="31/12/9999", Date_left="31/12/2999"), load=True)
    assert batch.state == "loaded", steps.issues(batch)
    assert Posting.objects.get().during.upper is None
    assert Person.objects.get().employed.upper is None


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"Surname": ""}, "Surname", "The name is empty."),
        ({"Date_joined": ""}, "Date joined", "The cell is empty and needs a value."),
        ({"Date_joined": "01/05/1816"}, "Date joined", "'01/05/1816' is not a day between 1900 and 2199."),
        ({"Date_left": "01/01/2009"}, "Date left", "The last day 1 January 2009 is before the joining date"),
        ({"Reason_for_leaving": "Retired"}, "Reason for leaving", "A leaving reason needs a leaving date."),
        (
            {"Reason_for_leaving": "Cross"},
            "Reason for leaving",
            "'Cross' is not one of: Voluntary resignation, Normal retirement, Medical retirement",
        ),
        (
            {"Until": "01/01/2016"},
            "Until",
            "The end date 1 January 2016 is before the start date 1 May 2016.",
        ),
        ({"FTE": "0"}, "FTE", "The FTE of a posting must be above 0 and not above 1; 0 is not."),
        ({"FTE": "1,5"}, "FTE", "'1,5' is not a number."),
        ({"Supernumerary": "perhaps"}, "Supernumerary", "'perhaps' is neither yes nor no."),
        ({"Posting_type": "Seconded in"}, "Host", "A secondment names the other force or body."),
        ({"Host": "Elsewhere"}, "Host", "Only a secondment names another force or body"),
        (
            {"Posting_type": "Seconded out", "Host": "NCA"},
            "Post ref",
            "Someone seconded out is in no post here",
        ),
        ({"Rank": "Sergeant"}, "Rank", "B-1 is a post for a Constable, and the row says Sergeant."),
        ({"Collar_no": "N" * 21}, "Collar no", "It has 21 characters; 20 at most."),
        (
            {"Start_in_post": "01/03/2010"},
            "Start in post",
            "The posting starts on 1 March 2010, before 1 joined on",
        ),
        (
            {"Until": "31/01/2027"},
            "Post ref",
            "B-1 exists from 1 April 2010 to 31 December 2026, but the posting runs",
        ),
        (
            {"Date_left": "30/06/2016", "Until": "31/07/2016"},
            "Until",
            (
                "The posting runs from 1 May 2016 to 31 July 2016, but 1 is employed from 1 April 2010 "
                "to 30 June 2016."
            ),
        ),
    ],
)
def test_each_rule_has_its_sentence(force, send, cells, column, sentence) -> None:
    factories.post_make(force, "B-1", ends_before=date(2027, 1, 1))
    batch = send(row("1", "B-1", **cells))
    found = [issue for issue in steps.issues(batch) if issue[1] == column]
    assert found, steps.issues(batch)
    assert found[0][0] == 2
    assert found[0][2].startswith(sentence)


def test_words_for_nothing_are_nothing(force, send) -> None:
    factories.post_make(force, "B-1")
    batch = send(row("1", "B-1", Date_left="N/A", Reason_for_leaving="N/A-StillEmployed", FTE="-"), load=True)
    assert batch.state == "loaded", steps.issues(batch)


def test_the_same_person_twice_in_the_same_dates(force, send) -> None:
    factories.post_make(force, "B-1")
    factories.post_make(force, "B-2")
    batch = send(row("1", "B-1"), row("1", "B-2"), row("2"), row("2"))
    assert steps.issues(batch) == [
        (3, "Collar no", "1 is in row 2 too, with a posting in the same dates; leave one of them out."),
        (5, "Collar no", "2 is in row 4 too; leave one of them out."),
    ]


def test_a_posting_in_other_dates_is_a_second_posting(force, send) -> None:
    factories.post_make(force, "B-1")
    factories.post_make(force, "B-2")
    batch = send(row("1", "B-1", Until="31/12/2016"), row("1", "B-2", Start_in_post="01/01/2017"), load=True)
    assert batch.state == "loaded", steps.issues(batch)
    assert Posting.objects.filter(person__number="1").count() == 2
    assert Person.objects.count() == 1


def test_three_half_posts_in_one(force, send) -> None:
    factories.post_make(force, "B-1")
    batch = send(row("1", "B-1", FTE="0.5"), row("2", "B-1", FTE="50%"), row("3", "B-1", FTE="0.5"))
    assert steps.issues(batch) == [(4, "Post ref", (
        "B-1 is already held by 1 (row 2), 2 (row 3); mark as supernumerary, end that posting, or "
        "leave this row out."
    ))]  # fmt: skip


def test_a_full_extract_frees_posts_for_those_in_it(force, send) -> None:
    post = factories.post_make(force, "B-1")
    gone = factories.person_make(force, "1")
    held = factories.posting_make(gone, post)
    later = factories.person_make(force, "2", joined=date(2016, 6, 1))
    batch = send(row("3", "B-1"))
    assert counts(batch) == (0, 0, 0, 1)
    assert [(each.key, each.label) for each in batch.rows.filter(outcome="missing")] == [
        ("1", "In post B-1"), ("2", "In no post"),
    ]  # fmt: skip
    batch = steps.extract(batch, date(2016, 5, 1))
    assert counts(batch) == (1, 0, 0, 0), steps.issues(batch)
    batch = steps.again(services.batch_confirm(batch=batch))
    assert batch.state == "loaded", batch.error
    for each in (gone, held, later):
        each.refresh_from_db()
    assert gone.employed.upper == held.during.upper == date(2016, 5, 1)
    assert later.employed.upper is None
    batch = steps.again(services.batch_undo(batch=batch))
    assert batch.state == "undone", batch.error
    held.refresh_from_db()
    assert held.during.upper is None


def test_who_has_a_posting_to_come_is_not_ended(force, send) -> None:
    person = factories.person_make(force, "1")
    factories.posting_make(person, factories.post_make(force, "B-1"), starts_on=date(2026, 6, 1))
    batch = steps.extract(send(row("3")), date(2016, 5, 1))
    missing = batch.rows.get(outcome="missing")
    assert missing.is_blocked
    assert missing.label == "Has a posting from 1 June 2026 onwards; end or remove it first."


def test_undo_says_what_is_in_the_way(force, send) -> None:
    factories.post_make(force, "B-1")
    factories.post_make(force, "B-2")
    batch = send(row("1", "B-1"), row("2"), load=True)
    person = Person.objects.get(number="2")
    factories.posting_make(person, factories.post_make(force, "B-3"))
    later = send(row("1", "B-2", Start_in_post="01/07/2016"), row("2"), load=True)
    assert services.undo_blockers(batch) == [
        "1 posting that this import added has been changed since.",
        "2 postings rest on people that this import added.",
    ]
    with pytest.raises(Exception, match="2 postings rest on people that this import added"):
        services.batch_undo(batch=batch)
    assert services.undo_blockers(later) == []


def test_a_change_since_keeps_a_changed_row_from_being_put_back(force, send) -> None:
    person = factories.person_make(force, "1")
    batch = send(row("1", Surname="Married"), load=True)
    Person.objects.filter(pk=person.pk).update(given_names="Other")
    assert services.undo_blockers(batch) == [
        "1 person that this import changed has been changed again since."
    ]


def test_an_old_import_can_no_longer_be_undone(force, send) -> None:
    batch = send(row("1"), load=True)
    assert services.files_purge(older_than=timedelta(seconds=-1)) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), bool(batch.file)) == ("loaded", 0, False)
    assert services.undo_blockers(batch) == [
        "Its file and what it changed are no longer kept, as it is too long ago."
    ]
