"""Projections: what is planned and assumed, scenarios, and runs that never change once done."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from peelsite.history import together

RULES = r"""
-- Each refusal is error code 23514 with the name of the rule as the constraint and a sentence (0002).
CREATE FUNCTION workforce_projectionrun_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    -- A scenario may go; the run keeps its name and what it changed.
    IF OLD.done_at IS NOT NULL AND (to_jsonb(NEW) - 'scenario_id') <> (to_jsonb(OLD) - 'scenario_id') THEN
        PERFORM workforce_refuse('workforce_projectionrun_is_done', format(
            'The projection of %s is finished, and nothing in it can change. Run another one instead.',
            workforce_day(OLD.as_at)));
    END IF;
    IF NEW.scenario_id IS DISTINCT FROM OLD.scenario_id AND NEW.scenario_id IS NOT NULL
        AND OLD.done_at IS NOT NULL THEN
        PERFORM workforce_refuse('workforce_projectionrun_is_done',
            'A finished projection cannot be given to another scenario. Run another one instead.');
    END IF;
    RETURN NEW;
END
$$;

-- Lines are written in the transaction in which their run ends, and go only with the run itself.
CREATE FUNCTION workforce_projectionline_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE of_run bigint;
BEGIN
    FOREACH of_run IN ARRAY CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.run_id]
        WHEN 'DELETE' THEN ARRAY[OLD.run_id]
        ELSE ARRAY[OLD.run_id, NEW.run_id] END
    LOOP
        PERFORM 1 FROM workforce_projectionrun WHERE id = of_run AND done_at IS NOT NULL;
        IF FOUND THEN
            PERFORM workforce_refuse('workforce_projectionrun_is_done',
                'The lines of a finished projection cannot change. Run another one instead.');
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION workforce_backtest_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.done_at IS NOT NULL THEN
        PERFORM workforce_refuse('workforce_backtest_is_done',
            'A finished back-test cannot change. Run another one instead.');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER workforce_projectionrun_rule BEFORE UPDATE ON workforce_projectionrun
    FOR EACH ROW EXECUTE FUNCTION workforce_projectionrun_rule();
CREATE TRIGGER workforce_projectionline_rule BEFORE INSERT OR UPDATE OR DELETE ON workforce_projectionline
    FOR EACH ROW EXECUTE FUNCTION workforce_projectionline_rule();
CREATE TRIGGER workforce_backtest_rule BEFORE UPDATE ON workforce_backtest
    FOR EACH ROW EXECUTE FUNCTION workforce_backtest_rule();
"""

UNDO = """
DROP TRIGGER workforce_backtest_rule ON workforce_backtest;
DROP TRIGGER workforce_projectionline_rule ON workforce_projectionline;
DROP TRIGGER workforce_projectionrun_rule ON workforce_projectionrun;
DROP FUNCTION workforce_backtest_rule();
DROP FUNCTION workforce_projectionline_rule();
DROP FUNCTION workforce_projectionrun_rule();
"""


class Migration(together.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('forces', '0005_joint_units'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0010_skills'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assumption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('value', models.DecimalField(decimal_places=6, max_digits=9)),
                ('reason', models.TextField()),
                ('set_on', models.DateField()),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='AssumptionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=60)),
                ('value', models.DecimalField(decimal_places=6, max_digits=9)),
                ('reason', models.TextField()),
                ('set_on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BackTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at_days', models.JSONField(default=list)),
                ('engine_version', models.CharField(blank=True, max_length=40)),
                ('seed', models.BigIntegerField()),
                ('draws', models.PositiveIntegerField(default=1000)),
                ('rows', models.JSONField(blank=True, default=list)),
                ('summary', models.JSONField(blank=True, default=dict)),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-requested_at'],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at', models.DateField(verbose_name='day')),
                ('category', models.CharField(choices=[('officer', 'Police officer'), ('staff', 'Police staff'), ('pcso', 'PCSO'), ('designated', 'Designated officer'), ('section_39', 'Contractor (section 39)'), ('special', 'Special constable'), ('volunteer', 'Police support volunteer')], max_length=12, verbose_name='worker type')),
                ('funded_fte', models.DecimalField(decimal_places=4, max_digits=9, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='funded FTE')),
                ('source', models.CharField(help_text='The paper or table that it is taken from.', max_length=200)),
            ],
            options={
                'ordering': ['as_at', 'category'],
            },
        ),
        migrations.CreateModel(
            name='BudgetLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('as_at', models.DateField(verbose_name='day')),
                ('category', models.CharField(choices=[('officer', 'Police officer'), ('staff', 'Police staff'), ('pcso', 'PCSO'), ('designated', 'Designated officer'), ('section_39', 'Contractor (section 39)'), ('special', 'Special constable'), ('volunteer', 'Police support volunteer')], max_length=12, verbose_name='worker type')),
                ('funded_fte', models.DecimalField(decimal_places=4, max_digits=9, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='funded FTE')),
                ('source', models.CharField(help_text='The paper or table that it is taken from.', max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('starts_on', models.DateField(help_text='The first day of the month.', verbose_name='month')),
                ('show_rate', models.DecimalField(decimal_places=4, default=Decimal('0.95'), help_text='Of those offered a place, the share who are there on the first day.', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='share who start')),
                ('months_to_patrol', models.PositiveSmallIntegerField(default=9, validators=[django.core.validators.MaxValueValidator(36)], verbose_name='months to independent patrol')),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['starts_on', 'name'],
            },
        ),
        migrations.CreateModel(
            name='IntakeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('starts_on', models.DateField(help_text='The first day of the month.', verbose_name='month')),
                ('show_rate', models.DecimalField(decimal_places=4, default=Decimal('0.95'), help_text='Of those offered a place, the share who are there on the first day.', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='share who start')),
                ('months_to_patrol', models.PositiveSmallIntegerField(default=9, validators=[django.core.validators.MaxValueValidator(36)], verbose_name='months to independent patrol')),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IntakePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)])),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='IntakePlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)])),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlannedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin_kind', models.CharField(max_length=30)),
                ('origin_id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('move', 'Move within the force'), ('promotion', 'Promotion'), ('intake', 'Place of an intake'), ('transferee', 'Transferee from another force'), ('acting', 'Acting or temporary'), ('agency', 'Agency'), ('leave', 'Leaving the force'), ('post_start', 'Posts start'), ('post_end', 'Posts end')], max_length=10)),
                ('fte', models.DecimalField(decimal_places=4, max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='FTE')),
                ('on_day', models.DateField(help_text='The first day on which it counts.', verbose_name='from')),
                ('until', models.DateField(blank=True, help_text='The first day on which it no longer counts.', null=True, verbose_name='until')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done')], default='planned', max_length=8)),
                ('words', models.CharField(blank=True, help_text='What it is called where it was decided.', max_length=200)),
            ],
            options={
                'ordering': ['on_day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlannedChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('origin_kind', models.CharField(max_length=30)),
                ('origin_id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('move', 'Move within the force'), ('promotion', 'Promotion'), ('intake', 'Place of an intake'), ('transferee', 'Transferee from another force'), ('acting', 'Acting or temporary'), ('agency', 'Agency'), ('leave', 'Leaving the force'), ('post_start', 'Posts start'), ('post_end', 'Posts end')], max_length=10)),
                ('fte', models.DecimalField(decimal_places=4, max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='FTE')),
                ('on_day', models.DateField(help_text='The first day on which it counts.', verbose_name='from')),
                ('until', models.DateField(blank=True, help_text='The first day on which it no longer counts.', null=True, verbose_name='until')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done')], default='planned', max_length=8)),
                ('words', models.CharField(blank=True, help_text='What it is called where it was decided.', max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProjectionLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cell', 'cell'), ('rank_role_location', 'rank_role_location'), ('unit', 'unit'), ('rank', 'rank'), ('category', 'category'), ('force', 'force')], max_length=20)),
                ('category', models.CharField(blank=True, max_length=12)),
                ('threshold_fte', models.DecimalField(decimal_places=4, max_digits=8)),
                ('series', models.BinaryField()),
                ('flows', models.BinaryField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ProjectionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at', models.DateField(verbose_name='as at')),
                ('is_of_plan', models.BooleanField(default=True)),
                ('scenario_name', models.CharField(blank=True, max_length=80)),
                ('months', models.PositiveSmallIntegerField(default=48)),
                ('draws', models.PositiveIntegerField(default=1000)),
                ('seed', models.BigIntegerField()),
                ('threshold_fte', models.DecimalField(decimal_places=4, max_digits=6)),
                ('engine_version', models.CharField(blank=True, max_length=40)),
                ('inputs_digest', models.CharField(blank=True, max_length=64)),
                ('assumptions', models.JSONField(blank=True, default=list)),
                ('changes', models.JSONField(blank=True, default=list)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-as_at', '-requested_at'],
            },
        ),
        migrations.CreateModel(
            name='ProjectionRunEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('as_at', models.DateField(verbose_name='as at')),
                ('is_of_plan', models.BooleanField(default=True)),
                ('scenario_name', models.CharField(blank=True, max_length=80)),
                ('months', models.PositiveSmallIntegerField(default=48)),
                ('draws', models.PositiveIntegerField(default=1000)),
                ('seed', models.BigIntegerField()),
                ('threshold_fte', models.DecimalField(decimal_places=4, max_digits=6)),
                ('engine_version', models.CharField(blank=True, max_length=40)),
                ('inputs_digest', models.CharField(blank=True, max_length=64)),
                ('assumptions', models.JSONField(blank=True, default=list)),
                ('changes', models.JSONField(blank=True, default=list)),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PromotionPool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ready_on', models.DateField(help_text='The first day of the month.', verbose_name='ready from')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(2000)], verbose_name='people waiting')),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['ready_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PromotionPoolEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ready_on', models.DateField(help_text='The first day of the month.', verbose_name='ready from')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(2000)], verbose_name='people waiting')),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('description', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('intake', 'An extra intake'), ('no_intake', 'An intake does not happen'), ('pause', 'Promotions pause'), ('leaving', 'Another rate of leaving'), ('posts', 'More or fewer posts')], max_length=10)),
                ('starts_on', models.DateField(blank=True, help_text='The first day of the month.', null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, help_text='The first day of the month after.', null=True, verbose_name='until')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='people')),
                ('fte', models.DecimalField(blank=True, decimal_places=4, max_digits=8, null=True, verbose_name='FTE')),
                ('category', models.CharField(blank=True, choices=[('officer', 'Police officer'), ('staff', 'Police staff'), ('pcso', 'PCSO'), ('designated', 'Designated officer'), ('section_39', 'Contractor (section 39)'), ('special', 'Special constable'), ('volunteer', 'Police support volunteer')], max_length=12, verbose_name='worker type')),
                ('factor', models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('10'))])),
            ],
            options={
                'ordering': ['starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('intake', 'An extra intake'), ('no_intake', 'An intake does not happen'), ('pause', 'Promotions pause'), ('leaving', 'Another rate of leaving'), ('posts', 'More or fewer posts')], max_length=10)),
                ('starts_on', models.DateField(blank=True, help_text='The first day of the month.', null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, help_text='The first day of the month after.', null=True, verbose_name='until')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='people')),
                ('fte', models.DecimalField(blank=True, decimal_places=4, max_digits=8, null=True, verbose_name='FTE')),
                ('category', models.CharField(blank=True, choices=[('officer', 'Police officer'), ('staff', 'Police staff'), ('pcso', 'PCSO'), ('designated', 'Designated officer'), ('section_39', 'Contractor (section 39)'), ('special', 'Special constable'), ('volunteer', 'Police support volunteer')], max_length=12, verbose_name='worker type')),
                ('factor', models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('10'))])),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScenarioEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('description', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='assumption',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assumptions', to='forces.force'),
        ),
        migrations.AddField(
            model_name='assumption',
            name='set_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assumptionevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='assumptionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='assumptionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.assumption'),
        ),
        migrations.AddField(
            model_name='assumptionevent',
            name='set_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='backtest',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='back_tests', to='forces.force'),
        ),
        migrations.AddField(
            model_name='backtest',
            name='requested_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_lines', to='forces.force'),
        ),
        migrations.AddField(
            model_name='budgetlineevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='budgetlineevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='budgetlineevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.budgetline'),
        ),
        migrations.AddField(
            model_name='intake',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='forces.force'),
        ),
        migrations.AddField(
            model_name='intake',
            name='rank',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='intakeevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='intakeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='intakeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.intake'),
        ),
        migrations.AddField(
            model_name='intakeevent',
            name='rank',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='intakeplace',
            name='intake',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='workforce.intake'),
        ),
        migrations.AddField(
            model_name='intakeplace',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='intakeplace',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='intakeplace',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='intakeplaceevent',
            name='intake',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.intake'),
        ),
        migrations.AddField(
            model_name='intakeplaceevent',
            name='location',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='intakeplaceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='intakeplaceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.intakeplace'),
        ),
        migrations.AddField(
            model_name='intakeplaceevent',
            name='role',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='intakeplaceevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_changes', to='forces.force'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='from_location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='from_rank',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='from_role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='from_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='to_location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='to_rank',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='to_role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='plannedchange',
            name='to_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='from_location',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='from_rank',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='from_role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='from_unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.plannedchange'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='to_location',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='to_rank',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='to_role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='plannedchangeevent',
            name='to_unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='projectionline',
            name='location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='projectionline',
            name='rank',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='projectionline',
            name='role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='projectionline',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='projectionrun',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projection_runs', to='forces.force'),
        ),
        migrations.AddField(
            model_name='projectionrun',
            name='requested_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='projectionline',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='workforce.projectionrun'),
        ),
        migrations.AddField(
            model_name='projectionrunevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='projectionrunevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='projectionrunevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.projectionrun'),
        ),
        migrations.AddField(
            model_name='projectionrunevent',
            name='requested_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='promotionpool',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promotion_pools', to='forces.force'),
        ),
        migrations.AddField(
            model_name='promotionpool',
            name='rank',
            field=models.ForeignKey(help_text='The rank they passed for.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='promotionpoolevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='promotionpoolevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='promotionpoolevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.promotionpool'),
        ),
        migrations.AddField(
            model_name='promotionpoolevent',
            name='rank',
            field=models.ForeignKey(db_constraint=False, help_text='The rank they passed for.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='scenario',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to='forces.force'),
        ),
        migrations.AddField(
            model_name='projectionrunevent',
            name='scenario',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.scenario'),
        ),
        migrations.AddField(
            model_name='projectionrun',
            name='scenario',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='workforce.scenario'),
        ),
        migrations.AddField(
            model_name='scenariochange',
            name='intake',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.intake'),
        ),
        migrations.AddField(
            model_name='scenariochange',
            name='location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='scenariochange',
            name='rank',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='scenariochange',
            name='role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='scenariochange',
            name='scenario',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='workforce.scenario'),
        ),
        migrations.AddField(
            model_name='scenariochange',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='intake',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.intake'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='location',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.scenariochange'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='rank',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='scenario',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.scenario'),
        ),
        migrations.AddField(
            model_name='scenariochangeevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='scenarioevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='scenarioevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='scenarioevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.scenario'),
        ),
        migrations.AddConstraint(
            model_name='assumption',
            constraint=models.UniqueConstraint(fields=('force', 'code'), name='workforce_assumption_code_once_a_force'),
        ),
        migrations.AddConstraint(
            model_name='assumption',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='workforce_assumption_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='assumption',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='workforce_assumption_not_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assumption',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_assumptionevent" ("code", "force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_by_id", "set_on", "value") SELECT new_values."code", new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."set_by_id", new_values."set_on", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8b3499674b0140c3e86b6ceadbdd27c3dc2a18e7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1fec3', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_assumption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assumption',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_assumptionevent" ("code", "force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_by_id", "set_on", "value") SELECT new_values."code", new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."set_by_id", new_values."set_on", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c288802f26eb93d9d83a8f8723e15fb33aef4097', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_67044', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_assumption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assumption',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_assumptionevent" ("code", "force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_by_id", "set_on", "value") SELECT old_values."code", old_values."force_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."set_by_id", old_values."set_on", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='25c1280ba3499feaa77e3a2328167dcd0038d5ca', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bb862', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_assumption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assumptionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7162f28d09274452cce60faec83fa21630c7f08f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a0fbf', table='workforce_assumptionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('force', 'as_at', 'category'), name='workforce_budgetline_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('funded_fte__gte', 0)), name='workforce_budgetline_not_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_budgetlineevent" ("as_at", "category", "force_id", "funded_fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."as_at", new_values."category", new_values."force_id", new_values."funded_fte", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='50e3f4ed3259d9ae5d0c5fc49570f635c0149fad', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0d7fc', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_budgetlineevent" ("as_at", "category", "force_id", "funded_fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."as_at", new_values."category", new_values."force_id", new_values."funded_fte", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='62758b0414366980b6c7031a2d541edfd27c72a1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cb9df', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_budgetlineevent" ("as_at", "category", "force_id", "funded_fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."as_at", old_values."category", old_values."force_id", old_values."funded_fte", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='336389feabff727b71595d6aff6451de474378b4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4c256', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetlineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f89e3bdb713b187299d3c475e6b992bb4139b70b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_63e5e', table='workforce_budgetlineevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.UniqueConstraint(fields=('force', 'starts_on', 'name'), name='workforce_intake_name_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__day', 1)), name='workforce_intake_starts_with_a_month'),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.CheckConstraint(condition=models.Q(('show_rate__gte', 0), ('show_rate__lte', 1)), name='workforce_intake_show_rate_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.CheckConstraint(condition=models.Q(('months_to_patrol__lte', 36)), name='workforce_intake_months_to_patrol'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intake',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_intakeevent" ("force_id", "id", "months_to_patrol", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "show_rate", "starts_on") SELECT new_values."force_id", new_values."id", new_values."months_to_patrol", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank_id", new_values."show_rate", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8510a470020d00234fb112ea3196f10bf7fbb946', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6a5ef', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_intake', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intake',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_intakeevent" ("force_id", "id", "months_to_patrol", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "show_rate", "starts_on") SELECT new_values."force_id", new_values."id", new_values."months_to_patrol", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank_id", new_values."show_rate", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fb7c83777597e54eb1620c9fd06be53d57722873', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_405ce', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_intake', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intake',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_intakeevent" ("force_id", "id", "months_to_patrol", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "show_rate", "starts_on") SELECT old_values."force_id", old_values."id", old_values."months_to_patrol", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank_id", old_values."show_rate", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4963b901c031343ab7a1731161e7d800fef31a59', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8c331', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_intake', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intakeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='de93dfb467ca1f218e51850e6952621c562ed412', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_160d8', table='workforce_intakeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='intakeplace',
            constraint=models.UniqueConstraint(fields=('intake', 'role', 'location', 'unit'), name='workforce_intakeplace_cell_once'),
        ),
        migrations.AddConstraint(
            model_name='intakeplace',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 500)), name='workforce_intakeplace_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intakeplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_intakeplaceevent" ("id", "intake_id", "location_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "unit_id") SELECT new_values."id", new_values."intake_id", new_values."location_id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4b6c3e3c4184c99dc5f1efd3d9fd842a5d79a299', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fc9df', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_intakeplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intakeplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_intakeplaceevent" ("id", "intake_id", "location_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "unit_id") SELECT new_values."id", new_values."intake_id", new_values."location_id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='84e3b9800b71fd7178d944cbbdaf495224c8eb7e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_445e3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_intakeplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intakeplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_intakeplaceevent" ("id", "intake_id", "location_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "unit_id") SELECT old_values."id", old_values."intake_id", old_values."location_id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a8cb33d77eb07b70f27b379022c488812f5ab264', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_028fc', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_intakeplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='intakeplaceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1b4968dd4345f66f4f4db8ae9e1a2727f3444bb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_90272', table='workforce_intakeplaceevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='plannedchange',
            index=models.Index(condition=models.Q(('state', 'planned')), fields=['force', 'on_day'], name='workforce_plannedchange_open'),
        ),
        migrations.AddIndex(
            model_name='plannedchange',
            index=models.Index(fields=['force', 'origin_kind', 'origin_id'], name='workforce_plannedchange_origin'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(('fte__gt', 0)), name='workforce_plannedchange_fte_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_rank__isnull', False), ('from_role__isnull', False), ('from_location__isnull', False), ('from_unit__isnull', False)), models.Q(('from_rank__isnull', True), ('from_role__isnull', True), ('from_location__isnull', True), ('from_unit__isnull', True)), _connector='OR'), name='workforce_plannedchange_from_a_whole_cell'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_rank__isnull', False), ('to_role__isnull', False), ('to_location__isnull', False), ('to_unit__isnull', False)), models.Q(('to_rank__isnull', True), ('to_role__isnull', True), ('to_location__isnull', True), ('to_unit__isnull', True)), _connector='OR'), name='workforce_plannedchange_to_a_whole_cell'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind__in', ('move', 'leave', 'post_end')), _negated=True), ('from_rank__isnull', False), _connector='OR'), models.Q(models.Q(('kind__in', ('move', 'promotion', 'intake', 'transferee', 'acting', 'agency', 'post_start')), _negated=True), ('to_rank__isnull', False), _connector='OR')), name='workforce_plannedchange_has_its_cells'),
        ),
        migrations.AddConstraint(
            model_name='plannedchange',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('on_day')), _connector='OR'), name='workforce_plannedchange_ends_after_it_begins'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_plannedchangeevent" ("force_id", "from_location_id", "from_rank_id", "from_role_id", "from_unit_id", "fte", "id", "kind", "on_day", "origin_id", "origin_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "to_location_id", "to_rank_id", "to_role_id", "to_unit_id", "until", "words") SELECT new_values."force_id", new_values."from_location_id", new_values."from_rank_id", new_values."from_role_id", new_values."from_unit_id", new_values."fte", new_values."id", new_values."kind", new_values."on_day", new_values."origin_id", new_values."origin_kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."to_location_id", new_values."to_rank_id", new_values."to_role_id", new_values."to_unit_id", new_values."until", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f1f171723b0f3a854fccf9d1ff92b80978e2702b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fd1f8', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_plannedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_plannedchangeevent" ("force_id", "from_location_id", "from_rank_id", "from_role_id", "from_unit_id", "fte", "id", "kind", "on_day", "origin_id", "origin_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "to_location_id", "to_rank_id", "to_role_id", "to_unit_id", "until", "words") SELECT new_values."force_id", new_values."from_location_id", new_values."from_rank_id", new_values."from_role_id", new_values."from_unit_id", new_values."fte", new_values."id", new_values."kind", new_values."on_day", new_values."origin_id", new_values."origin_kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."to_location_id", new_values."to_rank_id", new_values."to_role_id", new_values."to_unit_id", new_values."until", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e4d891774593d80f000653c05aa3db1d7fe3336b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_75f4a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_plannedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_plannedchangeevent" ("force_id", "from_location_id", "from_rank_id", "from_role_id", "from_unit_id", "fte", "id", "kind", "on_day", "origin_id", "origin_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "to_location_id", "to_rank_id", "to_role_id", "to_unit_id", "until", "words") SELECT old_values."force_id", old_values."from_location_id", old_values."from_rank_id", old_values."from_role_id", old_values."from_unit_id", old_values."fte", old_values."id", old_values."kind", old_values."on_day", old_values."origin_id", old_values."origin_kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."to_location_id", old_values."to_rank_id", old_values."to_role_id", old_values."to_unit_id", old_values."until", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b05149d3b06b7ae085bd86d01d22369105552462', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_78590', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_plannedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedchangeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='112d60eebdcbdb4091c781a37ed28ac07ff1fd40', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4fd16', table='workforce_plannedchangeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='projectionline',
            constraint=models.UniqueConstraint(fields=('run', 'kind', 'category', 'rank', 'role', 'location', 'unit'), name='workforce_projectionline_once_a_run', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='promotionpool',
            constraint=models.UniqueConstraint(fields=('force', 'rank', 'ready_on'), name='workforce_promotionpool_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='promotionpool',
            constraint=models.CheckConstraint(condition=models.Q(('ready_on__day', 1)), name='workforce_promotionpool_starts_with_a_month'),
        ),
        migrations.AddConstraint(
            model_name='promotionpool',
            constraint=models.CheckConstraint(condition=models.Q(('number__lte', 2000)), name='workforce_promotionpool_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionpool',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_promotionpoolevent" ("force_id", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "ready_on") SELECT new_values."force_id", new_values."id", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank_id", new_values."ready_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='617a147fc537b6b2f40ada00a2ee8bfc066e577e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_db4d7', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_promotionpool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionpool',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_promotionpoolevent" ("force_id", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "ready_on") SELECT new_values."force_id", new_values."id", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank_id", new_values."ready_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='10fb227115ef1926150daf4b55ef86a6291ac1c2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_580e3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_promotionpool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionpool',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_promotionpoolevent" ("force_id", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "ready_on") SELECT old_values."force_id", old_values."id", old_values."note", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank_id", old_values."ready_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='17cac3d36783ac6cbecc37d993eeeb5ea42f610a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2808a', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_promotionpool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionpoolevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d771b49eba70a4eb1806381cfe3cc64357ba20b9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b15b6', table='workforce_promotionpoolevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.UniqueConstraint(models.F('force'), django.db.models.functions.text.Lower('name'), name='workforce_scenario_name_once_a_force'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_scenarioevent" ("created_at", "description", "force_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."created_at", new_values."description", new_values."force_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b8e8d4769dab95797407d5f8c6614dcf0c8720f0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f4a64', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_scenarioevent" ("created_at", "description", "force_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."created_at", new_values."description", new_values."force_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='092496c823a00e0de6be737d7b1912e829c20241', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_23c70', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_scenarioevent" ("created_at", "description", "force_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."created_at", old_values."description", old_values."force_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cc48a80cdd1f3b62f079e6c68039ad9327b73c19', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_74dd7', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectionrunevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='42783f21e048b6fb75f0e8ffd65cdf59c786fd3d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_35418', table='workforce_projectionrunevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='projectionrun',
            index=models.Index(condition=models.Q(('done_at__isnull', False), ('is_of_plan', True)), fields=['force', 'as_at', 'done_at'], name='workforce_projectionrun_plan'),
        ),
        migrations.AddConstraint(
            model_name='projectionrun',
            constraint=models.CheckConstraint(condition=models.Q(('done_at__isnull', True), models.Q(models.Q(('engine_version', ''), _negated=True), models.Q(('inputs_digest', ''), _negated=True)), _connector='OR'), name='workforce_projectionrun_done_with_its_facts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectionrun',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_projectionrunevent" ("as_at", "assumptions", "changes", "done_at", "draws", "engine_version", "force_id", "id", "inputs_digest", "is_of_plan", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requested_at", "requested_by_id", "scenario_id", "scenario_name", "seed", "threshold_fte") SELECT new_values."as_at", new_values."assumptions", new_values."changes", new_values."done_at", new_values."draws", new_values."engine_version", new_values."force_id", new_values."id", new_values."inputs_digest", new_values."is_of_plan", new_values."months", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."requested_at", new_values."requested_by_id", new_values."scenario_id", new_values."scenario_name", new_values."seed", new_values."threshold_fte" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8293f321a8fe6d93db88c3c76b1a28b2c99c9f99', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4addd', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_projectionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectionrun',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_projectionrunevent" ("as_at", "assumptions", "changes", "done_at", "draws", "engine_version", "force_id", "id", "inputs_digest", "is_of_plan", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requested_at", "requested_by_id", "scenario_id", "scenario_name", "seed", "threshold_fte") SELECT new_values."as_at", new_values."assumptions", new_values."changes", new_values."done_at", new_values."draws", new_values."engine_version", new_values."force_id", new_values."id", new_values."inputs_digest", new_values."is_of_plan", new_values."months", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."requested_at", new_values."requested_by_id", new_values."scenario_id", new_values."scenario_name", new_values."seed", new_values."threshold_fte" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."as_at" IS DISTINCT FROM (new_values."as_at") OR old_values."assumptions" IS DISTINCT FROM (new_values."assumptions") OR old_values."changes" IS DISTINCT FROM (new_values."changes") OR old_values."done_at" IS DISTINCT FROM (new_values."done_at") OR old_values."draws" IS DISTINCT FROM (new_values."draws") OR old_values."engine_version" IS DISTINCT FROM (new_values."engine_version") OR old_values."force_id" IS DISTINCT FROM (new_values."force_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."inputs_digest" IS DISTINCT FROM (new_values."inputs_digest") OR old_values."is_of_plan" IS DISTINCT FROM (new_values."is_of_plan") OR old_values."months" IS DISTINCT FROM (new_values."months") OR old_values."requested_at" IS DISTINCT FROM (new_values."requested_at") OR old_values."requested_by_id" IS DISTINCT FROM (new_values."requested_by_id") OR old_values."scenario_id" IS DISTINCT FROM (new_values."scenario_id") OR old_values."scenario_name" IS DISTINCT FROM (new_values."scenario_name") OR old_values."seed" IS DISTINCT FROM (new_values."seed") OR old_values."threshold_fte" IS DISTINCT FROM (new_values."threshold_fte")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='11b4c012d244f2bfc755c0f3baa2d21164392a37', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7faad', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_projectionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectionrun',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_projectionrunevent" ("as_at", "assumptions", "changes", "done_at", "draws", "engine_version", "force_id", "id", "inputs_digest", "is_of_plan", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requested_at", "requested_by_id", "scenario_id", "scenario_name", "seed", "threshold_fte") SELECT old_values."as_at", old_values."assumptions", old_values."changes", old_values."done_at", old_values."draws", old_values."engine_version", old_values."force_id", old_values."id", old_values."inputs_digest", old_values."is_of_plan", old_values."months", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."requested_at", old_values."requested_by_id", old_values."scenario_id", old_values."scenario_name", old_values."seed", old_values."threshold_fte" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='583becb84eddbd1ab582bedbbb697abb6a2e0d23', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4cf52', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_projectionrun', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'intake'), ('location__isnull', False), ('number__isnull', False), ('rank__isnull', False), ('role__isnull', False), ('starts_on__isnull', False), ('unit__isnull', False)), models.Q(('intake__isnull', False), ('kind', 'no_intake')), models.Q(('ends_on__isnull', False), ('kind', 'pause'), ('starts_on__isnull', False)), models.Q(('factor__isnull', False), ('kind', 'leaving')), models.Q(('fte__isnull', False), ('kind', 'posts'), ('location__isnull', False), ('rank__isnull', False), ('role__isnull', False), ('starts_on__isnull', False), ('unit__isnull', False), models.Q(('fte', 0), _negated=True)), _connector='OR'), name='workforce_scenariochange_has_what_it_needs'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('starts_on__isnull', True), ('starts_on__day', 1), _connector='OR'), models.Q(('ends_on__isnull', True), models.Q(('ends_on__day', 1), ('ends_on__gt', models.F('starts_on'))), _connector='OR')), name='workforce_scenariochange_starts_with_a_month'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('factor__isnull', True), models.Q(('factor__gte', 0), ('factor__lte', 10)), _connector='OR'), name='workforce_scenariochange_factor'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_scenariochangeevent" ("category", "ends_on", "factor", "fte", "id", "intake_id", "kind", "location_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "role_id", "scenario_id", "starts_on", "unit_id") SELECT new_values."category", new_values."ends_on", new_values."factor", new_values."fte", new_values."id", new_values."intake_id", new_values."kind", new_values."location_id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank_id", new_values."role_id", new_values."scenario_id", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ed68e647e044cea16927083c022e7cf1fe038346', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2a579', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_scenariochangeevent" ("category", "ends_on", "factor", "fte", "id", "intake_id", "kind", "location_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "role_id", "scenario_id", "starts_on", "unit_id") SELECT new_values."category", new_values."ends_on", new_values."factor", new_values."fte", new_values."id", new_values."intake_id", new_values."kind", new_values."location_id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank_id", new_values."role_id", new_values."scenario_id", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b119bd1adfb1d16278d84778e17d91a1678e38ea', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fc18f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_scenariochangeevent" ("category", "ends_on", "factor", "fte", "id", "intake_id", "kind", "location_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "role_id", "scenario_id", "starts_on", "unit_id") SELECT old_values."category", old_values."ends_on", old_values."factor", old_values."fte", old_values."id", old_values."intake_id", old_values."kind", old_values."location_id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank_id", old_values."role_id", old_values."scenario_id", old_values."starts_on", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6b0ad7a5331b43601436172b6fed84ff2d4641b7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c609e', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochangeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83bc122909619121a4c7f50a836d35fa866851e4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7ef43', table='workforce_scenariochangeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenarioevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa915b38f5c202ba1616126360cd7b026ae367c7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d2bff', table='workforce_scenarioevent', when='BEFORE')),
        ),
        migrations.RunSQL(RULES, UNDO),
    ]
