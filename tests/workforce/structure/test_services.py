"""The parts of a force: the tree stays whole, codes are once a force, and what is leant on is kept."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from peelsite.forces.models import Area, Location, Unit
from peelsite.web.editing.records import EditConflict, SeenVersion, version_of
from tests import factories
from workforce.establishment.models import FundingSource, Role
from workforce.structure import selectors, services

pytestmark = pytest.mark.django_db

CLOSES = factories.START + timedelta(days=365)


@pytest.fixture
def force():
    return factories.force_make("Testshire")


@pytest.fixture
def tree(force):
    """Crime > Fraud > Desk, and Ops."""
    crime = factories.unit_make(force, "Crime")
    fraud = factories.unit_make(force, "Fraud", parent=crime)
    return {
        "crime": crime,
        "fraud": fraud,
        "desk": factories.unit_make(force, "Desk", parent=fraud),
        "ops": factories.unit_make(force, "Ops"),
    }


def sentence(refused):
    return " ".join(refused.value.messages)


def standing(unit):
    unit.refresh_from_db()
    return unit.level, unit.path, unit.parent_id


def test_a_new_unit_has_its_level_and_path_from_its_place(force, tree):
    crime, fraud, desk = tree["crime"], tree["fraud"], tree["desk"]
    assert [unit.level for unit in (crime, fraud, desk)] == ["command", "department", "team"]
    assert desk.path == f"/{crime.pk}/{fraud.pk}/{desk.pk}/"


def test_a_subtree_moves_with_its_paths(force, tree):
    services.unit_move(unit=tree["fraud"], parent=tree["ops"])
    ops, fraud, desk = tree["ops"], tree["fraud"], tree["desk"]
    assert standing(fraud) == ("department", f"/{ops.pk}/{fraud.pk}/", ops.pk)
    assert standing(desk) == ("team", f"/{ops.pk}/{fraud.pk}/{desk.pk}/", fraud.pk)


def test_a_department_put_to_the_top_becomes_a_command_and_its_teams_departments(force, tree):
    services.unit_move(unit=tree["fraud"], parent=None)
    fraud, desk = tree["fraud"], tree["desk"]
    assert standing(fraud) == ("command", f"/{fraud.pk}/", None)
    assert standing(desk) == ("department", f"/{fraud.pk}/{desk.pk}/", fraud.pk)
    services.unit_move(unit=fraud, parent=tree["ops"])
    assert standing(desk)[0] == "team"


@pytest.mark.parametrize(
    ("moved", "under", "said"),
    [
        ("crime", "desk", "itself or stands below it"),
        ("crime", "crime", "itself or stands below it"),
        ("crime", "ops", "cannot stand below a team"),
        ("fraud", "crime", "there already"),
        ("ops", "desk", "a team has no units under it"),
    ],
)
def test_moves_that_break_the_tree_are_refused(tree, moved, under, said):
    with pytest.raises(ValidationError) as refused:
        services.unit_move(unit=tree[moved], parent=Unit.objects.get(pk=tree[under].pk))
    assert said in sentence(refused)


def test_a_unit_does_not_move_to_another_force(tree):
    foreign = factories.unit_make(factories.force_make("Otherford"), "Foreign")
    with pytest.raises(ValidationError) as refused:
        services.unit_move(unit=tree["fraud"], parent=foreign)
    assert "belongs to another force" in sentence(refused)


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE forces_unit SET parent_id = %(desk)s WHERE id = %(fraud)s", "level_follows_its_parent"),
        ("UPDATE forces_unit SET parent_id = id WHERE id = %(fraud)s", "level_follows_its_parent"),
        ("UPDATE forces_unit SET path = '/1/' WHERE id = %(desk)s", "path_leads_to_it"),
        ("UPDATE forces_unit SET parent_id = %(ops)s WHERE id = %(fraud)s", "path_leads_to_it"),
        ("UPDATE forces_unit SET closed_on = '2016-01-01' WHERE id = %(crime)s", "closes_before_its_parent"),
    ],
)
def test_postgresql_holds_the_tree_whoever_writes(tree, statement, rule):
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, {name: unit.pk for name, unit in tree.items()})
    assert refused.value.__cause__.diag.constraint_name == f"forces_unit_{rule}"


def test_an_area_of_another_force_is_refused(force, tree):
    foreign = factories.area_make(factories.force_make("Otherford"))
    with pytest.raises(ValidationError) as refused:
        services.unit_change(unit=tree["ops"], code="OPS", name="Ops", area=foreign)
    assert "of another force" in sentence(refused)
    with pytest.raises(ValidationError) as refused:
        services.location_create(force=force, code="L", name="Place", area=foreign)
    assert "of another force" in sentence(refused)


def test_a_unit_closes_once_its_posts_have_ended(force, tree):
    desk = tree["desk"]
    post = factories.post_make(force, "D-1", unit=desk)
    with pytest.raises(ValidationError) as refused:
        services.unit_close(unit=desk, closed_on=CLOSES)
    assert "post D-1 would still be in it" in sentence(refused)
    post.during = (factories.START, CLOSES)
    post.save()
    services.unit_close(unit=desk, closed_on=CLOSES)
    assert not Unit.objects.open_on(CLOSES).filter(pk=desk.pk).exists()
    assert Unit.objects.open_on(CLOSES - timedelta(days=1)).filter(pk=desk.pk).exists()
    with pytest.raises(IntegrityError, match="Unit Desk is closed from"), transaction.atomic():
        factories.post_make(force, "D-2", unit=desk)


def test_units_below_close_first_and_open_last(tree):
    with pytest.raises(ValidationError) as refused:
        services.unit_close(unit=tree["fraud"], closed_on=CLOSES)
    assert "Unit Desk would be open under Fraud" in sentence(refused)
    services.unit_close(unit=tree["desk"], closed_on=CLOSES)
    services.unit_close(unit=tree["fraud"], closed_on=CLOSES)
    with pytest.raises(ValidationError) as refused:
        services.unit_close(unit=tree["desk"], closed_on=None)
    assert "Close or move it first" in sentence(refused)


MAKERS = [
    (services.area_create, {"code": "A1", "name": "North"}, "an area with this code"),
    (services.location_create, {"code": "L1", "name": "Northgate"}, "a location with this code"),
    (services.unit_add, {"code": "U1", "name": "Crime"}, "a unit with this code"),
    (
        services.rank_create,
        {"code": "G1", "name": "Grade", "category": "staff", "order": 1},
        "a grade with this code",
    ),
    (services.role_create, {"code": "R1", "name": "Diver"}, "a role with this code"),
    (services.funding_create, {"name": "Grant 9"}, "a funding source with this name"),
]


@pytest.mark.parametrize(("create", "values", "said"), MAKERS)
def test_codes_are_once_a_force_whatever_their_capitals(force, create, values, said):
    create(force=force, **values)
    again = {name: value.lower() if name == "code" else value for name, value in values.items()}
    with pytest.raises(ValidationError) as refused:
        create(force=force, **again)
    assert said in sentence(refused)
    create(force=factories.force_make("Otherford"), **values)


@pytest.mark.parametrize(("create", "values", "said"), MAKERS)
def test_what_nothing_leans_on_is_removed(force, create, values, said):
    made = create(force=force, **values)
    services.part_remove(part=made)
    assert not type(made).objects.filter(pk=made.pk).exists()


def test_what_is_leant_on_says_by_what(force, tree):
    area = factories.area_make(force)
    services.unit_change(unit=tree["ops"], code="OPS", name="Ops", area=area)
    services.location_create(force=force, code="L1", name="Northgate", area=area)
    factories.post_make(force, "P-1", unit=tree["ops"], ends_before=factories.START + timedelta(days=1))
    factories.post_make(force, "P-2", unit=tree["ops"])
    for part, said in (
        (area, "1 location and 1 unit name it"),
        (tree["ops"], "2 posts name it"),
        (tree["crime"], "1 unit names it"),
        (Role.objects.get(force=force), "2 posts name it"),
        (FundingSource.objects.get(force=force), "2 posts name it"),
    ):
        with pytest.raises(ValidationError) as refused:
            services.part_remove(part=part)
        assert said in sentence(refused)


def test_national_ranks_stay_as_they_are(force):
    constable = factories.ranks_make()["CON"]
    values = {"code": "CON", "name": "Bobby", "category": "officer", "order": 1}
    with pytest.raises(ValidationError, match="national rank"):
        services.rank_change(rank=constable, **values)
    with pytest.raises(ValidationError, match="national rank"):
        services.part_remove(part=constable)


def test_a_grade_keeps_its_worker_type_once_posts_have_it(force):
    grade = factories.rank_make(force, "G1")
    values = {"code": "G1", "name": "Grade 1", "order": 2}
    assert services.rank_change(rank=grade, category="pcso", **values).category == "pcso"
    factories.post_make(force, "P-1", rank=grade)
    with pytest.raises(ValidationError, match="re-profile the posts"):
        services.rank_change(rank=grade, category="staff", **values)
    with pytest.raises(ValidationError, match="keeps no police support volunteer"):
        services.rank_create(force=force, category="volunteer", **values | {"code": "G2"})


SETTINGS = {
    "worker_categories": ["officer", "staff"],
    "leave_year_starts_month": 1,
    "leave_year_starts_day": 28,
    "week_starts_on": 7,
    "opening_day": date(2016, 3, 31),
}


def test_settings_of_the_force(force):
    services.force_change(force=force, **SETTINGS)
    force.refresh_from_db()
    assert {name: getattr(force, name) for name in SETTINGS} == SETTINGS


def test_a_worker_type_with_posts_is_kept(force):
    factories.post_make(force, "P-1", rank="PCSO")
    with pytest.raises(ValidationError, match="has or had posts for pcso"):
        services.force_change(force=force, **SETTINGS)
    with pytest.raises(ValidationError, match="at least one"):
        services.force_change(force=force, **SETTINGS | {"worker_categories": []})


def test_the_second_of_two_at_one_record_is_told(force):
    area = factories.area_make(force)
    seen = SeenVersion(frozenset({version_of(Area.objects.get(pk=area.pk))}))
    services.area_change(area=area, code="A1", name="North", seen=seen)
    with pytest.raises(EditConflict):
        services.area_change(area=area, code="A1", name="South", seen=seen)
    assert Area.objects.get(pk=area.pk).name == "North"


def test_names_are_kept_without_stray_spaces(force):
    assert services.location_create(force=force, code=" L1 ", name="  North   gate ").name == "North gate"
    assert Location.objects.get(force=force).code == "L1"


def test_units_come_in_the_order_of_the_tree_with_their_posts(force, tree):
    factories.post_make(force, "P-1", unit=tree["desk"])
    factories.post_make(force, "P-2", unit=tree["crime"])
    factories.unit_make(force, "Arson", parent=tree["crime"])
    found = [(unit.name, unit.posts_count) for unit in selectors.units_of(force, factories.START)]
    assert found == [("Crime", 2), ("Arson", 0), ("Fraud", 1), ("Desk", 1), ("Ops", 0)]
