"""The SQL of the establishment, composed of named parts: who is counted where on a day, then what is asked.

Parameters: force_id, day, long_term_after (days), is_unfiltered, and the filters categories,
rank_id, role_id, location_id, funding_id and unit_id (its subtree unless is_unit_only), null where not used.
"""

from workforce.establishment.calc import FIGURE_NAMES

# Posts in being on the day, and every posting that runs on it, read once each. Behind the wall between forces
# PostgreSQL may not ask its statistics about ranges, and takes `during @> day` for true of one row in 200. Of
# a CASE it assumes every second, which is near the truth, and joins what follows accordingly.
_POSTS_AND_POSTINGS = """
WITH post AS MATERIALIZED (
    SELECT post.id, post.reference, post.rank_id, post.role_id, post.location_id, post.unit_id, post.fte,
           post.during, post.funding_id, rank.category
    FROM workforce_post post JOIN workforce_rank rank ON rank.id = post.rank_id
    WHERE post.force_id = %(force_id)s AND CASE WHEN post.during @> %(day)s::date THEN true END
      AND (%(categories)s::text[] IS NULL OR rank.category = ANY (%(categories)s::text[]))
      AND (%(rank_id)s::bigint IS NULL OR post.rank_id = %(rank_id)s)
      AND (%(role_id)s::bigint IS NULL OR post.role_id = %(role_id)s)
      AND (%(location_id)s::bigint IS NULL OR post.location_id = %(location_id)s)
      AND (%(funding_id)s::bigint IS NULL OR post.funding_id = %(funding_id)s)
      AND (%(unit_id)s::bigint IS NULL OR post.unit_id IN (
            SELECT unit.id FROM forces_unit top JOIN forces_unit unit ON starts_with(unit.path, top.path)
            WHERE top.id = %(unit_id)s AND unit.force_id = top.force_id
              AND (unit.id = top.id OR NOT %(is_unit_only)s)))
), running AS MATERIALIZED (
    SELECT person_id, post_id, kind, fte, during, is_away, is_supernumerary
    FROM workforce_posting
    WHERE force_id = %(force_id)s AND CASE WHEN during @> %(day)s::date THEN true END
), away AS MATERIALIZED (
    SELECT person_id, kind, fte, during FROM running WHERE is_away
), counted AS (
    -- Where each person really is: away beats their own post. Seconded out is in no post.
    SELECT running.*
    FROM running LEFT JOIN away ON away.person_id = running.person_id
    WHERE running.post_id IS NOT NULL AND (running.is_away OR away.person_id IS NULL)
)"""

_CELLS = """
, absent AS (
    SELECT person_id FROM workforce_absence
    WHERE force_id = %(force_id)s AND during @> %(day)s::date
      AND (upper(during) > lower(during) + %(long_term_after)s
           OR (upper_inf(during) AND lower(during) <= %(day)s::date - %(long_term_after)s))
), limited AS (
    SELECT person_id FROM workforce_limitedduty
    WHERE force_id = %(force_id)s AND during @> %(day)s::date
), person AS (
    -- FTE as whole ten-thousandths from here on: exact, and summed several times faster than numeric.
    SELECT counted.post_id, (fte * 10000)::int AS fte, is_supernumerary, kind,
           absent.person_id IS NOT NULL AS is_absent, limited.person_id IS NOT NULL AS is_limited
    FROM counted
    LEFT JOIN absent ON absent.person_id = counted.person_id
    LEFT JOIN limited ON limited.person_id = counted.person_id
), people AS (
    SELECT post_id, count(*) AS headcount, sum(fte) AS strength_fte,
           count(*) FILTER (WHERE is_supernumerary) AS supernumerary_heads,
           sum(fte) FILTER (WHERE is_supernumerary) AS supernumerary_fte,
           count(*) FILTER (WHERE kind IN ('acting', 'temporary')) AS acting_heads,
           sum(fte) FILTER (WHERE kind IN ('acting', 'temporary')) AS acting_fte,
           count(*) FILTER (WHERE kind = 'attachment') AS attached_heads,
           sum(fte) FILTER (WHERE kind = 'attachment') AS attached_fte,
           count(*) FILTER (WHERE kind = 'seconded_in') AS seconded_in_heads,
           sum(fte) FILTER (WHERE kind = 'seconded_in') AS seconded_in_fte,
           count(*) FILTER (WHERE is_absent) AS long_term_absent_heads,
           sum(fte) FILTER (WHERE is_absent) AS long_term_absent_fte,
           count(*) FILTER (WHERE is_limited) AS limited_heads,
           sum(fte) FILTER (WHERE is_limited) AS limited_fte
    FROM person
    GROUP BY post_id
), lent AS (
    SELECT own.post_id, count(*) AS heads, sum((away.fte * 10000)::int) AS fte
    FROM away LEFT JOIN running own ON own.person_id = away.person_id AND NOT own.is_away
    WHERE away.kind = 'seconded_out'
    GROUP BY own.post_id
), place AS (
    SELECT post.rank_id, post.role_id, post.location_id, post.unit_id, post.category, 1 AS posts,
           (post.fte * 10000)::int AS establishment_fte,
           COALESCE(people.strength_fte - COALESCE(people.supernumerary_fte, 0), 0) AS filled_fte,
           people.*, lent.fte AS seconded_out_fte, lent.heads AS seconded_out_heads
    FROM post
    LEFT JOIN people ON people.post_id = post.id
    LEFT JOIN lent ON lent.post_id = post.id
), cell AS (
    SELECT rank_id, role_id, location_id, unit_id, category, <CELL_SUMS>
    FROM place
    GROUP BY rank_id, role_id, location_id, unit_id, category
    UNION ALL
    -- Seconded out from no post: in the total and in no cell.
    SELECT NULL, NULL, NULL, NULL, NULL, <NO_CELL>
    FROM lent WHERE lent.post_id IS NULL AND %(is_unfiltered)s
)"""


def _cell_sum_of(name: str) -> str:
    """A measure of a cell from the posts in it."""
    summed = {
        "vacant_fte": "sum(establishment_fte - filled_fte)",
        "vacant_posts": "count(*) FILTER (WHERE establishment_fte > filled_fte)",
    }.get(name, f"sum({name})")
    return f"COALESCE({summed}, 0)::bigint AS {name}"


def _sum_of(name: str) -> str:
    """A measure summed over cells; under and over are judged cell by cell before they are summed."""
    summed = {
        "under_fte": "greatest(establishment_fte - strength_fte, 0)",
        "over_fte": "greatest(strength_fte - establishment_fte, 0)",
    }.get(name, name)
    if name.endswith("_fte"):
        return f"round(COALESCE(sum({summed}), 0) / 10000.0, 4) AS {name}"
    return f"COALESCE(sum({summed}), 0)::int AS {name}"


_OF_CELLS = [name for name in FIGURE_NAMES if name not in ("under_fte", "over_fte")]
_NO_CELL = {"seconded_out_fte": "lent.fte", "seconded_out_heads": "lent.heads"}
_PARTS = {
    "<SUMS>": ", ".join(map(_sum_of, FIGURE_NAMES)),
    "<CELL_SUMS>": ", ".join(map(_cell_sum_of, _OF_CELLS)),
    "<NO_CELL>": ", ".join(_NO_CELL.get(name, "0") for name in _OF_CELLS),
    # The order of Rank.Meta: officers, PCSOs, staff, designated officers; the most senior at the top.
    "<RANK_ORDER>": """
        array_position(ARRAY['officer', 'pcso', 'staff', 'designated'], rank.category::text),
        rank.category, rank."order" DESC""",
}


def _composed(*parts: str) -> str:
    statement = "".join(parts)
    for name, part in _PARTS.items():
        statement = statement.replace(name, part)
    return statement


TABLES = _composed(
    _POSTS_AND_POSTINGS,
    _CELLS,
    """, line AS (
    SELECT GROUPING(rank_id, role_id, location_id, unit_id, category) AS level,
           rank_id, role_id, location_id, unit_id, category AS line_category, <SUMS>
    FROM cell
    GROUP BY GROUPING SETS ((rank_id), (role_id), (location_id), (unit_id), (category), ())
)
SELECT line.*,
       CASE level WHEN 15 THEN 'rank' WHEN 23 THEN 'role' WHEN 27 THEN 'location' WHEN 29 THEN 'unit'
                  WHEN 30 THEN 'category' ELSE 'total' END AS grouped_by,
       COALESCE(line.rank_id, line.role_id, line.location_id, line.unit_id) AS key,
       COALESCE(rank.name, role.name, location.name) AS label,
       COALESCE(rank.code, role.code, location.code) AS code,
       COALESCE(rank.category, line_category) AS category
FROM line
LEFT JOIN workforce_rank rank ON rank.id = line.rank_id
LEFT JOIN workforce_role role ON role.id = line.role_id
LEFT JOIN forces_location location ON location.id = line.location_id
ORDER BY level, <RANK_ORDER>, role.name, location.name, line_category
""",
)

GAPS = _composed(
    _POSTS_AND_POSTINGS,
    _CELLS,
    """, line AS (
    SELECT rank_id, role_id, location_id, unit_id, category, <SUMS>
    FROM cell
    GROUP BY rank_id, role_id, location_id, unit_id, category
    HAVING sum(establishment_fte) <> sum(strength_fte)
)
SELECT line.*, rank.name AS rank, role.name AS role, location.name AS location, unit.name AS unit
FROM line
JOIN workforce_rank rank ON rank.id = line.rank_id
JOIN workforce_role role ON role.id = line.role_id
JOIN forces_location location ON location.id = line.location_id
JOIN forces_unit unit ON unit.id = line.unit_id
ORDER BY establishment_fte - strength_fte DESC, <RANK_ORDER>, role.name, location.name, unit.name, unit.id
""",
)

# Establishment and strength of every cell, also of those without a gap.
CELLS = _composed(
    _POSTS_AND_POSTINGS,
    """, people AS (
    SELECT post_id, sum(fte) AS fte FROM counted GROUP BY post_id
)
SELECT post.rank_id, post.role_id, post.location_id, post.unit_id, post.category,
       sum(post.fte) AS establishment_fte, COALESCE(sum(people.fte), 0) AS strength_fte
FROM post LEFT JOIN people ON people.post_id = post.id
GROUP BY post.rank_id, post.role_id, post.location_id, post.unit_id, post.category
""",
)

# Each part is made once: behind the wall between forces PostgreSQL may not ask its statistics about ranges,
# takes the parts for a few rows, and would make some again for each vacancy.
VACANCIES = _composed(
    _POSTS_AND_POSTINGS,
    """, filled AS (
    SELECT post_id, sum(fte) AS fte FROM counted WHERE NOT is_supernumerary GROUP BY post_id
), vacant AS (
    SELECT post.*, post.fte - COALESCE(filled.fte, 0) AS vacant_fte
    FROM post LEFT JOIN filled ON filled.post_id = post.id
    WHERE post.fte > COALESCE(filled.fte, 0)
), filling AS (
    -- Everyone who has ever filled one of these posts, up to the day.
    SELECT posting.post_id, posting.person_id, posting.fte, posting.during, posting.is_away
    FROM vacant JOIN workforce_posting posting ON posting.post_id = vacant.id
    -- The force is named again so that its index is used.
    WHERE posting.force_id = %(force_id)s
      AND NOT posting.is_supernumerary AND lower(posting.during) <= %(day)s::date
), gone AS MATERIALIZED (
    SELECT posting.person_id, range_agg(posting.during) AS spans
    FROM workforce_posting posting
    WHERE posting.force_id = %(force_id)s AND posting.is_away
      AND posting.person_id IN (SELECT person_id FROM filling WHERE NOT is_away)
    GROUP BY posting.person_id
), present AS (
    SELECT filling.post_id, filling.person_id, filling.fte,
           unnest(CASE WHEN filling.is_away OR gone.spans IS NULL THEN datemultirange(filling.during)
                  ELSE datemultirange(filling.during) - gone.spans END) AS span
    FROM filling LEFT JOIN gone ON gone.person_id = filling.person_id
), steps AS (
    SELECT post_id, lower(span) AS day, fte AS step FROM present
    UNION ALL
    SELECT post_id, upper(span), -fte FROM present WHERE NOT upper_inf(span)
), levels AS (
    SELECT post_id, sum(sum(step)) OVER in_time AS filled_fte, lead(day) OVER in_time AS next_day
    FROM steps GROUP BY post_id, day
    WINDOW in_time AS (PARTITION BY post_id ORDER BY day)
), fuller_until AS MATERIALIZED (
    -- When it was last better filled than it is on the day.
    SELECT levels.post_id, max(levels.next_day) AS day
    FROM levels JOIN vacant ON vacant.id = levels.post_id
    WHERE levels.filled_fte > vacant.fte - vacant.vacant_fte AND levels.next_day <= %(day)s::date
    GROUP BY levels.post_id
), last_holder AS MATERIALIZED (
    SELECT DISTINCT ON (post_id) post_id, person_id, upper(span) AS ended_on
    FROM present
    WHERE upper(span) <= %(day)s::date
    ORDER BY post_id, upper(span) DESC, person_id
), holder AS MATERIALIZED (
    SELECT DISTINCT ON (own.post_id) own.post_id, own.person_id, away.kind, upper(away.during) AS back_on
    FROM running own JOIN away ON away.person_id = own.person_id
    WHERE NOT own.is_away AND NOT own.is_supernumerary
    ORDER BY own.post_id, upper(away.during), own.person_id
)
SELECT vacant.id AS post_id, vacant.reference,
       vacant.rank_id, vacant.role_id, vacant.location_id, vacant.unit_id,
       rank.name AS rank, vacant.category AS rank_category, role.name AS role,
       location.name AS location, unit.name AS unit, vacant.fte, vacant.vacant_fte,
       COALESCE(fuller_until.day, lower(vacant.during)) AS since,
       funding.name AS funding, funding.kind AS funding_kind, funding.ends_on AS funding_ends_on,
       last_holder.person_id AS last_holder_id, last_holder.ended_on AS last_ended_on,
       holder.person_id AS holder_id, COALESCE(holder.kind, '') AS holder_away,
       holder.back_on AS holder_back_on
FROM vacant
JOIN workforce_rank rank ON rank.id = vacant.rank_id
JOIN workforce_role role ON role.id = vacant.role_id
JOIN forces_location location ON location.id = vacant.location_id
JOIN forces_unit unit ON unit.id = vacant.unit_id
JOIN workforce_fundingsource funding ON funding.id = vacant.funding_id
LEFT JOIN fuller_until ON fuller_until.post_id = vacant.id
LEFT JOIN last_holder ON last_holder.post_id = vacant.id
LEFT JOIN holder ON holder.post_id = vacant.id
ORDER BY since, vacant.reference
""",
)

# Continuous spells of acting that reach the day: postings that touch one another are one spell.
ACTING = """
WITH acting AS (
    SELECT posting.id, posting.person_id, posting.post_id, posting.fte, posting.during
    FROM workforce_posting posting
    WHERE posting.force_id = %(force_id)s AND posting.during @> %(day)s::date
      AND posting.is_away AND posting.kind = 'acting'
), spell AS MATERIALIZED (
    SELECT person_id, unnest(range_agg(during)) AS span
    FROM workforce_posting
    WHERE is_away AND kind = 'acting' AND person_id IN (SELECT person_id FROM acting)
    GROUP BY person_id
)
SELECT acting.id AS posting_id, acting.person_id, acting.post_id, post.reference, rank.name AS rank,
       unit.name AS unit, acting.fte, lower(spell.span) AS since,
       %(day)s::date - lower(spell.span) + 1 AS days, upper(spell.span) AS ends_before
FROM acting
JOIN spell ON spell.person_id = acting.person_id AND spell.span @> %(day)s::date
JOIN workforce_post post ON post.id = acting.post_id
JOIN workforce_rank rank ON rank.id = post.rank_id
JOIN forces_unit unit ON unit.id = post.unit_id
ORDER BY since, post.reference
"""

# Budget-based: what the dates of today's posts say of later days.
AHEAD = """
WITH post AS MATERIALIZED (
    SELECT fte, during FROM workforce_post WHERE force_id = %(force_id)s
)
SELECT asked.day, count(post.fte), COALESCE(sum(post.fte), 0)
FROM unnest(%(days)s::date[]) AS asked (day)
LEFT JOIN post ON post.during @> asked.day
GROUP BY asked.day ORDER BY asked.day
"""
