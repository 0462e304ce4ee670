"""The rules of postings that span rows, held by PostgreSQL.

Statement-level triggers on posts, people and postings call one function that checks everything the statement
touched in a fixed number of set-based queries. It locks the posts first, so that two transactions that fill the
same post at once are taken one after the other, and it answers with a sentence: error code 23514 with the name
of the rule as the constraint. Collar numbers, not names, stand in the sentences, as they may reach a log.
"""

from django.db import migrations

CHECK = r"""
CREATE FUNCTION workforce_day(day date) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT to_char(day, 'FMDD FMMonth YYYY') $$;

CREATE FUNCTION workforce_span(span daterange) RETURNS text LANGUAGE sql IMMUTABLE AS
$$
    SELECT 'from ' || workforce_day(lower(span))
        || CASE WHEN upper_inf(span) THEN ' onwards' ELSE ' to ' || workforce_day(upper(span) - 1) END
$$;

CREATE FUNCTION workforce_refuse(rule text, sentence text) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule, MESSAGE = sentence; END $$;

CREATE FUNCTION workforce_check_postings(person_ids bigint[], post_ids bigint[]) RETURNS void
LANGUAGE plpgsql AS
$$
DECLARE
    touched bigint[];
    fault record;
BEGIN
    -- Ending an acting posting sends its holder back, so the posts of the people touched count too.
    SELECT array_agg(DISTINCT post_id) INTO touched FROM (
        SELECT unnest(post_ids) AS post_id
        UNION ALL
        SELECT posting.post_id FROM workforce_posting posting
        WHERE posting.person_id = ANY (person_ids) AND posting.post_id IS NOT NULL
    ) posts;

    PERFORM 1 FROM workforce_post post WHERE post.id = ANY (touched) ORDER BY post.id FOR NO KEY UPDATE;

    SELECT person.number, post.reference, posting.during, post.during AS post_during,
           person.employed, post.during @> posting.during AS in_post,
           person.force_id = posting.force_id AND (post.id IS NULL OR post.force_id = posting.force_id) AS one_force
    INTO fault
    FROM workforce_posting posting
    JOIN workforce_person person ON person.id = posting.person_id
    LEFT JOIN workforce_post post ON post.id = posting.post_id
    WHERE (posting.person_id = ANY (person_ids) OR posting.post_id = ANY (post_ids))
      AND NOT (
        person.force_id = posting.force_id AND person.employed @> posting.during
        AND (post.id IS NULL OR (post.force_id = posting.force_id AND post.during @> posting.during))
      )
    ORDER BY posting.id LIMIT 1;
    IF FOUND THEN
        IF NOT fault.one_force THEN
            PERFORM workforce_refuse('workforce_posting_of_one_force', format(
                'The posting of %s joins rows of different forces; a posting stays within one force.', fault.number));
        ELSIF fault.in_post IS FALSE THEN
            PERFORM workforce_refuse('workforce_posting_within_post', format(
                'The posting of %s in post %s runs %s, but the post exists %s. Change the dates of one of them.',
                fault.number, fault.reference, workforce_span(fault.during), workforce_span(fault.post_during)));
        ELSE
            PERFORM workforce_refuse('workforce_posting_within_employment', format(
                'The posting of %s%s runs %s, but %s is employed %s. Change the dates of one of them.',
                fault.number, ' in post ' || fault.reference, workforce_span(fault.during), fault.number,
                workforce_span(fault.employed)));
        END IF;
    END IF;

    WITH crowded AS (
        -- Only a post whose postings could add up to more than its FTE needs the walk through time below.
        SELECT posting.post_id
        FROM workforce_posting posting JOIN workforce_post post ON post.id = posting.post_id
        WHERE posting.post_id = ANY (touched) AND NOT posting.is_supernumerary
        GROUP BY posting.post_id, post.fte
        HAVING sum(posting.fte) > post.fte
    ), filling AS (
        SELECT posting.post_id, posting.person_id, posting.fte, posting.during, posting.is_away
        FROM workforce_posting posting JOIN crowded USING (post_id)
        WHERE NOT posting.is_supernumerary
    ), away AS (
        SELECT posting.person_id, range_agg(posting.during) AS spans
        FROM workforce_posting posting
        WHERE posting.is_away AND posting.person_id IN (SELECT person_id FROM filling)
        GROUP BY posting.person_id
    ), present AS (
        SELECT filling.post_id, filling.person_id, filling.fte,
               unnest(CASE WHEN filling.is_away THEN datemultirange(filling.during)
                      ELSE datemultirange(filling.during) - COALESCE(away.spans, '{}'::datemultirange) END) AS span
        FROM filling LEFT JOIN away USING (person_id)
    ), steps AS (
        SELECT post_id, lower(span) AS day, fte AS step FROM present
        UNION ALL
        SELECT post_id, upper(span), -fte FROM present WHERE NOT upper_inf(span)
    ), levels AS (
        SELECT post_id, day, sum(sum(step)) OVER (PARTITION BY post_id ORDER BY day) AS filled
        FROM steps GROUP BY post_id, day
    )
    SELECT post.reference, post.fte, levels.filled, levels.day, (
        SELECT string_agg(person.number, ', ' ORDER BY person.number)
        FROM present JOIN workforce_person person ON person.id = present.person_id
        WHERE present.post_id = levels.post_id AND present.span @> levels.day
    ) AS holders
    INTO fault
    FROM levels JOIN workforce_post post ON post.id = levels.post_id
    WHERE levels.filled > post.fte
    ORDER BY levels.day, post.reference LIMIT 1;
    IF FOUND THEN
        PERFORM workforce_refuse('workforce_posting_post_not_overfilled', format(
            'Post %s is %s FTE and would be filled with %s FTE on %s, by %s. '
            'Mark one of them as supernumerary, end one of the postings, or choose another post.',
            fault.reference, trim_scale(fault.fte), trim_scale(fault.filled), workforce_day(fault.day),
            fault.holders));
    END IF;
END
$$;
"""

TRIGGERS = r"""
CREATE FUNCTION workforce_posting_rules() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    people bigint[];
    posts bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT person_id), array_agg(DISTINCT post_id) FILTER (WHERE post_id IS NOT NULL)
        INTO people, posts FROM new_rows;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT person_id), array_agg(DISTINCT post_id) FILTER (WHERE post_id IS NOT NULL)
        INTO people, posts FROM old_rows;
    ELSE
        SELECT array_agg(DISTINCT person_id), array_agg(DISTINCT post_id) FILTER (WHERE post_id IS NOT NULL)
        INTO people, posts FROM (SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows) AS both_rows;
    END IF;
    IF people IS NOT NULL THEN
        PERFORM workforce_check_postings(people, COALESCE(posts, '{}'));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_posting_rules_insert AFTER INSERT ON workforce_posting
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_posting_rules();
CREATE TRIGGER workforce_posting_rules_update AFTER UPDATE ON workforce_posting
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_posting_rules();
CREATE TRIGGER workforce_posting_rules_delete AFTER DELETE ON workforce_posting
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_posting_rules();

CREATE FUNCTION workforce_post_rules() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    fault record;
    posts bigint[];
BEGIN
    SELECT post.reference, CASE
            WHEN unit.force_id <> post.force_id THEN 'unit ' || unit.name
            WHEN role.force_id <> post.force_id THEN 'role ' || role.name
            WHEN location.force_id <> post.force_id THEN 'location ' || location.name
            WHEN funding.force_id <> post.force_id THEN 'funding ' || funding.name
            ELSE 'rank ' || rank.name END AS foreign_part
    INTO fault
    FROM new_rows post
    JOIN forces_unit unit ON unit.id = post.unit_id
    JOIN workforce_role role ON role.id = post.role_id
    JOIN forces_location location ON location.id = post.location_id
    JOIN workforce_fundingsource funding ON funding.id = post.funding_id
    JOIN workforce_rank rank ON rank.id = post.rank_id
    WHERE unit.force_id <> post.force_id OR role.force_id <> post.force_id OR location.force_id <> post.force_id
       OR funding.force_id <> post.force_id OR COALESCE(rank.force_id, post.force_id) <> post.force_id
    LIMIT 1;
    IF FOUND THEN
        PERFORM workforce_refuse('workforce_post_of_one_force', format(
            'Post %s names the %s of another force; choose one of its own.', fault.reference, fault.foreign_part));
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(new_post.id) INTO posts FROM new_rows new_post JOIN old_rows old_post USING (id)
        WHERE (new_post.during, new_post.fte, new_post.force_id)
            IS DISTINCT FROM (old_post.during, old_post.fte, old_post.force_id);
        IF posts IS NOT NULL THEN
            PERFORM workforce_check_postings('{}', posts);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_post_rules_insert AFTER INSERT ON workforce_post
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_post_rules();
CREATE TRIGGER workforce_post_rules_update AFTER UPDATE ON workforce_post
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_post_rules();

CREATE FUNCTION workforce_person_rules() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    people bigint[];
BEGIN
    SELECT array_agg(new_person.id) INTO people FROM new_rows new_person JOIN old_rows old_person USING (id)
    WHERE (new_person.employed, new_person.force_id) IS DISTINCT FROM (old_person.employed, old_person.force_id);
    IF people IS NOT NULL THEN
        PERFORM workforce_check_postings(people, '{}');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_person_rules_update AFTER UPDATE ON workforce_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_person_rules();
"""

DROP = """
DROP TRIGGER workforce_person_rules_update ON workforce_person;
DROP TRIGGER workforce_post_rules_update ON workforce_post;
DROP TRIGGER workforce_post_rules_insert ON workforce_post;
DROP TRIGGER workforce_posting_rules_delete ON workforce_posting;
DROP TRIGGER workforce_posting_rules_update ON workforce_posting;
DROP TRIGGER workforce_posting_rules_insert ON workforce_posting;
DROP FUNCTION workforce_person_rules();
DROP FUNCTION workforce_post_rules();
DROP FUNCTION workforce_posting_rules();
DROP FUNCTION workforce_check_postings(bigint[], bigint[]);
DROP FUNCTION workforce_refuse(text, text);
DROP FUNCTION workforce_span(daterange);
DROP FUNCTION workforce_day(date);
"""


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_initial")]

    operations = [migrations.RunSQL(CHECK + TRIGGERS, DROP)]
