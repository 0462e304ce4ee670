"""The SQL of projections: each reads one thing of a whole force as at a day. Parameters by name."""

# Posts that exist on the day or begin after it: FTE by cell and dates.
POSTS = """
SELECT rank_id, role_id, location_id, unit_id, lower(during) AS starts, upper(during) AS ends,
       sum(fte)::float8 AS fte
FROM workforce_post
WHERE force_id = %(force_id)s AND (upper_inf(during) OR upper(during) > %(day)s)
GROUP BY 1, 2, 3, 4, 5, 6
"""

# Everyone employed on the day: where they are counted, and the substantive post that is theirs.
# `in_rank_since` is the day on which they last came to another rank in a substantive post.
PEOPLE = """
WITH own AS (
    SELECT DISTINCT ON (posting.person_id) posting.person_id, posting.kind, posting.fte::float8 AS fte,
           upper(posting.during) AS ends, post.rank_id, post.role_id, post.location_id, post.unit_id
    FROM workforce_posting posting JOIN workforce_post post ON post.id = posting.post_id
    WHERE posting.force_id = %(force_id)s AND NOT posting.is_away AND posting.during @> %(day)s::date
    ORDER BY posting.person_id
), away AS (
    SELECT DISTINCT ON (posting.person_id) posting.person_id, posting.kind, posting.fte::float8 AS fte,
           upper(posting.during) AS ends, post.rank_id, post.role_id, post.location_id, post.unit_id
    FROM workforce_posting posting LEFT JOIN workforce_post post ON post.id = posting.post_id
    WHERE posting.force_id = %(force_id)s AND posting.is_away AND posting.during @> %(day)s::date
    ORDER BY posting.person_id
), ranked AS (
    SELECT own.person_id, max(upper(earlier.during)) AS since
    FROM own
    JOIN workforce_posting earlier ON earlier.person_id = own.person_id AND NOT earlier.is_away
         AND upper(earlier.during) <= %(day)s
    JOIN workforce_post post ON post.id = earlier.post_id AND post.rank_id <> own.rank_id
    GROUP BY own.person_id
)
SELECT person.id AS person_id, lower(person.employed) AS joined, upper(person.employed) AS left_on,
       person.leaving_reason,
       own.kind AS own_kind, own.fte AS own_fte, own.ends AS own_ends, own.rank_id AS own_rank,
       own.role_id AS own_role, own.location_id AS own_location, own.unit_id AS own_unit,
       away.kind AS away_kind, away.fte AS away_fte, away.ends AS away_ends, away.rank_id AS away_rank,
       away.role_id AS away_role, away.location_id AS away_location, away.unit_id AS away_unit,
       ranked.since AS in_rank_since
FROM workforce_person person
LEFT JOIN own ON own.person_id = person.id
LEFT JOIN away ON away.person_id = person.id
LEFT JOIN ranked ON ranked.person_id = person.id
WHERE person.force_id = %(force_id)s AND person.employed @> %(day)s::date
ORDER BY person.id
"""

# Postings that begin after the day, with those who are not employed yet; the earliest first.
POSTINGS_AHEAD = """
SELECT posting.person_id, posting.kind, posting.is_away, posting.fte::float8 AS fte,
       lower(posting.during) AS starts, upper(posting.during) AS ends,
       post.rank_id, post.role_id, post.location_id, post.unit_id, lower(person.employed) AS joined
FROM workforce_posting posting
JOIN workforce_person person ON person.id = posting.person_id
LEFT JOIN workforce_post post ON post.id = posting.post_id
WHERE posting.force_id = %(force_id)s AND lower(posting.during) > %(day)s
ORDER BY posting.person_id, starts, posting.is_away
"""

# Who is on long-term absence (as establishment counts it) and on limited duties, and until when.
HEALTH = """
SELECT 'absence' AS what, person_id, upper(during) AS ends FROM workforce_absence
WHERE force_id = %(force_id)s AND during @> %(day)s::date
  AND (upper(during) > lower(during) + %(long_term_after)s
       OR (upper_inf(during) AND lower(during) <= %(day)s::date - %(long_term_after)s))
UNION ALL
SELECT 'limited', person_id, upper(during) FROM workforce_limitedduty
WHERE force_id = %(force_id)s AND during @> %(day)s::date
"""

# Every employment that touches the time observed, for the rates of leaving. `category` is that of the last
# substantive post up to the day. What was recorded after the day is not looked at.
EMPLOYMENTS = """
SELECT person.id AS person_id, lower(person.employed) AS joined,
       CASE WHEN upper(person.employed) <= %(day)s THEN upper(person.employed) END AS left_on,
       CASE WHEN upper(person.employed) <= %(day)s THEN person.leaving_reason ELSE '' END AS reason,
       last.category
FROM workforce_person person
JOIN LATERAL (
    SELECT rank.category
    FROM workforce_posting posting
    JOIN workforce_post post ON post.id = posting.post_id
    JOIN workforce_rank rank ON rank.id = post.rank_id
    WHERE posting.person_id = person.id AND lower(posting.during) <= %(day)s
    ORDER BY posting.is_away, lower(posting.during) DESC
    LIMIT 1
) last ON true
WHERE person.force_id = %(force_id)s AND lower(person.employed) <= %(day)s
  AND (upper_inf(person.employed) OR upper(person.employed) > %(since)s)
"""

FIRST_LEAVER = """
SELECT min(upper(employed)) FROM workforce_person WHERE force_id = %(force_id)s AND upper(employed) <= %(day)s
"""

# Long-term absences (of more than 28 days, as far as they are seen) and limited duties in the time observed.
SPELLS = """
SELECT 'absence' AS what, person_id, lower(during) AS starts,
       CASE WHEN upper(during) <= %(day)s THEN upper(during) END AS ends
FROM workforce_absence
WHERE force_id = %(force_id)s AND lower(during) <= %(day)s
  AND (upper_inf(during) OR upper(during) > %(since)s)
  AND least(coalesce(upper(during), %(day)s), %(day)s::date) > lower(during) + %(long_term_after)s
UNION ALL
SELECT 'limited', person_id, lower(during), CASE WHEN upper(during) <= %(day)s THEN upper(during) END
FROM workforce_limitedduty
WHERE force_id = %(force_id)s AND lower(during) <= %(day)s
  AND (upper_inf(during) OR upper(during) > %(since)s)
"""

# Every posting that touches a time, with its post's cell: none of someone seconded out.
POSTINGS_WITHIN = """
SELECT posting.person_id, posting.is_away, posting.fte::float8 AS fte, lower(posting.during) AS starts,
       upper(posting.during) AS ends, post.rank_id, post.role_id, post.location_id, post.unit_id
FROM workforce_posting posting LEFT JOIN workforce_post post ON post.id = posting.post_id
WHERE posting.force_id = %(force_id)s AND lower(posting.during) <= %(until)s
  AND (upper_inf(posting.during) OR upper(posting.during) > %(day)s)
"""

# Who joined after the day and up to another, and the first post that each came to.
JOINERS = """
SELECT lower(person.employed) AS joined, first.rank_id, first.role_id, first.location_id, first.unit_id,
       first.fte
FROM workforce_person person
JOIN LATERAL (
    SELECT post.rank_id, post.role_id, post.location_id, post.unit_id, posting.fte::float8 AS fte
    FROM workforce_posting posting JOIN workforce_post post ON post.id = posting.post_id
    WHERE posting.person_id = person.id
    ORDER BY lower(posting.during), posting.is_away DESC
    LIMIT 1
) first ON true
WHERE person.force_id = %(force_id)s AND lower(person.employed) > %(day)s
  AND lower(person.employed) <= %(until)s
ORDER BY joined, person.id
"""
