"""As the role of web, worker and beat: another force's rows are not there, and history cannot be changed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path, reverse

from peelsite import walls
from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action, Role
from peelsite.walls import plan
from peelsite.walls.schema import privileges
from tests.access.test_matrix import UnscopedViewSet, _router
from tests.access.world import Held, member_of, token_of, world
from tests.walls.standing import as_application, rare_rows, raw_keys, refusal, rows_of, walled_models
from workforce.establishment.models import Role as PostRole

NEW_KEY = 2**31 - 7


@pytest.fixture
def forces(db: None, tmp_path: Path, settings: Any) -> Iterator[tuple[Held, Held]]:
    """The force that asks and another, each with a row of every kind; then on as the application role."""
    settings.MEDIA_ROOT = str(tmp_path)
    made = world(tmp_path)
    for held in made:
        rare_rows(held)
    with as_application():
        yield made


@force_page(Action.ESTABLISHMENT_VIEW)
def bare_page(request: HttpRequest, force: Any) -> HttpResponse:
    """A page that asks PostgreSQL for all there is."""
    return JsonResponse({model._meta.label: sorted(map(str, raw_keys(model))) for model in walled_models()})


class urlpatterns_without_a_care:
    """Pages whose authors forgot whose rows they are."""

    urlpatterns = [path("<slug:force>/bare/", bare_page, name="bare"), *_router.urls]


def signed_in(held: Held) -> Client:
    client = Client()
    client.force_login(member_of(held, *Role.values))
    return client


def test_a_bare_select_within_a_request_finds_no_row_of_another_force(
    forces: tuple[Held, Held], settings: Any, record_property: Callable[[str, str], None]
) -> None:
    own, other = forces
    settings.ROOT_URLCONF = urlpatterns_without_a_care
    client = signed_in(own)
    hidden = {model: rows_of(model, other.force) for model in walled_models()}
    own_rows = {model: rows_of(model, own.force) for model in walled_models()}
    seen = client.get(f"/{own.force.slug}/bare/").json()
    leaks, missing = [], []
    for model in walled_models():
        found = set(seen[model._meta.label])
        leaks += [f"{model._meta.label} {key}" for key in hidden[model] if str(key) in found]
        missing += [f"{model._meta.label} {key}" for key in own_rows[model] if str(key) not in found]
    assert not leaks
    # A page reads before it answers, and may leave a trace of that; nothing goes.
    assert not missing
    without = [model._meta.db_table for model, rows in hidden.items() if not rows]
    assert not without, "no row of the other force to hide: make one in standing.rare_rows"
    record_property(
        "figure",
        f"walls: {len(hidden)} tables hold a force, and each had rows of another to hide from a bare SELECT"
        f" ({sum(map(len, hidden.values()))} in all): 0 were seen",
    )


def test_what_a_forgotten_check_would_show_is_not_there(forces: tuple[Held, Held], settings: Any) -> None:
    """The first wall's planted fault: a list of all areas, asked for by a token of one force."""
    own, other = forces
    settings.ROOT_URLCONF = urlpatterns_without_a_care
    token = {"Authorization": f"Bearer {token_of(member_of(own, *Role.values))}"}
    assert not UnscopedViewSet.queryset.query.where
    listed = Client().get("/api/v1/unscoped/", headers=token).json()["results"]
    assert {row["id"] for row in listed} == rows_of(UnscopedViewSet.queryset.model, own.force)
    one = Client().get(f"/api/v1/unscoped/{other.rows['area'].pk}/", headers=token)
    assert one.status_code == 404


def test_a_member_of_two_forces_reaches_both_but_one_at_a_time(
    forces: tuple[Held, Held], settings: Any
) -> None:
    from_both = member_of(forces[0], *Role.values)
    for role in (Role.HR, Role.ANALYST):
        from_both.memberships.create(force=forces[1].force, role=role)
    settings.ROOT_URLCONF = urlpatterns_without_a_care
    model = UnscopedViewSet.queryset.model
    areas = [rows_of(model, held.force) for held in forces]
    client = Client()
    client.force_login(from_both)
    for held, its_areas in zip(forces, areas, strict=True):
        page = client.get(f"/{held.force.slug}/bare/").json()
        assert set(page["forces.Area"]) == set(map(str, its_areas))
        named = client.get("/api/v1/unscoped/", {"force": held.force.slug}).json()["results"]
        assert {row["id"] for row in named} == its_areas
    both = client.get("/api/v1/unscoped/").json()["results"]
    assert {row["id"] for row in both} == areas[0] | areas[1]


def test_nobody_and_a_member_of_no_force_reach_nothing(forces: tuple[Held, Held], settings: Any) -> None:
    settings.ROOT_URLCONF = urlpatterns_without_a_care
    user = member_of(forces[0])
    user.memberships.all().delete()
    with walls.of_user(user.pk):
        assert all(not raw_keys(model) - _of_no_force(model) for model in walled_models())
    with walls.within():
        assert all(not raw_keys(model) - _of_no_force(model) for model in walled_models())


def test_rows_of_another_force_are_neither_changed_nor_made(
    forces: tuple[Held, Held], record_property: Callable[[str, str], None]
) -> None:
    own, other = forces
    asked = 0
    for model in walled_models():
        rows = rows_of(model, other.force)
        if not rows:
            continue
        table, key = model._meta.db_table, model._meta.pk.column
        one = _row(model, min(rows))
        with walls.within(own.force.pk):
            for statement in (
                f'UPDATE "{table}" SET "{key}" = "{key}" WHERE "{key}" = ANY (%s)',
                f'DELETE FROM "{table}" WHERE "{key}" = ANY (%s)',
            ):
                assert refusal(statement, [list(rows)]), f"{statement} did something"
                asked += 1
            columns = ", ".join(f'"{name}"' for name in one)
            values = ", ".join(["%s"] * len(one))
            made = refusal(
                f'INSERT INTO "{table}" ({columns}) VALUES ({values})',
                [*(NEW_KEY if name == key else value for name, value in one.items())],
            )
            assert made, f"a row of another force was put into {table}"
            asked += 1
    record_property("figure", f"walls: {asked} writes of another force's rows refused, 0 done")


def test_a_row_cannot_be_given_to_another_force(forces: tuple[Held, Held]) -> None:
    own, other = forces
    with walls.within(own.force.pk):
        said = refusal("UPDATE forces_area SET force_id = %s", [other.force.pk])
    assert "row-level security" in said


def test_a_national_rank_is_read_by_all_and_changed_by_no_force(forces: tuple[Held, Held]) -> None:
    with walls.within(forces[0].force.pk):
        assert refusal("SELECT id FROM workforce_rank WHERE force_id IS NULL") == ""
        for statement in (
            "UPDATE workforce_rank SET name = name WHERE force_id IS NULL",
            "DELETE FROM workforce_rank WHERE force_id IS NULL",
        ):
            assert refusal(statement) == "no row"
        taken = refusal(
            "UPDATE workforce_rank SET force_id = %s WHERE force_id IS NULL", [forces[0].force.pk]
        )
        assert taken == "no row"


@pytest.mark.usefixtures("forces")
def test_history_only_grows() -> None:
    kept = plan.history_tables() | plan.APPEND_ONLY
    assert len(kept) > 25
    for table in kept:
        for statement in (
            f'UPDATE "{table}" SET {_a_column(table)} = {_a_column(table)}',
            f'DELETE FROM "{table}"',
            f'TRUNCATE "{table}"',
        ):
            assert "permission denied" in refusal(statement), statement
    for table in plan.history_tables():
        assert "permission denied" in refusal(f'INSERT INTO "{table}" DEFAULT VALUES'), table


def test_history_is_written_by_its_triggers_alone(forces: tuple[Held, Held]) -> None:
    """When the application role changes a row; and not when it puts such a trigger on a table of its own."""
    own = forces[0]
    client = signed_in(own)
    role = own.rows["role"]
    with walls.within(own.force.pk):
        before = PostRole.pgh_event_model.objects.filter(pgh_obj_id=role.pk).count()
    page = reverse("history:record", args=[own.force.slug, "workforce.role", role.pk])
    assert client.get(page).status_code == 200
    with walls.within(own.force.pk):
        role.name = "Renamed"
        role.save()
        after = PostRole.pgh_event_model.objects.filter(pgh_obj_id=role.pk)
        assert after.count() == before + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgrelid = 'workforce_role'::regclass AND proname LIKE 'pgtrigger_insert%'"
        )
        function = cursor.fetchone()[0]
        cursor.execute("CREATE TEMP TABLE forged (LIKE workforce_role)")
    said = refusal(
        "CREATE TRIGGER lie AFTER INSERT ON forged REFERENCING NEW TABLE AS new_values"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )
    assert "permission denied" in said


@pytest.mark.usefixtures("forces")
def test_the_role_neither_empties_nor_makes_nor_alters_tables() -> None:
    for model in walled_models():
        assert "TRUNCATE" not in privileges(model._meta.db_table)
        assert "permission denied" in refusal(f'TRUNCATE "{model._meta.db_table}"')
    assert "permission denied" in refusal("CREATE TABLE mine (id int)")
    assert "must be owner" in refusal("ALTER TABLE workforce_post NO FORCE ROW LEVEL SECURITY")
    assert "must be owner" in refusal("DROP POLICY peelsite_wall ON workforce_post")


def _of_no_force(model: Any) -> set[Any]:
    """Rows that belong to no force, such as national ranks: those are everybody's to read."""
    if "force" not in {field.name for field in model._meta.concrete_fields}:
        return set()
    with walls.everything():
        return set(model._base_manager.filter(force__isnull=True).values_list("pk", flat=True))


def _row(model: Any, key: Any) -> dict[str, Any]:
    """Columns of a row that can be written, as PostgreSQL writes them."""
    with walls.everything(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''",
            [model._meta.db_table],
        )
        names = [name for (name,) in cursor.fetchall()]
        texts = ", ".join(f'"{name}"::text' for name in names)
        cursor.execute(
            f'SELECT {texts} FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', [key]
        )
        return dict(zip(names, cursor.fetchone(), strict=True))


def _a_column(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        return f'"{cursor.description[0].name}"'
