"""Which table stands behind which wall, found from the models.

A table that holds a force (a foreign key to it) shows the rows of the forces within reach. A table without
one whose every row belongs to a row of such a table shows what its parent shows; so does the history of
either. Whatever is left must stand in OPEN with its reason, or a test and a system check say so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import ForeignKey, Model

FORCE = "forces.Force"
MEMBERSHIP = "accounts_membership"
CONTEXTS = "pghistory_context"

_OF_A_PERSON = "belongs to a person, who may be a member of several forces; read by that person alone"
_OF_THE_SITE = "describes the site itself; holds no row of a force"
OPEN = {
    "forces_force": "the list of forces, which is public and is chosen from",
    "inspection_nationaltable": "published national figures",
    "inspection_nationaltableevent": "published national figures",
    "inspection_nationalworkforce": "published national figures, shown side by side for all forces",
    "charts_renderedchart": "drawings, found only by a digest of their content",
    "accounts_user": _OF_A_PERSON,
    "accounts_userevent": _OF_A_PERSON,
    "accounts_user_groups": _OF_A_PERSON,
    "accounts_user_user_permissions": _OF_A_PERSON,
    "accounts_apitoken": _OF_A_PERSON,
    "accounts_apitokenevent": _OF_A_PERSON,
    "accounts_session": _OF_A_PERSON,
    "accounts_signin": _OF_A_PERSON,
    "account_emailaddress": _OF_A_PERSON,
    "account_emailconfirmation": _OF_A_PERSON,
    "mfa_authenticator": _OF_A_PERSON,
    "socialaccount_socialaccount": _OF_A_PERSON,
    "socialaccount_socialtoken": _OF_A_PERSON,
    "web_sentform": _OF_A_PERSON,
    "socialaccount_socialapp": _OF_THE_SITE,
    "django_session": _OF_A_PERSON,
    "django_admin_log": "what superusers did in the admin pages, which only they open",
    "history_historyseal": "digests of the history of all forces; nothing can be read from them",
    "history_historyredaction": "digests of history rows from which personal data was removed",
    CONTEXTS: "user, address and id of a request; what was changed stands behind its own wall",
    "django_content_type": _OF_THE_SITE,
    "django_migrations": _OF_THE_SITE,
    "auth_permission": _OF_THE_SITE,
    "auth_group": _OF_THE_SITE,
    "auth_group_permissions": _OF_THE_SITE,
}

#: Tables that only grow, beside the history tables and `pghistory_context`: no UPDATE, no DELETE.
APPEND_ONLY = {
    "audit_sensitiveread",
    "audit_retentionrun",
    "accounts_signin",
    "history_historyseal",
    "history_historyredaction",
}
#: Tables in which anybody may write a row that belongs to no force: a message about an account.
WRITTEN_FOR_NO_FORCE = {"mail_outboxmessage"}

EVERYTHING_SQL = "(SELECT peelsite_everything())"
# One force is most often all there is to reach: asked first, it spares a row the search of an array.
FORCE_SQL = "(SELECT peelsite_force())"
FORCES_SQL = "(SELECT peelsite_forces())::bigint[]"

# Functions of the policies: each is asked once a statement, as a subselect that PostgreSQL runs beforehand.
# What is not understood is an error, and an error shows nothing.
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION peelsite_everything() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('peelsite.forces', true), '') = 'all' $$;

CREATE OR REPLACE FUNCTION peelsite_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT substring(current_setting('peelsite.forces', true) FROM '^user:(.*)$')::bigint $$;

CREATE OR REPLACE FUNCTION peelsite_listed() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN seen IS NULL OR seen = 'all' OR seen LIKE 'user:%' THEN '{{}}'::bigint[]
               ELSE string_to_array(seen, ',')::bigint[] END
   FROM current_setting('peelsite.forces', true) AS seen $$;

CREATE OR REPLACE FUNCTION peelsite_force() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT substring(current_setting('peelsite.forces', true) FROM '^[0-9]+$')::bigint $$;

-- plpgsql, as it is planned when it first runs: the memberships may not be there yet.
CREATE OR REPLACE FUNCTION peelsite_forces() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN
    IF peelsite_user() IS NULL THEN
        RETURN peelsite_listed();
    END IF;
    RETURN ARRAY(SELECT DISTINCT force_id FROM {MEMBERSHIP}
                 WHERE user_id = peelsite_user() AND is_active);
END $$;
"""


@dataclass(frozen=True)
class Policy:
    """One policy of a table: `command` as in CREATE POLICY; `using` and `check` are SQL or ''."""

    name: str
    command: str
    using: str = ""
    check: str = ""


@dataclass(frozen=True)
class Wall:
    """What is to be raised on one table. Its policies read these columns, and ask its parent's table."""

    table: str
    columns: tuple[str, ...]
    policies: tuple[Policy, ...]
    parent: str = ""


def walled() -> list[Wall]:
    """Every wall, parents before their children."""
    found: dict[str, Wall] = {}
    waiting = [model for model in _models() if model._meta.db_table not in OPEN]
    while waiting:
        placed = [(model, wall) for model in waiting if (wall := _wall(model, found)) is not None]
        if not placed:
            break
        found |= {wall.table: wall for _, wall in placed}
        waiting = [model for model in waiting if model._meta.db_table not in found]
    return list(found.values())


def unexplained(tables: set[str]) -> set[str]:
    """Of these tables of the database, those that are neither walled nor open for a reason."""
    return tables - {wall.table for wall in walled()} - set(OPEN)


def history_tables() -> set[str]:
    """Tables that triggers alone write: the history and its contexts."""
    return {model._meta.db_table for model in _models() if _is_history(model)} | {CONTEXTS}


def _is_history(model: type[Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def _models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def _wall(model: type[Model], found: dict[str, Wall]) -> Wall | None:
    """The wall of a model; None when it holds no force and none of its parents' walls is known (yet)."""
    table = model._meta.db_table
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    to_force = [field for field in keys if field.related_model._meta.label == FORCE]
    if to_force:
        # A row that names two forces belongs to the one in its own `force`.
        field = next((field for field in to_force if field.name == "force"), to_force[0])
        return _of_force(table, field)
    for field in keys:
        if field.null or field.name == "pgh_obj":
            continue
        parent, key = _parent(model, field)
        if parent in found:
            parents = f"SELECT {_quoted(key)} FROM {_quoted(parent)}"
            shown = f"{EVERYTHING_SQL} OR {_quoted(field.column)} IN ({parents})"
            return Wall(table, (field.column,), (Policy("peelsite_wall", "ALL", shown, shown),), parent)
    return None


def _of_force(table: str, field: ForeignKey) -> Wall:
    column = _quoted(field.column)
    forces = "(SELECT peelsite_listed())::bigint[]" if table == MEMBERSHIP else FORCES_SQL
    shown = f"{column} = {FORCE_SQL} OR {EVERYTHING_SQL} OR {column} = ANY ({forces})"
    policies = [Policy("peelsite_wall", "ALL", shown, shown)]
    columns = (field.column,)
    if table == MEMBERSHIP:
        policies.append(Policy("peelsite_own", "SELECT", "user_id = (SELECT peelsite_user())"))
        columns = (field.column, "user_id")
    if field.null and field.name == "force":
        policies.append(Policy("peelsite_no_force", "SELECT", f"{column} IS NULL"))
    if table in WRITTEN_FOR_NO_FORCE:
        policies.append(Policy("peelsite_for_no_force", "INSERT", check=f"{column} IS NULL"))
    return Wall(table, columns, tuple(policies))


def _parent(model: type[Model], field: ForeignKey) -> tuple[str, str]:
    """Table and key of the rows that a foreign key leads to.

    The history of a child asks the history of its parent, which outlives the parent's row.
    """
    parent = field.related_model
    event = getattr(parent, "pgh_event_model", None) if _is_history(model) else None
    return (event._meta.db_table, "pgh_obj_id") if event else (parent._meta.db_table, parent._meta.pk.column)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
