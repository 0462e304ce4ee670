"""What a spreadsheet row means for posts: its columns, its checks, and loading it."""

import re

from peelsite.forces.models import Force, Location, Unit
from peelsite.forces.services import unit_create
from peelsite.imports.calc import normalise_header
from peelsite.imports.engine.names import named, names_resolve
from peelsite.imports.engine.stage import SOUND, Stage
from peelsite.imports.engine.undo import Undo, effects_begin
from peelsite.imports.targets import ImportTarget, Option
from workforce.establishment.columns import COLUMNS, EXAMPLES
from workforce.establishment.models import FundingKind, FundingSource, Role
from workforce.establishment.names import (
    SEPARATOR,
    UnitFinder,
    funding_finder,
    locations_finder,
    ranks_finder,
    roles_finder,
)
from workforce.filling import levels_sql, present_sql
from workforce.refusals import sentence_of

ADD_NEW = "add_new"

RESOLVED = f"""
SELECT row.row_no, row.reference, round(row.fte, 4) AS fte, row.starts, row.ends,
    row.funding AS funding_written,
       rank_name.row_id AS rank_id,
       role_name.row_id AS role_id, role_name.addition AS role_new,
       unit_name.row_id AS unit_id, unit_name.addition AS unit_new,
       location_name.row_id AS location_id, location_name.addition AS location_new,
       CASE WHEN row.funding IS NULL THEN %(core)s ELSE funding_name.row_id END AS funding_id,
       funding_name.addition AS funding_new,
       row.rank, row.role, row.unit, row.location, row.funding,
       post.id AS post_id, post.rank_id AS old_rank_id, post.role_id AS old_role_id,
           post.unit_id AS old_unit_id,
       post.location_id AS old_location_id, post.fte AS old_fte, post.during AS old_during,
       post.funding_id AS old_funding_id,
       CASE WHEN %(has_ends)s THEN row.ends + 1 ELSE upper(post.during) END AS until
FROM (
    SELECT row_no, reference, fte, starts, ends, rank, role, unit, location, funding FROM import_staged
) row
{named("rank")} {named("role")} {named("unit")} {named("location")} {named("funding")}
LEFT JOIN workforce_post post ON post.force_id = %(force)s AND post.reference = row.reference
"""

# Unmapped columns keep what the site has; an empty FTE or funding cell does too, and is 1 and core for a new
# post.
COMPARED = """
SELECT row.row_no, row.post_id, row.old_during,
       CASE WHEN row.until IS NULL OR row.until > row.starts THEN daterange(row.starts,
           row.until) END AS during,
       CASE WHEN row.post_id IS NULL THEN COALESCE(row.fte, 1) ELSE COALESCE(row.fte, row.old_fte) END AS fte,
       row.old_fte,
       CASE WHEN row.funding_written IS NULL AND row.post_id IS NOT NULL THEN row.old_funding_id
            ELSE row.funding_id END AS funding_id,
       row.old_funding_id, row.rank_id, row.old_rank_id, row.role_id, row.old_role_id, row.unit_id,
       row.old_unit_id, row.location_id, row.old_location_id, row.role_new, row.unit_new, row.location_new,
       row.funding_new, row.reference, row.rank, row.role, row.unit, row.location, row.funding
FROM import_post row
"""


def posts_check(stage: Stage) -> None:
    add = stage.options.get(ADD_NEW, False)
    _names_look_up(stage, add)
    core = FundingSource.objects.of_force(stage.force).filter(kind=FundingKind.CORE).order_by("pk").first()
    stage.make(
        "import_post", RESOLVED, index=("row_no",), core=core.pk if core else None,
        has_ends="ends" in stage.mapped,
    )  # fmt: skip
    _cells_check(stage)
    stage.make("import_post_new", COMPARED, index=("row_no",))
    _postings_check(stage)
    _changes_note(stage)
    _missing_note(stage)
    stage.additions.extend(_additions(stage))


def _names_look_up(stage: Stage, add: bool) -> None:
    force = stage.force
    names_resolve(stage, "rank", ranks_finder(force))
    names_resolve(stage, "role", roles_finder(force, add=add))
    names_resolve(stage, "unit", UnitFinder(force, add=add))
    names_resolve(stage, "location", locations_finder(force, add=add))
    names_resolve(stage, "funding", funding_finder(force, add=add))


def _cells_check(stage: Stage) -> None:
    stage.refuse(
        "reference",
        "SELECT row_no, reference, 'The reference has ' || length(reference) || ' characters; 30 at most.'"
        " FROM import_staged WHERE length(reference) > 30",
    )
    stage.refuse(
        "reference",
        f"""SELECT row_no, reference, format('%%s is in row %%s too; a post stands once in the file.',
            reference, first)
        FROM (SELECT row_no, reference, min(row_no) OVER (PARTITION BY reference) AS first
            FROM import_post row
              WHERE reference IS NOT NULL AND {SOUND}) row
        WHERE row_no > first""",
    )
    stage.refuse(
        "fte",
        "SELECT row_no, fte, 'The FTE of a post must be above 0 and not above 50.' FROM import_staged"
        " WHERE round(fte, 4) <= 0 OR fte > 50",
    )
    stage.refuse(
        "ends",
        "SELECT row_no, workforce_day(ends), format('The end date %%s is before the start date %%s.',"
        " workforce_day(until - 1), workforce_day(starts)) FROM import_post WHERE until <= starts",
    )


def _postings_check(stage: Stage) -> None:
    """A post cannot end, begin later or shrink under the people who hold it."""
    stage.refuse(
        "ends",
        f"""SELECT DISTINCT ON (row.row_no) row.row_no, NULL, format(
            '%%s would exist %%s, but %%s holds it %%s. End that posting first, or leave this row out.',
            row.reference, workforce_span(row.during), person.number, workforce_span(posting.during))
        FROM import_post_new row
        JOIN workforce_posting posting ON posting.post_id = row.post_id AND NOT row.during @> posting.during
        JOIN workforce_person person ON person.id = posting.person_id
        WHERE row.during IS DISTINCT FROM row.old_during AND {SOUND}
        ORDER BY row.row_no, posting.during""",
    )
    stage.make(
        "import_holding",
        f"""WITH touched AS (
            SELECT post_id FROM import_post_new row WHERE row.fte < row.old_fte AND {SOUND}
        ), holders AS (SELECT person_id FROM workforce_posting WHERE post_id IN (SELECT post_id FROM touched))
        SELECT post_id, person_id AS person, NULL::bigint AS row_no, fte, during, is_away, is_supernumerary
        FROM workforce_posting
        WHERE post_id IN (SELECT post_id FROM touched)
           OR (is_away AND person_id IN (SELECT person_id FROM holders))""",
    )
    stage.refuse(
        "fte",
        f"""WITH present AS ({present_sql("import_holding")}), levels AS ({levels_sql("present")})
        SELECT DISTINCT ON (row.row_no) row.row_no, trim_scale(row.fte), format(
            '%%s is filled with %%s FTE on %%s, more than %%s. End a posting first, or leave this row out.',
            row.reference, trim_scale(levels.filled), workforce_day(levels.day), trim_scale(row.fte))
        FROM import_post_new row JOIN levels ON levels.post_id = row.post_id AND levels.filled > row.fte
        WHERE {SOUND} ORDER BY row.row_no, levels.day""",
    )


def _changes_note(stage: Stage) -> None:
    tables = {
        "rank": "workforce_rank",
        "role": "workforce_role",
        "unit": "forces_unit",
        "location": "forces_location",
        "funding": "workforce_fundingsource",
    }
    for name, table in tables.items():
        new = f"row.{name}_new" if name != "rank" else "NULL"
        stage.run(
            f"""INSERT INTO import_change
            SELECT row.row_no, %(name)s, old_row.name, COALESCE({new}, new_row.name)
            FROM import_post_new row JOIN {table} old_row ON old_row.id = row.old_{name}_id
            LEFT JOIN {table} new_row ON new_row.id = row.{name}_id
            WHERE row.{name}_id IS DISTINCT FROM row.old_{name}_id AND {SOUND}""",
            name=name,
        )
    stage.run(
        f"""INSERT INTO import_change
        SELECT row.row_no, 'fte', trim_scale(old_fte)::text, trim_scale(fte)::text FROM import_post_new row
        WHERE fte <> old_fte AND {SOUND}
        UNION ALL
        SELECT row.row_no, 'starts', workforce_day(lower(old_during)), workforce_day(lower(during))
        FROM import_post_new row WHERE lower(during) <> lower(old_during) AND {SOUND}
        UNION ALL
        SELECT row.row_no, 'ends', workforce_day(upper(old_during) - 1), workforce_day(upper(during) - 1)
        FROM import_post_new row
        WHERE post_id IS NOT NULL AND upper(during) IS DISTINCT FROM upper(old_during) AND {SOUND}"""
    )
    stage.run("CREATE INDEX ON import_change (row_no)")
    stage.run(
        """INSERT INTO import_outcome
        SELECT row.row_no, CASE WHEN row.post_id IS NULL THEN 'new'
            WHEN EXISTS (SELECT 1 FROM import_change change WHERE change.row_no = row.row_no) THEN 'changed'
            ELSE 'unchanged' END,
            row.reference, concat_ws(', ', row.rank, row.role, row.unit, row.location)
        FROM import_post_new row"""
    )


def _missing_note(stage: Stage) -> None:
    """Posts of the site on the day that the file does not hold; those with people in them cannot be ended."""
    stage.run(
        """INSERT INTO import_missing
        SELECT post.id, post.reference,
               rank.name || ', ' || role.name || ', ' || unit.name || COALESCE(
                   '. Held by ' || holder.numbers || '; end the posting first.', ''),
               holder.numbers IS NOT NULL OR lower(post.during) >= COALESCE(%(as_at)s, %(today)s)
        FROM workforce_post post
        JOIN workforce_rank rank ON rank.id = post.rank_id
        JOIN workforce_role role ON role.id = post.role_id
        JOIN forces_unit unit ON unit.id = post.unit_id
        LEFT JOIN LATERAL (
            SELECT string_agg(DISTINCT person.number, ', ') AS numbers FROM workforce_posting posting
            JOIN workforce_person person ON person.id = posting.person_id
            WHERE posting.post_id = post.id
              AND (upper_inf(posting.during) OR upper(posting.during) > COALESCE(%(as_at)s, %(today)s))
        ) holder ON true
        WHERE post.force_id = %(force)s AND post.during @> COALESCE(%(as_at)s, %(today)s)
          AND NOT EXISTS (SELECT 1 FROM import_staged row WHERE row.reference = post.reference)"""
    )


def _additions(stage: Stage) -> list[dict[str, str]]:
    found = []
    for kind in ("role", "location", "unit", "funding"):
        rows = stage.rows(
            f"SELECT DISTINCT {kind}_new FROM import_post_new row WHERE {kind}_new IS NOT NULL AND {SOUND}"
            " ORDER BY 1"
        )
        found += [{"kind": kind, "name": name} for (name,) in rows]
    needs_core = stage.rows(
        f"SELECT 1 FROM import_post_new row WHERE post_id IS NULL AND funding_id IS NULL AND "
        f"funding_new IS NULL"
        f" AND {SOUND} LIMIT 1"
    )
    core = {"kind": "funding", "name": FundingKind.CORE.label}
    if needs_core and core not in found:
        found.append(core)
    return found


def posts_apply(stage: Stage) -> None:
    made = _add_names(stage)
    stage.make(
        "import_added", "SELECT * FROM (VALUES ('', '', 0::bigint)) AS added (kind, name, row_id) LIMIT 0"
    )
    for (kind, name), row_id in made.items():
        stage.run(
            "INSERT INTO import_added VALUES (%(kind)s, %(name)s, %(row_id)s)",
            kind=kind,
            name=name,
            row_id=row_id,
        )
    ids = {
        name: f"COALESCE(row.{name}_id, (SELECT row_id FROM import_added"
        f" WHERE kind = '{name}' AND name = {new}))"
        for name, new in {
            "role": "row.role_new",
            "unit": "row.unit_new",
            "location": "row.location_new",
            "funding": f"COALESCE(row.funding_new, '{FundingKind.CORE.label}')",
        }.items()
    }
    if not made:
        ids = {name: f"row.{name}_id" for name in ids}
    stage.run(
        f"""INSERT INTO workforce_post (force_id, reference, rank_id, role_id, unit_id, location_id, fte,
            during,
                                        funding_id, import_id)
        SELECT %(force)s, reference, rank_id, {ids["role"]}, {ids["unit"]}, {ids["location"]}, fte, during,
               {ids["funding"]}, %(batch)s
        FROM import_post_new row WHERE post_id IS NULL AND {SOUND} ORDER BY row_no""",
    )
    changed = f"SELECT post_id FROM import_post_new row JOIN import_change USING (row_no) WHERE {SOUND}"
    effects_begin(stage, "workforce_post", changed)
    stage.run(
        f"""UPDATE workforce_post post SET rank_id = row.rank_id, role_id = {ids["role"]},
            unit_id = {ids["unit"]},
            location_id = {ids["location"]}, fte = row.fte, during = row.during, funding_id = {ids["funding"]}
        FROM import_post_new row WHERE row.post_id = post.id AND post.id IN ({changed}) AND {SOUND}""",
    )
    if stage.as_at:
        ended = "SELECT row_id FROM import_missing WHERE NOT is_blocked"
        effects_begin(stage, "workforce_post", ended)
        stage.run(
            f"UPDATE workforce_post SET during = daterange(lower(during), %(as_at)s) WHERE id IN ({ended})"
        )


def _add_names(stage: Stage) -> dict[tuple[str, str], int]:
    """Add the new roles, places, units and funding; each written name with the row it became."""
    made: dict[tuple[str, str], int] = {}
    tables = {"role": Role, "location": Location, "funding": FundingSource, "unit": Unit}
    for addition in stage.additions:
        kind, name = addition["kind"], addition["name"]
        if kind == "unit":
            made[kind, name] = _unit_add(stage, name)
            continue
        if kind == "funding":
            row = FundingSource.objects.create(
                force=stage.force, name=name, kind=next(each for each in FundingKind if each.label == name)
            )
        else:
            model = tables[kind]
            row = model.objects.create(force=stage.force, name=name, code=_new_code(model, stage.force, name))
        made[kind, name] = row.pk
        _note_added(stage, row)
    return made


def _unit_add(stage: Stage, path: str) -> int:
    """The unit at this path, with the units above it, added where they are not there yet."""
    parent: Unit | None = None
    for name in SEPARATOR.split(path):
        here = [
            unit
            for unit in Unit.objects.of_force(stage.force).filter(parent=parent)
            if normalise_header(unit.name) == normalise_header(name)
        ]
        if here:
            parent = here[0]
            continue
        code = _new_code(Unit, stage.force, name)
        parent = unit_create(force=stage.force, code=code, name=name, parent=parent)
        _note_added(stage, parent)
    if parent is None:
        raise ValueError(f"A unit's path names at least one unit; {path!r} names none.")
    return parent.pk


def _note_added(stage: Stage, row: Role | Location | Unit | FundingSource) -> None:
    stage.run(
        'INSERT INTO imports_importeffect (batch_id, "table", row_id) VALUES (%(batch)s, %(table)s, %(id)s)',
        table=row._meta.db_table,
        id=row.pk,
    )


def _new_code(model: type[Role] | type[Location] | type[Unit], force: Force, name: str) -> str:
    """A short code from the name that the force does not use yet: 'Response officer' ->
    'RESPONSE-OFFICER'."""
    stem = re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")[:16] or "NEW"
    used = {code.upper() for code in model.objects.of_force(force).values_list("code", flat=True)}
    number, code = 1, stem
    while code in used:
        number += 1
        code = f"{stem}-{number}"
    return code


def posts_undo(undo: Undo) -> None:
    undo.restore("workforce_post")
    undo.delete("workforce_post")
    undo.delete_unused("forces_unit", "forces_location", "workforce_role", "workforce_fundingsource")


POSTS = ImportTarget(
    slug="posts",
    label="Posts",
    row_words="post,posts",
    columns=COLUMNS,
    needs=(("reference",), ("rank",), ("role",), ("unit",), ("location",), ("starts",)),
    models=("workforce.Post",),
    check=posts_check,
    apply=posts_apply,
    undo=posts_undo,
    refusal=sentence_of,
    open_ended=("ends",),
    missing_words="post is,posts are",
    missing_help="Posts on the site that the file does not hold. They stay as they are, unless the "
        "file is a full "
    "extract: then each ends on the day before the extract. A post that somebody holds is not ended.",
    key_table=("workforce_post", "reference"),
    key_column="reference",
    row_help="One row for each post",
    options=(
        Option(
            ADD_NEW,
            "Add roles, locations and units that are new",
            "For a new force, or a new part of it. A unit needs its parent: Command / Department / Team.",
        ),
    ),
    examples=EXAMPLES,
    order=10,
)  # fmt: skip
