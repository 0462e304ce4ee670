"""Skills, what is required of whom, who holds what, and training; with the rules that PostgreSQL holds itself."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peelsite.forces.ranges
from peelsite.history import together

RULES = r"""
-- Each refusal is error code 23514 with the name of the rule as the constraint and a sentence (0002).
CREATE FUNCTION workforce_personskill_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE fault record;
BEGIN
    SELECT skill.name, person.number, cardinality(skill.levels) AS levels, written.level,
           skill.force_id <> written.force_id OR person.force_id <> written.force_id AS is_of_two,
           written.level > cardinality(skill.levels) AS is_beyond INTO fault
    FROM new_rows written
    JOIN workforce_skill skill ON skill.id = written.skill_id
    JOIN workforce_person person ON person.id = written.person_id
    WHERE skill.force_id <> written.force_id OR person.force_id <> written.force_id
       OR written.level > cardinality(skill.levels) OR written.decided_by_id = person.user_id
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF fault.is_of_two THEN
        PERFORM workforce_refuse('workforce_personskill_of_one_force', format(
            'Person %s and the skill %s belong to different forces.', fault.number, fault.name));
    ELSIF fault.is_beyond THEN
        PERFORM workforce_refuse('workforce_personskill_level_of_the_skill', format(
            'The highest level of %s is %s; it has no level %s.', fault.name, fault.levels, fault.level));
    END IF;
    PERFORM workforce_refuse('workforce_personskill_confirmed_by_another', format(
        'Nobody decides on their own skills: somebody else confirms %s of %s.', fault.name, fault.number));
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_personskill_rule_insert AFTER INSERT ON workforce_personskill
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_personskill_rule();
CREATE TRIGGER workforce_personskill_rule_update AFTER UPDATE ON workforce_personskill
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_personskill_rule();

CREATE FUNCTION workforce_skillrequirement_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE fault record;
BEGIN
    SELECT skill.name, cardinality(skill.levels) AS levels, written.level,
           written.level > cardinality(skill.levels) AS is_beyond INTO fault
    FROM new_rows written
    JOIN workforce_skill skill ON skill.id = written.skill_id
    LEFT JOIN workforce_role role ON role.id = written.role_id
    LEFT JOIN workforce_post post ON post.id = written.post_id
    LEFT JOIN forces_unit unit ON unit.id = written.unit_id
    WHERE written.level > cardinality(skill.levels) OR skill.force_id <> written.force_id
       OR role.force_id <> written.force_id OR post.force_id <> written.force_id
       OR unit.force_id <> written.force_id
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF fault.is_beyond THEN
        PERFORM workforce_refuse('workforce_skillrequirement_level_of_the_skill', format(
            'The highest level of %s is %s; it has no level %s.', fault.name, fault.levels, fault.level));
    END IF;
    PERFORM workforce_refuse('workforce_skillrequirement_of_one_force', format(
        'The requirement of %s names a skill, role, post or unit of another force.', fault.name));
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_skillrequirement_rule_insert AFTER INSERT ON workforce_skillrequirement
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_skillrequirement_rule();
CREATE TRIGGER workforce_skillrequirement_rule_update AFTER UPDATE ON workforce_skillrequirement
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_skillrequirement_rule();

-- A level that somebody holds, or that is required or taught, stays.
CREATE FUNCTION workforce_skill_levels_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE used integer;
BEGIN
    SELECT max(level) INTO used FROM (
        SELECT level FROM workforce_personskill WHERE skill_id = NEW.id
        UNION ALL SELECT level FROM workforce_skillrequirement WHERE skill_id = NEW.id
        UNION ALL SELECT level FROM workforce_course WHERE skill_id = NEW.id
    ) named;
    IF used > cardinality(NEW.levels) THEN
        PERFORM workforce_refuse('workforce_skill_level_in_use', format(
            'Level %s of %s (%s) is held, required or taught, and cannot be taken away. Rename it instead.',
            used, NEW.name, OLD.levels[used]));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_skill_levels_rule AFTER UPDATE OF levels ON workforce_skill
    FOR EACH ROW WHEN (cardinality(NEW.levels) < cardinality(OLD.levels))
    EXECUTE FUNCTION workforce_skill_levels_rule();

-- The course's row is locked first: of two who want its last place, the second sees that it is gone.
CREATE FUNCTION workforce_check_places(course_ids bigint[]) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE fault record;
BEGIN
    PERFORM 1 FROM workforce_course WHERE id = ANY (course_ids) ORDER BY id FOR NO KEY UPDATE;
    SELECT course.title, course.places, count(*) AS taken INTO fault
    FROM workforce_course course
    JOIN workforce_courseplace place ON place.course_id = course.id
    WHERE course.id = ANY (course_ids)
      AND place.state IN ('offered', 'booked', 'attended', 'passed', 'failed', 'no_show')
    GROUP BY course.id HAVING count(*) > course.places LIMIT 1;
    IF FOUND THEN
        PERFORM workforce_refuse('workforce_courseplace_within_the_course', format(
            '%s has %s. Free one first, or choose another course.', fault.title,
            CASE WHEN fault.places = 1 THEN '1 place, and it is given'
                 ELSE format('%s places, and all of them are given', fault.places) END));
    END IF;
END
$$;

CREATE FUNCTION workforce_courseplace_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE fault record;
BEGIN
    SELECT course.title, person.number INTO fault
    FROM new_rows written
    JOIN workforce_course course ON course.id = written.course_id
    JOIN workforce_person person ON person.id = written.person_id
    WHERE course.force_id <> written.force_id OR person.force_id <> written.force_id LIMIT 1;
    IF FOUND THEN
        PERFORM workforce_refuse('workforce_courseplace_of_one_force', format(
            'Person %s and the course %s belong to different forces.', fault.number, fault.title));
    END IF;
    PERFORM workforce_check_places(ARRAY(SELECT DISTINCT course_id FROM new_rows));
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_courseplace_rule_insert AFTER INSERT ON workforce_courseplace
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_courseplace_rule();
CREATE TRIGGER workforce_courseplace_rule_update AFTER UPDATE ON workforce_courseplace
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workforce_courseplace_rule();

CREATE FUNCTION workforce_course_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE found record;
BEGIN
    SELECT name, force_id, cardinality(levels) AS levels INTO found
    FROM workforce_skill WHERE id = NEW.skill_id;
    IF found.force_id <> NEW.force_id THEN
        PERFORM workforce_refuse('workforce_course_of_one_force',
            format('The course %s teaches a skill of another force.', NEW.title));
    ELSIF NEW.level > found.levels THEN
        PERFORM workforce_refuse('workforce_course_level_of_the_skill', format(
            'The highest level of %s is %s; it has no level %s.', found.name, found.levels, NEW.level));
    ELSIF TG_OP = 'UPDATE' THEN
        PERFORM workforce_check_places(ARRAY[NEW.id]);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_course_rule AFTER INSERT OR UPDATE ON workforce_course
    FOR EACH ROW EXECUTE FUNCTION workforce_course_rule();
"""

RULES_REVERSE = """
DROP FUNCTION IF EXISTS workforce_personskill_rule, workforce_skillrequirement_rule,
    workforce_skill_levels_rule, workforce_courseplace_rule, workforce_course_rule CASCADE;
DROP FUNCTION IF EXISTS workforce_check_levels, workforce_check_places CASCADE;
"""


class Migration(together.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('forces', '0005_joint_units'),
        ('workforce', '0009_person_user'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('provider', models.CharField(max_length=100)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('places', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)])),
                ('cost_per_place', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=9, validators=[django.core.validators.MinValueValidator(Decimal('0'))])),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('cancelled', 'Cancelled')], default='planned', max_length=9)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='forces.force')),
            ],
            options={
                'ordering': ['during', 'title'],
            },
        ),
        migrations.CreateModel(
            name='CoursePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('offered', 'Offered'), ('booked', 'Booked'), ('attended', 'Attended, result awaited'), ('passed', 'Passed'), ('failed', 'Not passed'), ('no_show', 'Did not attend'), ('given_up', 'Given up')], default='asked', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='workforce.course')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='course_places', to='forces.force')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='course_places', to='workforce.person')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='course_places', to='forces.unit')),
            ],
            options={
                'ordering': ['course', 'person__family_name', 'person__given_names', 'person__number'],
            },
        ),
        migrations.CreateModel(
            name='CoursePlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('offered', 'Offered'), ('booked', 'Booked'), ('attended', 'Attended, result awaited'), ('passed', 'Passed'), ('failed', 'Not passed'), ('no_show', 'Did not attend'), ('given_up', 'Given up')], default='asked', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.course')),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.courseplace')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('self_assessed', 'Self-assessed'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], max_length=13)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('stated_on', models.DateField()),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('refusal', models.CharField(blank=True, max_length=300)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='person_skills', to='forces.force')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='workforce.person')),
                ('stated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['skill__name', '-during'],
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('group', models.CharField(choices=[('digital', 'Digital and cyber'), ('investigation', 'Investigation'), ('safeguarding', 'Protecting vulnerable people'), ('contact', 'Contact and custody'), ('driving', 'Driving'), ('public_order', 'Public order and firearms'), ('leadership', 'Leadership'), ('other', 'Other')], default='other', max_length=14)),
                ('description', models.TextField(blank=True, max_length=1000)),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=9)),
                ('lasts_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(240)])),
                ('short_below', models.DecimalField(decimal_places=3, default=Decimal('0.800'), max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0'))])),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='forces.force')),
            ],
            options={
                'ordering': ['force_id', 'name'],
            },
        ),
        migrations.CreateModel(
            name='PersonSkillEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('self_assessed', 'Self-assessed'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], max_length=13)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('stated_on', models.DateField()),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('refusal', models.CharField(blank=True, max_length=300)),
                ('import_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.personskill')),
                ('stated_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('skill', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.skill')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='personskill',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='workforce.skill'),
        ),
        migrations.CreateModel(
            name='CourseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('provider', models.CharField(max_length=100)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('places', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)])),
                ('cost_per_place', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=9, validators=[django.core.validators.MinValueValidator(Decimal('0'))])),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('cancelled', 'Cancelled')], default='planned', max_length=9)),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.course')),
                ('skill', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.skill')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='course',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='workforce.skill'),
        ),
        migrations.CreateModel(
            name='SkillEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('group', models.CharField(choices=[('digital', 'Digital and cyber'), ('investigation', 'Investigation'), ('safeguarding', 'Protecting vulnerable people'), ('contact', 'Contact and custody'), ('driving', 'Driving'), ('public_order', 'Public order and firearms'), ('leadership', 'Leadership'), ('other', 'Other')], default='other', max_length=14)),
                ('description', models.TextField(blank=True, max_length=1000)),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=9)),
                ('lasts_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(240)])),
                ('short_below', models.DecimalField(decimal_places=3, default=Decimal('0.800'), max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0'))])),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.skill')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SkillRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('extent', models.CharField(choices=[('everyone', 'Everyone'), ('number', 'A number in each unit'), ('share', 'A share in each unit')], default='everyone', max_length=8)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('share', models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skill_requirements', to='forces.force')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='skill_requirements', to='workforce.post')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='skill_requirements', to='workforce.role')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='workforce.skill')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='skill_requirements', to='forces.unit')),
            ],
            options={
                'ordering': ['skill__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SkillRequirementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('extent', models.CharField(choices=[('everyone', 'Everyone'), ('number', 'A number in each unit'), ('share', 'A share in each unit')], default='everyone', max_length=8)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('share', models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.skillrequirement')),
                ('post', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.post')),
                ('role', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role')),
                ('skill', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.skill')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='courseplace',
            constraint=models.UniqueConstraint(fields=('course', 'person'), name='workforce_courseplace_once_a_course'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courseplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_courseplaceevent" ("asked_by_id", "course_id", "force_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "unit_id") SELECT new_values."asked_by_id", new_values."course_id", new_values."force_id", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bd18e5f2157dbf06e4b4e9dd8f7404ad26108277', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5eb97', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_courseplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courseplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_courseplaceevent" ("asked_by_id", "course_id", "force_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "unit_id") SELECT new_values."asked_by_id", new_values."course_id", new_values."force_id", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ac40942c5d47ac4bf3c01b1150f8ba93eb5930d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0ff9a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_courseplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courseplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_courseplaceevent" ("asked_by_id", "course_id", "force_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "unit_id") SELECT old_values."asked_by_id", old_values."course_id", old_values."force_id", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."state", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a822b91cf2e28bfba91bb681bfd39cd8801bf59d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_be01c', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_courseplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courseplaceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f6b37187fb425b825828e8c49d061657bde95030', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ad767', table='workforce_courseplaceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.UniqueConstraint(models.F('force'), django.db.models.functions.text.Lower('code'), name='workforce_skill_code_once_a_force'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.UniqueConstraint(models.F('force'), django.db.models.functions.text.Lower('name'), name='workforce_skill_name_once_a_force'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('levels__len__gte', 1)), name='workforce_skill_has_a_level'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('lasts_months__isnull', True), ('lasts_months__range', (1, 240)), _connector='OR'), name='workforce_skill_lasts_a_while'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('short_below__gte', 0), ('short_below__lte', 1)), name='workforce_skill_short_below_a_share'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillevent" ("code", "description", "force_id", "group", "id", "lasts_months", "levels", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "short_below") SELECT new_values."code", new_values."description", new_values."force_id", new_values."group", new_values."id", new_values."lasts_months", new_values."levels", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."retired_on", new_values."short_below" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5207a23e865c930f587f860000fd6139c3f93558', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8becf', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_skill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillevent" ("code", "description", "force_id", "group", "id", "lasts_months", "levels", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "short_below") SELECT new_values."code", new_values."description", new_values."force_id", new_values."group", new_values."id", new_values."lasts_months", new_values."levels", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."retired_on", new_values."short_below" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2b3befb414ce02826cc40c4011b25e90bc6c25a9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ab2cd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_skill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillevent" ("code", "description", "force_id", "group", "id", "lasts_months", "levels", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "short_below") SELECT old_values."code", old_values."description", old_values."force_id", old_values."group", old_values."id", old_values."lasts_months", old_values."levels", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."retired_on", old_values."short_below" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e3af94b3680270bf6c86a54787425d53df865145', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0dd39', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_skill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personskillevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae90809786303292548b09aaa498285e90d14493', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6db42', table='workforce_personskillevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='personskill',
            index=models.Index(fields=['force', 'skill'], name='workforce_personskill_skill'),
        ),
        migrations.AddIndex(
            model_name='personskill',
            index=models.Index(condition=models.Q(('state', 'self_assessed')), fields=['force'], name='workforce_personskill_waiting'),
        ),
        migrations.AddIndex(
            model_name='personskill',
            index=models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id'], name='workforce_personskill_import'),
        ),
        migrations.AddConstraint(
            model_name='personskill',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'confirmed')), expressions=[(peelsite.forces.ranges.OneValueRange(models.F('person_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('skill_id')), '&&'), ('during', '&&')], name='workforce_personskill_confirmed_once'),
        ),
        migrations.AddConstraint(
            model_name='personskill',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'self_assessed')), expressions=[(peelsite.forces.ranges.OneValueRange(models.F('person_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('skill_id')), '&&'), ('during', '&&')], name='workforce_personskill_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='personskill',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('state', 'self_assessed')), models.Q(models.Q(('state', 'self_assessed'), _negated=True), ('decided_on__isnull', False), models.Q(('decided_by__isnull', False), ('import_id__isnull', False), _connector='OR')), _connector='OR'), name='workforce_personskill_decided_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='personskill',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('refusal', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('refusal', '')), _connector='OR'), name='workforce_personskill_refused_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='personskill',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False)), name='workforce_personskill_dates_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='personskill',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1)), name='workforce_personskill_level_from_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personskill',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_personskillevent" ("decided_by_id", "decided_on", "during", "evidence", "force_id", "id", "import_id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "skill_id", "state", "stated_by_id", "stated_on") SELECT new_values."decided_by_id", new_values."decided_on", new_values."during", new_values."evidence", new_values."force_id", new_values."id", new_values."import_id", new_values."level", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."refusal", new_values."skill_id", new_values."state", new_values."stated_by_id", new_values."stated_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f5489180d3028eb6110c3477713131365779ec0a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b4299', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_personskill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personskill',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_personskillevent" ("decided_by_id", "decided_on", "during", "evidence", "force_id", "id", "import_id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "skill_id", "state", "stated_by_id", "stated_on") SELECT new_values."decided_by_id", new_values."decided_on", new_values."during", new_values."evidence", new_values."force_id", new_values."id", new_values."import_id", new_values."level", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."refusal", new_values."skill_id", new_values."state", new_values."stated_by_id", new_values."stated_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8949856147f5d4855a2932372a2e15e379f49086', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_09f8f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_personskill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personskill',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_personskillevent" ("decided_by_id", "decided_on", "during", "evidence", "force_id", "id", "import_id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "skill_id", "state", "stated_by_id", "stated_on") SELECT old_values."decided_by_id", old_values."decided_on", old_values."during", old_values."evidence", old_values."force_id", old_values."id", old_values."import_id", old_values."level", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."refusal", old_values."skill_id", old_values."state", old_values."stated_by_id", old_values."stated_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='11f59a5a8086eaccd2ab23b0e908ddcd95b6c1a4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_30259', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_personskill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2801ffd30d392b882d7a237d69d2d734e0cce126', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ea20', table='workforce_courseevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False), ('during__upper_inf', False)), name='workforce_course_dates_both_known'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('places__gte', 1), ('places__lte', 500)), name='workforce_course_places_from_one'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('cost_per_place__gte', 0)), name='workforce_course_cost_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1)), name='workforce_course_level_from_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_courseevent" ("cost_per_place", "during", "force_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "provider", "skill_id", "state", "title") SELECT new_values."cost_per_place", new_values."during", new_values."force_id", new_values."id", new_values."level", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."places", new_values."provider", new_values."skill_id", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='afd5f82462b2b7759e67aa60fa156a2f3e0942c9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dbfff', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_courseevent" ("cost_per_place", "during", "force_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "provider", "skill_id", "state", "title") SELECT new_values."cost_per_place", new_values."during", new_values."force_id", new_values."id", new_values."level", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."places", new_values."provider", new_values."skill_id", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='15bdcd417195fbcd0367013e073b1008326d6113', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ca4e8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_courseevent" ("cost_per_place", "during", "force_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "provider", "skill_id", "state", "title") SELECT old_values."cost_per_place", old_values."during", old_values."force_id", old_values."id", old_values."level", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."places", old_values."provider", old_values."skill_id", old_values."state", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e6e999c886200d298b58befb12c7d0a630088025', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6aa52', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skillevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1d4de8233797c9e64a8514244243bb9c39addda3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2dd5c', table='workforce_skillevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='skillrequirement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', True), ('role__isnull', False)), models.Q(('extent', 'everyone'), ('post__isnull', False), ('role__isnull', True), ('unit__isnull', True)), _connector='OR'), name='workforce_skillrequirement_of_role_or_post'),
        ),
        migrations.AddConstraint(
            model_name='skillrequirement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extent', 'everyone'), ('number__isnull', True), ('share__isnull', True)), models.Q(('extent', 'number'), ('number__gte', 1), ('number__isnull', False), ('share__isnull', True)), models.Q(('extent', 'share'), ('number__isnull', True), ('share__gt', 0), ('share__isnull', False), ('share__lte', 1)), _connector='OR'), name='workforce_skillrequirement_extent_and_figure'),
        ),
        migrations.AddConstraint(
            model_name='skillrequirement',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False)), name='workforce_skillrequirement_dates_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='skillrequirement',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1)), name='workforce_skillrequirement_level_from_one'),
        ),
        migrations.AddConstraint(
            model_name='skillrequirement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__isnull', False), ('unit__isnull', True)), expressions=[(peelsite.forces.ranges.OneValueRange(models.F('skill_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('role_id')), '&&'), ('during', '&&')], name='workforce_skillrequirement_role_once'),
        ),
        migrations.AddConstraint(
            model_name='skillrequirement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__isnull', False), ('unit__isnull', False)), expressions=[(peelsite.forces.ranges.OneValueRange(models.F('skill_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('role_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('unit_id')), '&&'), ('during', '&&')], name='workforce_skillrequirement_role_in_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='skillrequirement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('post__isnull', False)), expressions=[(peelsite.forces.ranges.OneValueRange(models.F('skill_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('post_id')), '&&'), ('during', '&&')], name='workforce_skillrequirement_post_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skillrequirement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillrequirementevent" ("during", "extent", "force_id", "id", "level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "role_id", "share", "skill_id", "unit_id") SELECT new_values."during", new_values."extent", new_values."force_id", new_values."id", new_values."level", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."role_id", new_values."share", new_values."skill_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ab2307fa5653e9b473733c5edd4666b3ce63c4ef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_79cbd', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_skillrequirement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skillrequirement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillrequirementevent" ("during", "extent", "force_id", "id", "level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "role_id", "share", "skill_id", "unit_id") SELECT new_values."during", new_values."extent", new_values."force_id", new_values."id", new_values."level", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post_id", new_values."role_id", new_values."share", new_values."skill_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='79cb8d00a1aada1b4247ae85de65bf859f658203', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3b6de', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_skillrequirement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skillrequirement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillrequirementevent" ("during", "extent", "force_id", "id", "level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "role_id", "share", "skill_id", "unit_id") SELECT old_values."during", old_values."extent", old_values."force_id", old_values."id", old_values."level", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post_id", old_values."role_id", old_values."share", old_values."skill_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8a537d4cd81358a2f8f7aa3af6c8a81a7f439f66', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_57adf', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_skillrequirement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skillrequirementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b8f1601757720a059047739719aa47c858b9b259', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_22336', table='workforce_skillrequirementevent', when='BEFORE')),
        ),
        migrations.RunSQL(RULES, RULES_REVERSE),
    ]
