"""Where an import would leave people's postings, checked against the rules of migration 0002 row by row.

The rules are the database's; here they are asked beforehand and set-based, so that each row that would break
one
gets a sentence of its own while the rest can be loaded. A refused row may be what another row relied on (the
move
that would have freed a post), so the plan is made again without refused rows until no row is refused any
more.
"""

from peelsite.imports.engine.stage import SOUND, Stage
from workforce.filling import levels_sql, present_sql
from workforce.people.models import AWAY_KINDS

AWAY = "(" + ", ".join(f"'{kind.value}'" for kind in AWAY_KINDS) + ")"
# After so many rounds every day of a crowded post is judged at once, which ends soon though it may refuse
# more.
GENTLE_ROUNDS = 4

#: the site's posting that a row means: of the same person in the same post, at the same time
MATCHED = f"""
SELECT DISTINCT ON (row.row_no) row.row_no, posting.id, posting.during, posting.kind, posting.fte,
       posting.is_supernumerary, posting.host
FROM import_person_row row
JOIN workforce_posting posting ON posting.person_id = row.person_id AND (
    posting.post_id = row.post_id OR (row.kind = 'seconded_out' AND posting.kind = 'seconded_out')
)
WHERE {SOUND} AND (row.kind IS NULL OR posting.is_away = (row.kind IN {AWAY}))
  AND (row.starts IS NULL OR lower(posting.during) = row.starts OR posting.during && row.asked)
ORDER BY row.row_no, (lower(posting.during) = row.starts) DESC NULLS LAST, lower(posting.during) DESC
"""

POSTINGS = f"""
SELECT row.row_no, row.number, row.person_id, row.post_id, row.post, row.post_during, row.post_rank_id,
    row.rank,
       row.rank_id, row.joined, row.employed, row.asked_kind, row.asked_host,
       row.posting_id, row.old_during, row.old_kind, row.old_fte, row.old_supernumerary, row.old_host,
       row.kind, row.kind IN {AWAY} AS is_away, row.fte, row.is_supernumerary, row.host, row.begins,
           row.until,
       CASE WHEN row.until IS NULL OR row.until > row.begins THEN daterange(row.begins,
           row.until) END AS during
FROM (
    SELECT row.row_no, row.number, row.person_id, row.post_id, row.post, row.post_during, row.post_rank_id,
        row.rank,
           row.rank_id, row.joined, row.employed, row.kind AS asked_kind, row.host AS asked_host,
           old.id AS posting_id, old.during AS old_during, old.kind AS old_kind, old.fte AS old_fte,
           old.is_supernumerary AS old_supernumerary, old.host AS old_host,
           COALESCE(row.kind, old.kind, 'substantive') AS kind,
           COALESCE(row.fte, old.fte, 1) AS fte,
           CASE WHEN %(has_supernumerary)s THEN COALESCE(row.supernumerary, false)
                ELSE COALESCE(old.is_supernumerary, false) END AS is_supernumerary,
           CASE WHEN %(has_host)s THEN COALESCE(row.host, '') ELSE COALESCE(old.host, '') END AS host,
           COALESCE(row.starts, lower(old.during), GREATEST(row.joined, lower(row.post_during))) AS begins,
           CASE WHEN row.ends IS NOT NULL THEN row.ends + 1
                WHEN old.id IS NOT NULL AND NOT %(has_ends)s THEN LEAST(upper(old.during),
                    upper(row.employed))
                ELSE LEAST(upper(row.post_during), upper(row.employed)) END AS until
    FROM import_person_row row
    LEFT JOIN import_matched old ON old.row_no = row.row_no
    WHERE (row.post_id IS NOT NULL OR row.kind = 'seconded_out') AND {SOUND}
) row
"""

#: people of the site whose postings or employment some sound row would change
TOUCHED = f"""
SELECT DISTINCT person_id FROM import_posting_row row
WHERE person_id IS NOT NULL AND {SOUND} AND (
    posting_id IS NULL
    OR (during, kind, fte, is_supernumerary, host)
       IS DISTINCT FROM (old_during, old_kind, old_fte, old_supernumerary, old_host)
)
UNION
SELECT person_id FROM import_person_row row
WHERE person_id IS NOT NULL AND employed <> old_employed AND {SOUND}
"""

#: postings of touched people that no row means: a new posting on the same layer ends them, and so does
#: leaving
KEPT = f"""
SELECT posting.id AS posting_id, posting.person_id, posting.post_id, posting.kind, posting.is_away,
    posting.fte,
       posting.is_supernumerary, posting.host, posting.during AS old_during, fact.number,
           fact.row_no AS blame,
       fact.employed, moved.row_no AS moved_by,
       LEAST(upper(posting.during), moved.begins, upper(fact.employed)) AS until
FROM workforce_posting posting
JOIN import_touched USING (person_id)
JOIN (
    SELECT DISTINCT ON (person_id) person_id, number, row_no, employed FROM import_person_row row
    WHERE person_id IS NOT NULL AND {SOUND} ORDER BY person_id, row_no
) fact USING (person_id)
LEFT JOIN LATERAL (
    SELECT row.row_no, row.begins FROM import_posting_row row
    WHERE row.person_id = posting.person_id AND row.posting_id IS NULL AND row.is_away = posting.is_away
      AND row.during && posting.during AND row.begins > lower(posting.during) AND {SOUND}
    ORDER BY row.begins LIMIT 1
) moved ON true
WHERE NOT EXISTS (
    SELECT 1 FROM import_posting_row row WHERE row.posting_id = posting.id AND {SOUND}
)
"""

PLANNED = f"""
WITH own AS (
    SELECT row.number AS person, row.row_no, row.row_no AS blame, row.post_id, row.kind, row.is_away, row.fte,
           row.is_supernumerary, row.host, row.during
    FROM import_posting_row row
    WHERE row.during IS NOT NULL AND {SOUND}
      AND (row.person_id IS NULL OR row.person_id IN (SELECT person_id FROM import_touched))
), kept AS (
    SELECT number AS person, NULL::bigint AS row_no, blame, post_id, kind, is_away, fte, is_supernumerary,
        host,
           daterange(lower(old_during), until) AS during
    FROM import_kept WHERE until IS NULL OR until > lower(old_during)
), posts AS (
    SELECT post_id FROM own UNION SELECT post_id FROM kept
), others AS (
    SELECT posting.person_id, posting.post_id, posting.kind, posting.is_away, posting.fte,
           posting.is_supernumerary, posting.host,
           CASE WHEN missing.row_id IS NULL OR %(as_at)s::date IS NULL OR missing.is_blocked
               THEN posting.during
                ELSE posting.during * daterange(NULL, %(as_at)s) END AS during
    FROM workforce_posting posting LEFT JOIN import_missing missing ON missing.row_id = posting.person_id
    WHERE posting.person_id NOT IN (SELECT person_id FROM import_touched) AND (
        posting.post_id IN (SELECT post_id FROM posts WHERE post_id IS NOT NULL)
        OR (posting.is_away AND posting.person_id IN (
            SELECT holder.person_id FROM workforce_posting holder WHERE holder.post_id IN (SELECT post_id
                FROM posts)))
    )
)
SELECT * FROM own UNION ALL SELECT * FROM kept UNION ALL
SELECT person.number, NULL, NULL, others.post_id, others.kind, others.is_away, others.fte,
       others.is_supernumerary, others.host, others.during
FROM others JOIN workforce_person person ON person.id = others.person_id WHERE NOT isempty(others.during)
"""

OVERLAPS = f"""
SELECT DISTINCT ON (row.row_no) row.row_no, row.person, format(
    '%%s already holds %%s %%s%%s. End that posting first, or choose dates that do not overlap.',
    row.person, COALESCE('post ' || post.reference, 'a secondment to ' || other.host),
        workforce_span(other.during),
    CASE WHEN other.row_no IS NULL THEN '' ELSE ' (row ' || other.row_no || ')' END)
FROM import_planned row
JOIN import_planned other ON other.person = row.person AND other.is_away = row.is_away
    AND other.during && row.during AND (other.row_no IS NULL OR other.row_no < row.row_no)
LEFT JOIN workforce_post post ON post.id = other.post_id
WHERE row.row_no IS NOT NULL AND {SOUND}
ORDER BY row.row_no, other.during
"""

CROWDED = """
SELECT planned.post_id FROM import_planned planned JOIN workforce_post post ON post.id = planned.post_id
WHERE NOT planned.is_supernumerary GROUP BY planned.post_id, post.fte HAVING sum(planned.fte) > post.fte
"""

#: people really present in a crowded post, sitting holders first, then rows in the order of the file
OVERFILLED = f"""
WITH holding AS (
    SELECT post_id, person, blame AS row_no, fte, during, is_away, is_supernumerary FROM import_planned
    WHERE post_id IN (SELECT post_id FROM import_crowded)
       OR (is_away AND person IN (
           SELECT person FROM import_planned WHERE post_id IN (SELECT post_id FROM import_crowded)))
), present AS (
    SELECT * FROM ({present_sql("holding")}) placed WHERE post_id IN (SELECT post_id FROM import_crowded)
), levels AS ({levels_sql("present")}), overfull AS (
    SELECT levels.post_id, levels.day, post.reference, post.fte,
           row_number() OVER (PARTITION BY levels.post_id ORDER BY levels.day) AS place
    FROM levels JOIN workforce_post post ON post.id = levels.post_id WHERE levels.filled > post.fte
), holders AS (
    SELECT overfull.*, present.person, present.row_no, present.span, sum(present.fte) OVER (
        PARTITION BY overfull.post_id, overfull.day ORDER BY present.row_no NULLS FIRST, present.person
    ) AS taken
    FROM overfull JOIN present ON present.post_id = overfull.post_id AND present.span @> overfull.day
    WHERE overfull.place = 1 OR %(every_day)s
)
SELECT DISTINCT ON (holders.row_no) holders.row_no, holders.reference, format(
    '%%s%%s is already held by %%s; mark as supernumerary, end that posting, or leave this row out.',
    holders.reference, CASE WHEN holders.fte = 1 THEN '' ELSE ' (' || trim_scale(holders.fte) || ' FTE)' END,
    (SELECT string_agg(sitting.person
            || CASE WHEN sitting.row_no IS NULL THEN '' ELSE ' (row ' || sitting.row_no || ')' END
            || CASE WHEN upper_inf(sitting.span) THEN ''
                ELSE ' until ' || workforce_day(upper(sitting.span) - 1) END,
            ', ' ORDER BY sitting.person)
     FROM holders sitting
     WHERE sitting.post_id = holders.post_id AND sitting.day = holders.day AND sitting.taken < holders.taken))
FROM holders
WHERE holders.taken > holders.fte AND holders.row_no IS NOT NULL
ORDER BY holders.row_no, holders.day
"""


def postings_plan(stage: Stage) -> None:
    """Fill `import_posting_row`, `import_touched`, `import_kept` and `import_planned`; refuse what cannot
    be."""
    mapped = {f"has_{name}": name in stage.mapped for name in ("supernumerary", "host", "ends")}
    stage.make("import_matched", MATCHED)
    stage.make("import_posting_row", POSTINGS, index=("person_id",), **mapped)
    _rows_check(stage)
    rounds = 0
    while True:
        rounds += 1
        _plan_once(stage)
        if not _plan_check(stage, every_day=rounds > GENTLE_ROUNDS):
            return
        stage.run("ANALYZE import_issue")


def _plan_once(stage: Stage) -> None:
    stage.make("import_touched", TOUCHED)
    stage.make("import_kept", KEPT)
    stage.make("import_planned", PLANNED)


def _rows_check(stage: Stage) -> None:
    """What one row alone shows to be wrong."""
    stage.refuse(
        "ends",
        f"""SELECT row_no, workforce_day(until - 1),
            format('The posting would end on %%s, before it starts on %%s.',
            workforce_day(until - 1), workforce_day(begins))
        FROM import_posting_row row WHERE until <= begins AND {SOUND}""",
    )
    stage.refuse(
        "starts",
        f"""SELECT row_no, workforce_day(begins),
            format('The posting starts on %%s, before %%s joined on %%s.',
            workforce_day(begins), number, workforce_day(joined))
        FROM import_posting_row row WHERE begins < joined AND {SOUND}""",
    )
    stage.refuse(
        "ends",
        f"""SELECT row_no, workforce_day(until - 1), format('The posting runs %%s, but %%s is employed %%s.',
            workforce_span(during), number, workforce_span(employed))
        FROM import_posting_row row WHERE NOT employed @> during AND begins >= joined AND {SOUND}""",
    )
    stage.refuse(
        "post",
        f"""SELECT row_no, post,
            format('%%s exists %%s, but the posting runs %%s. Change the dates of one of them.',
            post, workforce_span(post_during), workforce_span(during))
        FROM import_posting_row row WHERE NOT post_during @> during AND {SOUND}""",
    )
    stage.refuse(
        "host",
        f"""SELECT row_no, host, 'A secondment names the other force or body.'
        FROM import_posting_row row WHERE kind IN ('seconded_in', 'seconded_out') AND host = '' AND {SOUND}
        UNION ALL
        SELECT row_no, host,
            'Only a secondment names another force or body; leave it empty or change the kind.'
        FROM import_posting_row row WHERE kind NOT IN ('seconded_in', 'seconded_out') AND host <> ''
            AND {SOUND}""",
    )
    stage.refuse(
        "rank",
        f"""SELECT row_no, row.rank,
            format('%%s is a post for a %%s, and the row says %%s. Correct the rank, choose '
            'another post, or mark the posting as acting or temporary.', post, rank.name, row.rank)
        FROM import_posting_row row JOIN workforce_rank rank ON rank.id = row.post_rank_id
        WHERE row.rank_id <> row.post_rank_id AND row.kind = 'substantive' AND {SOUND}""",
    )
    stage.refuse(
        "number",
        f"""SELECT DISTINCT ON (row.row_no) row.row_no, row.number, format(
            '%%s is in row %%s too, with a posting in the same dates; leave one of them out.', row.number,
                other.row_no)
        FROM import_posting_row row
        JOIN import_posting_row other ON other.number = row.number AND other.row_no < row.row_no
            AND other.is_away = row.is_away AND other.during && row.during
        WHERE {SOUND} AND NOT EXISTS (SELECT 1 FROM import_issue WHERE import_issue.row_no = other.row_no)
        ORDER BY row.row_no, other.row_no""",
    )


def _plan_check(stage: Stage, *, every_day: bool) -> int:
    """What the rows together with the site show to be wrong; how many rows were refused."""
    refused = stage.refuse(
        "left_on",
        f"""SELECT DISTINCT ON (row.row_no) row.row_no, workforce_day(upper(row.employed) - 1), format(
            '%%s has a posting %%s, after leaving on %%s. End or remove that posting first.',
            row.number, workforce_span(kept.old_during), workforce_day(upper(row.employed) - 1))
        FROM import_kept kept JOIN import_person_row row ON row.person_id = kept.person_id
        WHERE upper(row.employed) <= lower(kept.old_during) AND {SOUND} ORDER BY row.row_no""",
    )
    refused += stage.refuse(
        "joined",
        f"""SELECT DISTINCT ON (row.row_no) row.row_no, workforce_day(row.joined), format(
            '%%s has a posting %%s, before joining on %%s.',
            row.number, workforce_span(kept.old_during), workforce_day(row.joined))
        FROM import_kept kept JOIN import_person_row row ON row.person_id = kept.person_id
        WHERE lower(kept.old_during) < row.joined AND {SOUND} ORDER BY row.row_no""",
    )
    refused += stage.refuse("post", OVERLAPS)
    stage.make("import_crowded", CROWDED)
    return refused + stage.refuse("post", OVERFILLED, every_day=every_day)
