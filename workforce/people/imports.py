"""What a spreadsheet row means for people and their postings: its columns, its checks, and loading it."""

from peelsite.imports.engine.names import named, names_resolve
from peelsite.imports.engine.stage import SOUND, Stage
from peelsite.imports.engine.undo import Undo, effects_begin
from peelsite.imports.targets import ImportTarget
from workforce.establishment.names import ranks_finder
from workforce.people.columns import COLUMNS, EXAMPLES
from workforce.people.planning import postings_plan
from workforce.refusals import sentence_of

ROWS = f"""
SELECT row.row_no, row.number,
       COALESCE(row.family_name, CASE WHEN strpos(row.full_name, ',') > 0 THEN trim(split_part(row.full_name,
           ',', 1))
           ELSE regexp_replace(row.full_name, '^.*\\s', '') END) AS family_name,
       CASE WHEN NOT %(has_given)s THEN person.given_names
            WHEN row.given_names IS NOT NULL OR row.family_name IS NOT NULL THEN row.given_names
            WHEN strpos(row.full_name, ',') > 0
                THEN trim(substr(row.full_name, strpos(row.full_name, ',') + 1))
            ELSE trim(regexp_replace(row.full_name, '\\S+$', '')) END AS given_names,
       row.joined, row.until, row.left_on,
       CASE WHEN row.until IS NULL OR row.until > row.joined THEN daterange(row.joined,
           row.until) END AS employed,
       CASE WHEN row.until IS NULL THEN ''
            WHEN %(has_reason)s THEN COALESCE(row.leaving_reason, '')
            ELSE COALESCE(person.leaving_reason, '') END AS leaving_reason,
       row.leaving_reason AS asked_reason,
       row.person_id, person.family_name AS old_family_name, person.given_names AS old_given_names,
       person.employed AS old_employed, person.leaving_reason AS old_leaving_reason,
       row.post, post.id AS post_id, post.during AS post_during, post.rank_id AS post_rank_id,
       row.rank, rank_name.row_id AS rank_id,
       row.kind, row.starts, row.ends, round(row.fte, 4) AS fte, row.supernumerary, row.host,
       CASE WHEN row.ends IS NULL OR row.ends >= row.starts THEN daterange(row.starts,
           row.ends + 1) END AS asked
FROM (
    SELECT staged.*, known.id AS person_id,
           CASE WHEN %(has_left)s THEN staged.left_on + 1 ELSE upper(known.employed) END AS until
    FROM import_staged staged
    LEFT JOIN workforce_person known ON known.force_id = %(force)s AND known.number = staged.number
) row
LEFT JOIN workforce_person person ON person.id = row.person_id
LEFT JOIN workforce_post post ON post.force_id = %(force)s AND post.reference = row.post
{named("rank")}
"""

#: the facts of a person stand in the first sound row of that person
FACTS = f"""
SELECT DISTINCT ON (row.number) row.row_no, row.number, row.family_name, COALESCE(row.given_names,
    '') AS given_names,
       row.employed, row.leaving_reason, row.person_id, row.old_family_name, row.old_given_names,
           row.old_employed,
       row.old_leaving_reason
FROM import_person_row row WHERE {SOUND} ORDER BY row.number, row.row_no
"""


def people_check(stage: Stage) -> None:
    names_resolve(stage, "rank", ranks_finder(stage.force))
    stage.make(
        "import_person_row",
        ROWS,
        index=("row_no", "person_id"),
        has_given=bool({"given_names", "full_name"} & stage.mapped),
        has_reason="leaving_reason" in stage.mapped,
        has_left="left_on" in stage.mapped,
    )
    _cells_check(stage)
    _repeats_check(stage)
    _missing_note(stage)
    postings_plan(stage)
    stage.make("import_fact", FACTS)
    _changes_note(stage)


def _cells_check(stage: Stage) -> None:
    for column, most in (("number", 20), ("family_name", 80), ("given_names", 80), ("host", 100)):
        stage.refuse(
            column,
            f"SELECT row_no, {column}, 'It has ' || length({column}) || ' characters; %(most)s at most.'"
            f" FROM import_person_row WHERE length({column}) > %(most)s",
            most=most,
        )
    stage.refuse(
        "family_name" if "family_name" in stage.mapped else "full_name",
        "SELECT row_no, '', 'The name is empty.' FROM import_person_row WHERE COALESCE(family_name, '') = ''",
    )
    stage.refuse(
        "left_on",
        "SELECT row_no, workforce_day(until - 1), format('The last day %%s is before the joining date %%s.',"
        " workforce_day(until - 1), workforce_day(joined)) FROM import_person_row WHERE until <= joined",
    )
    stage.refuse(
        "leaving_reason",
        "SELECT row_no, asked_reason, 'A leaving reason needs a leaving date.' FROM import_person_row"
        " WHERE asked_reason IS NOT NULL AND until IS NULL",
    )
    stage.refuse(
        "fte",
        "SELECT row_no, fte, 'The FTE of a posting must be above 0 and not above 1; ' || trim_scale(fte)"
        " || ' is not.' FROM import_person_row WHERE fte <= 0 OR fte > 1",
    )
    stage.refuse(
        "ends",
        "SELECT row_no, workforce_day(ends), format('The end date %%s is before the start date %%s.',"
        " workforce_day(ends), workforce_day(starts)) FROM import_person_row WHERE ends < starts",
    )
    _posts_check(stage)


def _posts_check(stage: Stage) -> None:
    stage.refuse(
        "post",
        """SELECT row_no, post,
            format('%%s is not a post of this force. Import the posts first, or correct it.', post)
        FROM import_person_row WHERE post IS NOT NULL AND post_id IS NULL""",
    )
    stage.refuse(
        "post",
        """SELECT row_no, post,
            'Someone seconded out is in no post here; give the secondment a row of its own with the '
            'post left empty.' FROM import_person_row WHERE kind = 'seconded_out' AND post IS NOT NULL""",
    )
    stage.refuse(
        "post",
        """SELECT row_no, post, 'This kind of posting needs a post.' FROM import_person_row
        WHERE kind <> 'seconded_out' AND kind <> 'substantive' AND post IS NULL""",
    )


def _repeats_check(stage: Stage) -> None:
    """The same person in two rows: only with the same facts, and with a posting in each."""
    stage.make(
        "import_repeat",
        f"""SELECT row.*, min(row_no) OVER (PARTITION BY number) AS first FROM (
            SELECT row.*, count(*) OVER (PARTITION BY number) AS times FROM import_person_row row
                WHERE {SOUND}
        ) row WHERE times > 1""",
    )
    stage.refuse(
        "number",
        """SELECT row.row_no, row.number, format(
            '%%s is in row %%s too, with another name or other dates of employment. Correct one of them.',
            row.number, first.row_no)
        FROM import_repeat row JOIN import_repeat first ON first.row_no = row.first
            AND first.row_no <> row.row_no
        WHERE (row.family_name, row.given_names, row.employed, row.leaving_reason)
            IS DISTINCT FROM (first.family_name, first.given_names, first.employed, first.leaving_reason)""",
    )
    stage.refuse(
        "number",
        f"""SELECT row.row_no, row.number, format('%%s is in row %%s too; leave one of them out.', row.number,
            row.first)
        FROM import_repeat row JOIN import_repeat first ON first.row_no = row.first
            AND first.row_no <> row.row_no
        WHERE {SOUND} AND ((row.post_id IS NULL AND row.kind IS DISTINCT FROM 'seconded_out')
            OR (first.post_id IS NULL AND first.kind IS DISTINCT FROM 'seconded_out'))""",
    )


def _missing_note(stage: Stage) -> None:
    """People employed on the day whom the file does not hold; who has something after it cannot be ended."""
    stage.run(
        """INSERT INTO import_missing
        SELECT person.id, person.number, CASE
                WHEN lower(person.employed) >= day THEN 'Joined on that day.'
                WHEN later.during IS NOT NULL THEN
                    'Has a posting ' || workforce_span(later.during) || '; end or remove it first.'
                ELSE COALESCE('In post ' || held.posts, 'In no post') END,
            lower(person.employed) >= day OR later.during IS NOT NULL
        FROM (SELECT COALESCE(%(as_at)s::date, %(today)s::date) AS day) asked
        JOIN workforce_person person ON person.force_id = %(force)s AND person.employed @> day
        LEFT JOIN LATERAL (
            SELECT posting.during FROM workforce_posting posting
            WHERE posting.person_id = person.id AND lower(posting.during) >= day ORDER BY 1 LIMIT 1
        ) later ON true
        LEFT JOIN LATERAL (
            SELECT string_agg(post.reference, ', ' ORDER BY post.reference) AS posts
            FROM workforce_posting posting JOIN workforce_post post ON post.id = posting.post_id
            WHERE posting.person_id = person.id AND posting.during @> day
        ) held ON true
        WHERE NOT EXISTS (SELECT 1 FROM import_staged row WHERE row.number = person.number)"""
    )


CHANGES = f"""
INSERT INTO import_change
SELECT row_no, 'family_name', old_family_name, family_name FROM import_fact
WHERE person_id IS NOT NULL AND family_name <> old_family_name
UNION ALL
SELECT row_no, 'given_names', old_given_names, given_names FROM import_fact
WHERE person_id IS NOT NULL AND given_names <> old_given_names
UNION ALL
SELECT row_no, 'joined', workforce_day(lower(old_employed)), workforce_day(lower(employed)) FROM import_fact
WHERE lower(employed) <> lower(old_employed)
UNION ALL
SELECT row_no, 'left_on', workforce_day(upper(old_employed) - 1), workforce_day(upper(employed) - 1)
    FROM import_fact
WHERE person_id IS NOT NULL AND upper(employed) IS DISTINCT FROM upper(old_employed)
UNION ALL
SELECT row_no, 'leaving_reason', old_leaving_reason, leaving_reason FROM import_fact
WHERE person_id IS NOT NULL AND leaving_reason <> old_leaving_reason
UNION ALL
SELECT row.row_no, 'post', (
    SELECT string_agg(COALESCE(post.reference, kept.host), ', ') FROM import_kept kept
    LEFT JOIN workforce_post post ON post.id = kept.post_id
    WHERE kept.moved_by = row.row_no
), COALESCE(row.post, row.host) FROM import_posting_row row
WHERE row.person_id IS NOT NULL AND row.posting_id IS NULL AND {SOUND}
UNION ALL
SELECT row.row_no, 'starts', workforce_day(lower(old_during)), workforce_day(lower(during))
    FROM import_posting_row row
WHERE row.person_id IS NOT NULL AND lower(during) IS DISTINCT FROM lower(old_during) AND {SOUND}
UNION ALL
SELECT row.row_no, 'ends', workforce_day(upper(old_during) - 1), workforce_day(upper(during) - 1)
FROM import_posting_row row
WHERE row.person_id IS NOT NULL AND upper(during) IS DISTINCT FROM upper(old_during) AND {SOUND}
UNION ALL
SELECT row.row_no, 'fte', trim_scale(old_fte)::text, trim_scale(fte)::text FROM import_posting_row row
WHERE row.posting_id IS NOT NULL AND fte <> old_fte AND {SOUND}
UNION ALL
SELECT row.row_no, 'kind', old_kind, kind FROM import_posting_row row
WHERE row.posting_id IS NOT NULL AND kind <> old_kind AND {SOUND}
UNION ALL
SELECT row.row_no, 'supernumerary', CASE WHEN old_supernumerary THEN 'yes' ELSE 'no' END,
       CASE WHEN is_supernumerary THEN 'yes' ELSE 'no' END FROM import_posting_row row
WHERE row.posting_id IS NOT NULL AND is_supernumerary <> old_supernumerary AND {SOUND}
UNION ALL
SELECT row.row_no, 'host', old_host, host FROM import_posting_row row
WHERE row.posting_id IS NOT NULL AND host <> old_host AND {SOUND}
"""


def _changes_note(stage: Stage) -> None:
    stage.run(CHANGES)
    # A posting that ends because its holder leaves is part of the leaving.
    stage.run(
        f"""INSERT INTO import_change
        SELECT kept.blame, 'ends', string_agg(workforce_day(upper(kept.old_during) - 1), ', '),
               workforce_day(min(kept.until) - 1)
        FROM import_kept kept JOIN import_person_row row ON row.row_no = kept.blame
        WHERE kept.moved_by IS NULL AND kept.until IS DISTINCT FROM upper(kept.old_during) AND {SOUND}
          AND NOT EXISTS (SELECT 1 FROM import_change WHERE row_no = kept.blame AND column_name = 'ends')
        GROUP BY kept.blame"""
    )
    stage.run("CREATE INDEX ON import_change (row_no)")
    stage.run(
        """INSERT INTO import_outcome
        SELECT row.row_no, CASE WHEN row.person_id IS NULL THEN 'new' WHEN change.row_no IS NOT NULL
            THEN 'changed'
            ELSE 'unchanged' END,
            row.number, concat_ws(', ', concat_ws(' ', NULLIF(row.given_names, ''), row.family_name),
                row.post)
        FROM import_person_row row
        LEFT JOIN (SELECT DISTINCT row_no FROM import_change) change ON change.row_no = row.row_no"""
    )


POSTING_CHANGES = f"""
SELECT row.posting_id, row.during, row.kind, row.fte, row.is_supernumerary, row.host,
       row.old_during @> row.during AS shrinks
FROM import_posting_row row
WHERE row.posting_id IS NOT NULL AND {SOUND}
  AND (row.during, row.kind, row.fte, row.is_supernumerary, row.host)
      IS DISTINCT FROM (row.old_during, row.old_kind, row.old_fte, row.old_supernumerary, row.old_host)
UNION ALL
SELECT kept.posting_id, daterange(lower(kept.old_during), kept.until), kept.kind, kept.fte,
    kept.is_supernumerary,
       kept.host, true
FROM import_kept kept WHERE kept.until IS DISTINCT FROM upper(kept.old_during)
UNION ALL
SELECT posting.id, daterange(lower(posting.during), %(as_at)s), posting.kind, posting.fte,
    posting.is_supernumerary,
       posting.host, true
FROM import_missing missing JOIN workforce_posting posting ON posting.person_id = missing.row_id
WHERE %(as_at)s::date IS NOT NULL AND NOT missing.is_blocked AND posting.during @> %(as_at)s::date
"""

# One statement, so that the rules see the postings only as they are in the end; within it ends go before
# beginnings.
SET_POSTING = "during = change.during, kind = change.kind, fte = change.fte,"
SET_POSTING += " is_supernumerary = change.is_supernumerary, host = change.host"
POSTINGS_WRITE = f"""
WITH cut AS (
    UPDATE workforce_posting posting SET {SET_POSTING} FROM import_posting_change change
    WHERE change.posting_id = posting.id AND change.shrinks RETURNING 1
), altered AS (
    UPDATE workforce_posting posting SET {SET_POSTING} FROM import_posting_change change
    WHERE change.posting_id = posting.id AND NOT change.shrinks AND (SELECT count(*)
        FROM cut) >= 0 RETURNING 1
)
INSERT INTO workforce_posting (force_id, person_id, post_id, kind, fte, during, is_supernumerary, host,
    import_id)
SELECT %(force)s, person.id, row.post_id, row.kind, row.fte, row.during, row.is_supernumerary, row.host,
    %(batch)s
FROM import_posting_row row
JOIN workforce_person person ON person.force_id = %(force)s AND person.number = row.number
WHERE row.posting_id IS NULL AND {SOUND} AND (SELECT count(*) FROM altered) >= 0
ORDER BY row.row_no
"""


def people_apply(stage: Stage) -> None:
    stage.run(
        """INSERT INTO workforce_person (force_id, number, family_name, given_names, employed, leaving_reason,
            import_id)
        SELECT %(force)s, number, family_name, given_names, employed, leaving_reason, %(batch)s
        FROM import_fact WHERE person_id IS NULL ORDER BY row_no"""
    )
    stage.make(
        "import_person_change",
        """SELECT person_id, family_name, given_names, employed, leaving_reason FROM import_fact
        WHERE person_id IS NOT NULL AND (family_name, given_names, employed, leaving_reason)
            IS DISTINCT FROM (old_family_name, old_given_names, old_employed, old_leaving_reason)
        UNION ALL
        SELECT person.id, person.family_name, person.given_names, daterange(lower(person.employed),
            %(as_at)s),
               person.leaving_reason
        FROM import_missing missing JOIN workforce_person person ON person.id = missing.row_id
        WHERE %(as_at)s::date IS NOT NULL AND NOT missing.is_blocked""",
    )
    stage.make("import_posting_change", POSTING_CHANGES)
    effects_begin(stage, "workforce_person", "SELECT person_id FROM import_person_change")
    effects_begin(stage, "workforce_posting", "SELECT posting_id FROM import_posting_change")
    # Postings must lie within the employment before and after: it is widened first and narrowed last.
    stage.run(
        """UPDATE workforce_person person SET employed = range_merge(person.employed, change.employed),
            leaving_reason = CASE WHEN upper_inf(change.employed) THEN '' ELSE person.leaving_reason END
        FROM import_person_change change
        WHERE change.person_id = person.id AND NOT person.employed @> change.employed"""
    )
    stage.run(POSTINGS_WRITE)
    stage.run(
        """UPDATE workforce_person person SET family_name = change.family_name,
            given_names = change.given_names,
            employed = change.employed, leaving_reason = change.leaving_reason
        FROM import_person_change change WHERE change.person_id = person.id"""
    )


def people_undo(undo: Undo) -> None:
    undo.run(
        """UPDATE workforce_person person SET employed = range_merge(person.employed, old.employed),
            leaving_reason = CASE WHEN upper_inf(old.employed) THEN '' ELSE person.leaving_reason END
        FROM (
            SELECT row_id, (before ->> 'employed')::daterange AS employed FROM imports_importeffect
            WHERE batch_id = %(batch)s AND "table" = 'workforce_person'
        ) old
        WHERE old.row_id = person.id AND NOT person.employed @> old.employed"""
    )
    undo.run(
        """WITH gone AS (DELETE FROM workforce_posting WHERE import_id = %(batch)s RETURNING 1), old AS (
            SELECT effect.row_id, record.* FROM imports_importeffect effect,
                LATERAL jsonb_populate_record(NULL::workforce_posting, effect.before) record
            WHERE effect.batch_id = %(batch)s AND effect."table" = 'workforce_posting' AND effect.before
                IS NOT NULL
        )
        UPDATE workforce_posting posting SET during = old.during, kind = old.kind, fte = old.fte,
            is_supernumerary = old.is_supernumerary, host = old.host
        FROM old WHERE posting.id = old.row_id AND (SELECT count(*) FROM gone) >= 0"""
    )
    undo.restore("workforce_person")
    undo.delete("workforce_person")


PEOPLE = ImportTarget(
    slug="people",
    label="People and postings",
    row_words="person,people",
    columns=COLUMNS,
    needs=(("number",), ("family_name", "full_name"), ("joined",)),
    models=("workforce.Person", "workforce.Posting"),
    check=people_check,
    apply=people_apply,
    undo=people_undo,
    refusal=sentence_of,
    open_ended=("left_on", "ends"),
    missing_words="person is,people are",
    missing_help="People employed on the site whom the file does not hold. They stay as they are, "
        "unless the file is "
    "a full extract: then their employment and postings end on the day before the extract.",
    key_table=("workforce_person", "number"),
    key_column="number",
    row_help="One row for each person with the post held; a second row for an acting or other "
        "posting beside it",
    examples=EXAMPLES,
    order=20,
)  # fmt: skip
