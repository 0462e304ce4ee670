"""The SQL of a comparison: the days on which people and posts changed.

Parameters: force_id, since and until (days): what happened after `since`, up to and with `until`.
"""

# Every person whose postings begin or end in the time, on each such day: where counted the day before, and on
# the day. Ranges are asked in a CASE so that PostgreSQL, which may not use its statistics about them behind
# the wall between forces, joins as for many rows.
PEOPLE = """
WITH turning AS MATERIALIZED (
    SELECT person_id, lower(during) AS starts_on, upper(during) AS ends_before
    FROM workforce_posting
    WHERE force_id = %(force_id)s AND CASE WHEN
        (lower(during) > %(since)s::date AND lower(during) <= %(until)s::date)
        OR (upper(during) > %(since)s::date AND upper(during) <= %(until)s::date) THEN true END
), point AS MATERIALIZED (
    SELECT person_id, starts_on AS day FROM turning
    WHERE starts_on > %(since)s::date AND starts_on <= %(until)s::date
    UNION
    SELECT person_id, ends_before FROM turning
    WHERE ends_before > %(since)s::date AND ends_before <= %(until)s::date
), posting AS MATERIALIZED (
    SELECT person_id, post_id, kind, fte, during, is_away
    FROM workforce_posting
    WHERE force_id = %(force_id)s AND person_id IN (SELECT person_id FROM point)
), before AS MATERIALIZED (
    SELECT DISTINCT ON (point.person_id, point.day) point.person_id, point.day,
           posting.post_id, posting.kind, posting.fte, posting.is_away
    FROM point JOIN posting ON posting.person_id = point.person_id
    WHERE posting.during @> (point.day - 1)
    ORDER BY point.person_id, point.day, posting.is_away DESC
), after AS MATERIALIZED (
    SELECT DISTINCT ON (point.person_id, point.day) point.person_id, point.day,
           posting.post_id, posting.kind, posting.fte, posting.is_away
    FROM point JOIN posting ON posting.person_id = point.person_id
    WHERE posting.during @> point.day
    ORDER BY point.person_id, point.day, posting.is_away DESC
)
SELECT point.person_id, point.day,
       before.post_id AS before_post_id, before.kind AS before_kind, before.fte AS before_fte,
       before.is_away AS before_is_away,
       after.post_id AS after_post_id, after.kind AS after_kind, after.fte AS after_fte,
       after.is_away AS after_is_away,
       lower(person.employed) = point.day AS is_first_day,
       COALESCE(upper(person.employed) <= point.day, false) AS is_gone,
       person.leaving_reason
FROM point
JOIN workforce_person person ON person.id = point.person_id
LEFT JOIN before ON before.person_id = point.person_id AND before.day = point.day
LEFT JOIN after ON after.person_id = point.person_id AND after.day = point.day
WHERE (before.post_id, before.fte) IS DISTINCT FROM (after.post_id, after.fte)
ORDER BY point.day, point.person_id
"""

# Posts that begin or end in the time.
POSTS = """
SELECT post.id, post.succeeds_id, post.fte,
       CASE WHEN lower(post.during) > %(since)s::date AND lower(post.during) <= %(until)s::date
            THEN lower(post.during) END AS begins_on,
       CASE WHEN upper(post.during) > %(since)s::date AND upper(post.during) <= %(until)s::date
            THEN upper(post.during) END AS ends_on
FROM workforce_post post
WHERE post.force_id = %(force_id)s AND CASE WHEN
    (lower(post.during) > %(since)s::date AND lower(post.during) <= %(until)s::date)
    OR (upper(post.during) > %(since)s::date AND upper(post.during) <= %(until)s::date) THEN true END
ORDER BY post.id
"""
