"""The establishment's SQL against the slow reference, on forces that hypothesis makes up."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.reference.establishment import Records
from tests.workforce.establishment import invented
from workforce.establishment import reports, selectors
from workforce.establishment.calc import FIGURE_NAMES, Figures
from workforce.establishment.selectors import EstablishmentFilters

pytestmark = pytest.mark.django_db

WITHOUT_SUBTREES = ("by_rank", "by_role", "by_location", "by_type")
POSITION = {"by_rank": 0, "by_role": 1, "by_location": 2}


class _Undo(Exception):
    """Leaves an example without its rows."""


def figures_of(counter: Counter) -> Figures:
    return Figures(**{name: counter[name] for name in FIGURE_NAMES if name in counter})


def summed(counters) -> Figures:
    total: Counter = Counter()
    for counter in counters:
        for name, value in counter.items():
            total[name] += value
    return figures_of(total)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=invented.forces, after=st.integers(0, invented.SPAN + 30))
@example(
    drawn=invented.Drawn(
        posts=[(0, 0, 0, 2, Decimal(1), None), (1, 0, 0, 2, Decimal(1), None), (1, 1, 1, 3, Decimal(1), 60)],
        postings=[
            (0, 0, "substantive", Decimal(1), False, (0, None)),
            (0, 1, "acting", Decimal(1), False, (10, 20)),
            (1, 0, "substantive", Decimal(1), False, (10, 20)),
            (2, 2, "substantive", Decimal("0.8"), False, (0, 60)),
            (3, 2, "substantive", Decimal(1), True, (0, 60)),
            (2, 2, "seconded_out", Decimal("0.8"), False, (30, 10)),
        ],
        health=[(3, True, (0, 29)), (2, False, (0, None))],
    ),
    after=10,
)
def test_tables_agree_with_the_reference(drawn, after):
    day = invented.FIRST + timedelta(days=after)
    try:
        with transaction.atomic():
            force = invented.force_of(drawn)
            _compare(force, day)
            raise _Undo
    except _Undo:
        pass


def _compare(force, day):
    records = Records(force)
    cells = records.cells(day)
    tables = selectors.establishment_as_at(force, day)
    assert tables.total == summed(cells.values())
    for name, position in POSITION.items():
        expected = {
            key: summed(cell for cell_key, cell in cells.items() if cell_key and cell_key[position] == key)
            for key in {cell_key[position] for cell_key in cells if cell_key}
        }
        assert {line.key: line.figures for line in getattr(tables, name) if line.key} == expected
    units = {unit.pk: unit for unit in force.units.all()}
    for line in tables.by_unit:
        below = {pk for pk, unit in units.items() if line.key and unit.path.startswith(units[line.key].path)}
        assert line.figures == summed(
            cell for key, cell in cells.items() if (key[3] in below if key else line.key is None)
        )
    assert {
        (cell.key.rank_id, cell.key.role_id, cell.key.location_id, cell.key.unit_id): cell.figures
        for cell in selectors.gaps_by_cell(force, day)
    } == {key: figures_of(cell) for key, cell in cells.items() if key and figures_of(cell).gap_fte}
    vacancies = selectors.vacancies_as_at(force, day)
    assert {v.reference: (v.vacant_fte, v.since) for v in vacancies} == records.vacancies(day)
    # The three ways to say the gap are one figure, in every line.
    for line in (tables.total, *(line.figures for line in tables.by_role + tables.by_unit)):
        assert line.gap_fte == line.vacant_fte - line.supernumerary_fte == line.under_fte - line.over_fte


def test_gap_is_not_netted_across_cells():
    force = factories.force_make()
    unit = factories.unit_make(force)
    factories.post_make(force, "SHORT", rank="SGT", unit=unit, fte=Decimal(2))
    crowded = factories.post_make(force, "FULL", rank="CON", unit=unit)
    factories.posting_make(factories.person_make(force), crowded)
    factories.posting_make(factories.person_make(force), crowded, is_supernumerary=True, fte=Decimal("0.5"))
    total = selectors.establishment_as_at(force, factories.START).total
    assert (total.gap_fte, total.under_fte, total.over_fte) == (Decimal("1.5"), 2, Decimal("0.5"))


def test_filters_take_a_unit_with_all_below_it():
    force = factories.force_make()
    top = factories.unit_make(force, "Crime")
    below = factories.unit_make(force, "Fraud", parent=top)
    elsewhere = factories.unit_make(force, "Custody")
    for unit in (top, below, elsewhere):
        factories.post_make(force, unit=unit)
    filters = EstablishmentFilters(unit_id=top.pk)
    tables = selectors.establishment_as_at(force, factories.START, filters=filters)
    assert tables.total.posts == 2
    assert [(line.label, line.depth, line.figures.posts) for line in tables.by_unit] == [
        ("Crime", 0, 2),
        ("Fraud", 1, 1),
    ]
    assert len(selectors.vacancies_as_at(force, factories.START, filters=filters)) == 2


def test_another_force_is_never_counted():
    ours, theirs = factories.force_make("Ours"), factories.force_make("Theirs")
    factories.posting_make(factories.person_make(theirs), factories.post_make(theirs))
    assert selectors.establishment_as_at(ours, factories.START).total == Figures()


@pytest.mark.parametrize("posts", [1, 40])
def test_query_count_does_not_grow(posts, django_assert_num_queries):
    force = factories.force_make()
    for _ in range(posts):
        factories.posting_make(factories.person_make(force), factories.post_make(force, fte=Decimal(2)))
    day = factories.START
    for queries, read in (
        (2, selectors.establishment_as_at),
        (2, selectors.gaps_by_cell),
        (1, selectors.vacancies_as_at),
        (1, reports.workforce_by_type),
        (1, reports.acting_spells),
    ):
        with django_assert_num_queries(queries):
            read(force, day)


def test_vacancy_tells_the_last_holder_and_who_is_away():
    force = factories.force_make()
    left, kept = factories.post_make(force, "LEFT"), factories.post_make(force, "KEPT")
    inspector = factories.post_make(force, "INSP", rank="INSP")
    leaver, actor = factories.person_make(force), factories.person_make(force)
    day = factories.START + timedelta(days=100)
    factories.posting_make(leaver, left, ends_before=day - timedelta(days=40))
    factories.posting_make(actor, kept)
    factories.posting_make(
        actor,
        inspector,
        kind="acting",
        starts_on=day - timedelta(days=10),
        ends_before=day + timedelta(days=5),
    )
    first, second = selectors.vacancies_as_at(force, day)
    assert (first.reference, first.age_days, first.last_holder_id) == ("LEFT", 40, leaver.pk)
    assert (first.last_ended_on, first.holder_id) == (day - timedelta(days=40), None)
    assert (second.reference, second.age_days, second.holder_id) == ("KEPT", 10, actor.pk)
    assert (second.holder_away, second.holder_back_on) == ("acting", day + timedelta(days=5))


def test_acting_spells_that_touch_are_one():
    force = factories.force_make()
    person = factories.person_make(force)
    factories.posting_make(person, factories.post_make(force))
    cover = factories.post_make(force, rank="SGT")
    first = factories.START + timedelta(days=10)
    change = first + timedelta(days=30)
    factories.posting_make(person, cover, kind="acting", starts_on=first, ends_before=change)
    factories.posting_make(person, cover, kind="acting", starts_on=change)
    on_limit = first + timedelta(days=45)
    assert [spell.days for spell in reports.acting_spells(force, on_limit)] == [46]
    assert reports.acting_past_limit(force, on_limit) == ()
    (past,) = reports.acting_past_limit(force, on_limit + timedelta(days=1))
    assert (past.since, past.days_past_limit, past.ends_before) == (first, 1, None)


def test_workforce_by_type_counts_as_the_inspectorate_does():
    force = factories.force_make()
    day = factories.START + timedelta(days=40)
    clerk = factories.rank_make(force, "CLERK", category="staff")
    escort = factories.rank_make(force, "DDO", category="designated")
    special = factories.rank_make(force, "SC", category="special")
    for rank in ("CON", "CON", clerk, escort, special, "PCSO"):
        person = factories.person_make(force)
        factories.posting_make(person, factories.post_make(force, rank=rank), fte=Decimal("0.8"))
    absent = force.people.first()
    absent.absences.create(force=force, kind="sickness", during=(factories.START, None))
    lent = force.people.filter(postings__post__rank__code="CON").last()
    factories.posting_make(lent, None, kind="seconded_out", host="College", starts_on=day)
    before = reports.workforce_by_type(force, day - timedelta(days=1))
    assert [(line.type, line.strength_fte, line.headcount) for line in before.lines] == [
        ("officers", Decimal("1.6"), 2),
        ("staff", Decimal("1.6"), 2),
        ("pcsos", Decimal("0.8"), 1),
    ]
    assert before.line("officers").share_fte == Decimal("0.4")
    assert (before.headcount, before.strength_fte) == (5, Decimal(4))
    assert reports.workforce_by_type(force, day).headcount == 4
