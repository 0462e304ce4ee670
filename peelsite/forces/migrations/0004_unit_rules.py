"""The rules of the tree of units, held by PostgreSQL.

A new unit's path is filled in from its parent's. After every statement parent, level and path of the units that
it touched, and of those right below them, must agree: a department is under a command and a team under a
department, so that no unit can come to stand under itself. Statement-level, so that a whole subtree may move in
one statement. Refusals are error code 23514 with the name of the rule as the constraint and a sentence.
"""

from django.db import migrations

RULES = r"""
CREATE FUNCTION forces_refuse(rule text, sentence text) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule, MESSAGE = sentence; END $$;

CREATE FUNCTION forces_unit_path() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    NEW.path := COALESCE((SELECT path FROM forces_unit WHERE id = NEW.parent_id), '/') || NEW.id || '/';
    RETURN NEW;
END
$$;
CREATE TRIGGER forces_unit_path BEFORE INSERT ON forces_unit
    FOR EACH ROW WHEN (NEW.path = '') EXECUTE FUNCTION forces_unit_path();

CREATE FUNCTION forces_unit_rules() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE fault record;
BEGIN
    SELECT unit.name, unit.level, parent.name AS parent_name, parent.level AS parent_level,
           parent.force_id <> unit.force_id AS of_another_force,
           area.force_id <> unit.force_id AS in_a_foreign_area,
           unit.parent_id IS NOT NULL
               AND (parent.level, unit.level) NOT IN (('command', 'department'), ('department', 'team'))
               AS at_the_wrong_level,
           COALESCE(unit.closed_on, 'infinity') > parent.closed_on AS outlives_its_parent,
           area.name AS area_name
    INTO fault
    FROM forces_unit unit
    LEFT JOIN forces_unit parent ON parent.id = unit.parent_id
    LEFT JOIN forces_area area ON area.id = unit.area_id
    WHERE (unit.id IN (SELECT id FROM new_rows) OR unit.parent_id IN (SELECT id FROM new_rows))
      AND (
        parent.force_id <> unit.force_id OR area.force_id <> unit.force_id
        OR (unit.parent_id IS NOT NULL
            AND (parent.level, unit.level) NOT IN (('command', 'department'), ('department', 'team')))
        OR COALESCE(unit.closed_on, 'infinity') > parent.closed_on
        OR unit.path <> COALESCE(parent.path, '/') || unit.id || '/'
      )
    ORDER BY unit.id LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF fault.of_another_force THEN
        PERFORM forces_refuse('forces_unit_of_one_force', format(
            'Unit %s cannot stand under %s, which belongs to another force.', fault.name, fault.parent_name));
    ELSIF fault.in_a_foreign_area THEN
        PERFORM forces_refuse('forces_unit_area_of_one_force', format(
            'Unit %s names the area %s of another force; choose one of its own.', fault.name, fault.area_name));
    ELSIF fault.at_the_wrong_level THEN
        PERFORM forces_refuse('forces_unit_level_follows_its_parent', format(
            'Unit %s is a %s and cannot stand under %s, which is a %s: departments are under commands, teams '
            'under departments.', fault.name, fault.level, fault.parent_name, fault.parent_level));
    ELSIF fault.outlives_its_parent THEN
        PERFORM forces_refuse('forces_unit_closes_before_its_parent', format(
            'Unit %s would be open under %s, which is closed. Close or move it first, or keep %s open.',
            fault.name, fault.parent_name, fault.parent_name));
    END IF;
    PERFORM forces_refuse('forces_unit_path_leads_to_it', format(
        'The path of unit %s does not lead through the unit above it.', fault.name));
    RETURN NULL;
END
$$;
CREATE TRIGGER forces_unit_rules_insert AFTER INSERT ON forces_unit
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION forces_unit_rules();
CREATE TRIGGER forces_unit_rules_update AFTER UPDATE ON forces_unit
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION forces_unit_rules();

CREATE FUNCTION forces_location_rules() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE fault record;
BEGIN
    SELECT location.name, area.name AS area_name INTO fault
    FROM new_rows location JOIN forces_area area ON area.id = location.area_id
    WHERE area.force_id <> location.force_id LIMIT 1;
    IF FOUND THEN
        PERFORM forces_refuse('forces_location_area_of_one_force', format(
            'Location %s names the area %s of another force; choose one of its own.', fault.name,
            fault.area_name));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER forces_location_rules_insert AFTER INSERT ON forces_location
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION forces_location_rules();
CREATE TRIGGER forces_location_rules_update AFTER UPDATE ON forces_location
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION forces_location_rules();
"""

NO_RULES = """
DROP TRIGGER forces_location_rules_update ON forces_location;
DROP TRIGGER forces_location_rules_insert ON forces_location;
DROP FUNCTION forces_location_rules;
DROP TRIGGER forces_unit_rules_update ON forces_unit;
DROP TRIGGER forces_unit_rules_insert ON forces_unit;
DROP FUNCTION forces_unit_rules;
DROP TRIGGER forces_unit_path ON forces_unit;
DROP FUNCTION forces_unit_path;
DROP FUNCTION forces_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("forces", "0003_unit_closing")]

    operations = [migrations.RunSQL(RULES, NO_RULES)]
