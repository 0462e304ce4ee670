"""The Home Office table as published, its traps, and the figures that must come out of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from peelsite.forces.models import Force
from peelsite.inspection.comparison.calc import Standing, compare
from peelsite.inspection.indicators.calc import share
from peelsite.inspection.national.models import NationalTable, NationalWorkforce
from peelsite.inspection.national.selectors import published_workforce

PUBLISHED = Path(__file__).parents[3] / "shared/data/workforce/ho_police_workforce_open_data_2007_2022.csv"
DAY = date(2016, 3, 31)

HEADER = "date,geo_code,force_name,region,sex,rank_description,worker_type,total_headcount,total_fte\n"
ROWS = (
    "2016-03-01,E23000027,Hertfordshire,Eastern,Female,Constable,police officer,10,9.5\n"
    "2016-03-01,E23000027,Hertfordshire,Eastern,Male,Constable,police officer,20,20\n"
    "2016-03-01,E23000027,Hertfordshire,Eastern,Male,Police Staff,police staff,5,4.25\n"
    "2016-03-01,E23000027,Hertfordshire,Eastern,Male,Designated Detention Officer (S.38),"
    "designated officer,3,3\n"
    "2016-03-01,E23000027,Hertfordshire,Eastern,Male,Designated Detention Officer (S.39),"
    "designated officer,7,7\n"
    "2016-03-01,E23000027,Hertfordshire,Eastern,Male,Special Constable,special constable,8,\n"
    "2021-03-01,E23000027,Hertfordshire,Eastern,Not stated,Constable,police officer,1,1\n"
    "2021-03-01,E23000027,Hertfordshire,Eastern,Prefer not to say,Constable,police officer,2,1.5\n"
    "2016-03-01,E23000027,Hertfordshire,Eastern,Male,Police Support Volunteer,police support volunteer,4,\n"
    "2016-03-01,E23000027,Hertfordshire,Eastern,Male,Police support volunteer,police support volunteer,5,\n"
    "2016-03-01,X99,British Transport Police,,Male,Constable,police officer,9,9\n"
)


@pytest.fixture
def reference(db):
    call_command("load_reference", verbosity=0)


@pytest.fixture
def table(tmp_path, reference):
    path = tmp_path / "table.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8-sig")
    call_command("import_national", "workforce", path)
    return path


def test_reads_each_trap_as_it_is_meant(table):
    totals = published_workforce(DAY)[DAY]["hertfordshire"]

    assert totals.officers == Decimal("29.5")
    assert totals.staff == Decimal("7.25"), "section 38 counts as staff, section 39 does not"
    assert totals.total == Decimal("36.75")
    volunteers = NationalWorkforce.objects.get(category="volunteer")
    assert (volunteers.headcount, volunteers.fte) == (9, None)
    assert NationalWorkforce.objects.get(as_at=date(2021, 3, 31), sex="not_stated").fte == Decimal("2.5")


def test_names_the_bodies_that_it_leaves_out(table):
    notes = NationalTable.objects.get().notes

    assert any("British Transport Police" in note for note in notes)
    assert any("31 March" in note for note in notes)


def test_the_same_file_again_changes_nothing(table, capsys):
    call_command("import_national", "workforce", table)

    assert "already held" in capsys.readouterr().out
    assert NationalWorkforce.objects.count() == 8


def test_a_newer_file_replaces_the_rows(table):
    table.write_text(HEADER + ROWS.splitlines(keepends=True)[0])
    call_command("import_national", "workforce", table)

    assert NationalWorkforce.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "cannot be read"),
        (HEADER, "no rows"),
        ("a,b\n1,2\n", "no column date, geo_code"),
        (
            HEADER + "soon,E23000027,Hertfordshire,,Male,Constable,police officer,1,1\n",
            "Row 2, column date: 'soon'",
        ),
        (
            HEADER + "2016-03-01,E23000027,Hertfordshire,,Male,Constable,wizard,1,1\n",
            "column worker_type: 'wizard'",
        ),
        (
            HEADER + "2016-03-01,E23000027,H,,Male,Constable,police officer,many,1\n",
            "column total_headcount: 'many'",
        ),
        (HEADER + "2016-03-01,E23000027,H,,Male,Constable,police officer,1,one\n", "column total_fte: 'one'"),
        (HEADER + "2016-03-01,ZZ,Elsewhere,,Male,Constable,police officer,1,1\n", "None of the forces"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence_and_nothing_is_kept(tmp_path, reference, content, sentence):
    path = tmp_path / "wrong.csv"
    path.write_text(content)

    with pytest.raises(CommandError, match=sentence):
        call_command("import_national", "workforce", path)
    assert not NationalTable.objects.exists()


@pytest.fixture(scope="module")
def published_file():
    if not PUBLISHED.exists():
        pytest.skip("the published table is not beside this checkout")
    return PUBLISHED


def test_the_published_table_gives_the_known_shares_and_means(published_file, reference):
    call_command("import_national", "workforce", published_file)
    forces = published_workforce(DAY)[DAY]
    ours = forces["hertfordshire"]

    assert len(forces) == 43 == Force.objects.filter(slug__in=forces).count()
    assert [round(ours.officers, 2), round(ours.staff, 2), round(ours.pcsos, 2), round(ours.total, 2)] == [
        Decimal("1928.65"),
        Decimal("1246.58"),
        Decimal("220.52"),
        Decimal("3395.75"),
    ]
    expected = {"officers": (56.8, 58.9), "staff": (36.7, 35.1), "pcsos": (6.5, 6.0)}
    for kind, (own_share, mean_share) in expected.items():
        shares = {slug: share(getattr(totals, kind), totals.total) for slug, totals in forces.items()}
        comparison = compare(shares)
        own = comparison.of("hertfordshire")
        assert (round(own.value * 100, 1), round(comparison.mean * 100, 1)) == (own_share, mean_share)
        assert own.standing is Standing.IN_LINE
