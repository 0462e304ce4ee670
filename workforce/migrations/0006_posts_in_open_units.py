"""A post is in a unit that is open for as long as the post exists, held by PostgreSQL.

Whoever adds or moves posts locks their units FOR SHARE, and so waits for, or keeps waiting, whoever closes one.
"""

from django.db import migrations

RULES = r"""
CREATE FUNCTION workforce_check_open_units(unit_ids bigint[]) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE fault record;
BEGIN
    SELECT post.reference, unit.name, unit.closed_on, count(*) OVER () AS posts INTO fault
    FROM workforce_post post JOIN forces_unit unit ON unit.id = post.unit_id
    WHERE unit.id = ANY (unit_ids) AND unit.closed_on IS NOT NULL
      AND COALESCE(upper(post.during), 'infinity') > unit.closed_on
    ORDER BY post.reference LIMIT 1;
    IF FOUND THEN
        PERFORM workforce_refuse('workforce_post_in_an_open_unit', format(
            'Unit %s is closed from %s, and %s. End %s by then, or put %s into another unit.',
            fault.name, workforce_day(fault.closed_on),
            CASE WHEN fault.posts = 1 THEN format('post %s would still be in it', fault.reference)
                 ELSE format('%s posts would still be in it, %s first', fault.posts, fault.reference) END,
            CASE WHEN fault.posts = 1 THEN 'the post' ELSE 'the posts' END,
            CASE WHEN fault.posts = 1 THEN 'it' ELSE 'them' END));
    END IF;
END
$$;

CREATE FUNCTION workforce_post_unit_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE units bigint[];
BEGIN
    SELECT array_agg(DISTINCT unit_id) INTO units FROM new_rows;
    IF units IS NOT NULL THEN
        PERFORM 1 FROM forces_unit WHERE id = ANY (units) ORDER BY id FOR SHARE;
        IF EXISTS (SELECT 1 FROM forces_unit WHERE id = ANY (units) AND closed_on IS NOT NULL) THEN
            PERFORM workforce_check_open_units(units);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_post_unit_rule_insert AFTER INSERT ON workforce_post
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_post_unit_rule();
CREATE TRIGGER workforce_post_unit_rule_update AFTER UPDATE ON workforce_post
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_post_unit_rule();

CREATE FUNCTION workforce_unit_closing_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM workforce_check_open_units(ARRAY[NEW.id]);
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_unit_closing_rule AFTER UPDATE OF closed_on ON forces_unit
    FOR EACH ROW WHEN (NEW.closed_on IS NOT NULL AND NEW.closed_on IS DISTINCT FROM OLD.closed_on)
    EXECUTE FUNCTION workforce_unit_closing_rule();
"""

NO_RULES = """
DROP TRIGGER workforce_unit_closing_rule ON forces_unit;
DROP FUNCTION workforce_unit_closing_rule;
DROP TRIGGER workforce_post_unit_rule_update ON workforce_post;
DROP TRIGGER workforce_post_unit_rule_insert ON workforce_post;
DROP FUNCTION workforce_post_unit_rule;
DROP FUNCTION workforce_check_open_units;
"""


class Migration(migrations.Migration):
    dependencies = [("workforce", "0005_posting_away_by_force"), ("forces", "0004_unit_rules")]

    operations = [migrations.RunSQL(RULES, NO_RULES)]
