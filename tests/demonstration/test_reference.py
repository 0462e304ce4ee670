"""Reference rows from readable files: added once, kept where they were edited here."""

from io import StringIO

import pytest
from django.core.management import call_command

from peelsite.forces.models import Force
from workforce.establishment.models import Rank

pytestmark = pytest.mark.django_db


def load(*options: str) -> str:
    told = StringIO()
    call_command("load_reference", *options, stdout=told)
    return told.getvalue()


def test_forces_and_ranks_are_loaded_once():
    first = load()
    assert "Forces: 43 added" in first
    again = load()
    assert "Forces: 0 added, 43 unchanged, 0 kept as edited here, 0 put back." in again
    assert Force.objects.count() == 43
    assert not Force.objects.filter(keeps_records=True).exists()


def test_police_ranks_are_in_the_order_of_the_regulations():
    load()
    officers = Rank.objects.filter(force__isnull=True, category="officer").order_by("order")
    assert [rank.code for rank in officers] == [
        "PC", "SGT", "INSP", "CINSP", "SUPT", "CSUPT", "ACC", "DCC", "CC",
    ]  # fmt: skip
    assert [rank.code for rank in officers if rank.is_federated] == ["PC", "SGT", "INSP", "CINSP"]
    met = Force.objects.get(slug="metropolitan-police")
    assert Rank.objects.for_force(met).filter(code="COMMR").exists()
    kent = Force.objects.get(slug="kent")
    assert not Rank.objects.for_force(kent).filter(code="COMMR").exists()


def test_an_edit_is_kept_and_named_until_it_is_put_back():
    load()
    Force.objects.filter(slug="kent").update(name="Kent Police")
    told = load()
    assert "1 kept as edited here" in told
    assert "'Kent Police', in the file 'Kent'" in told
    assert Force.objects.get(slug="kent").name == "Kent Police"
    assert "1 put back" in load("--restore")
    assert Force.objects.get(slug="kent").name == "Kent"


def test_a_row_that_is_missing_is_added_again():
    load()
    Rank.objects.filter(code="DEO").delete()
    assert "Ranks and grades: 1 added" in load()
