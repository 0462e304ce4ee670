"""Suggestions: settings, pinned and forbidden moves, and plans as they were worked out."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from peelsite.history import together

# A plan is written once, in one transaction, and stays as it was worked out; an item that is taken from an
# agenda that is drawn up again takes its number along.
RULES = r"""
CREATE FUNCTION workforce_fillplan_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'item_id') <> (to_jsonb(OLD) - 'item_id')
        OR to_jsonb(NEW) ->> 'item_id' IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        PERFORM workforce_refuse('workforce_fillplan_stays',
            'A plan that was worked out stays as it was. Work out another one instead.');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER workforce_fillplan_rule BEFORE UPDATE OR DELETE ON workforce_fillplan
    FOR EACH ROW EXECUTE FUNCTION workforce_fillplan_rule();
CREATE TRIGGER workforce_fillplan_rule BEFORE UPDATE OR DELETE ON workforce_fillneed
    FOR EACH ROW EXECUTE FUNCTION workforce_fillplan_rule();
CREATE TRIGGER workforce_fillplan_rule BEFORE UPDATE OR DELETE ON workforce_fillmove
    FOR EACH ROW EXECUTE FUNCTION workforce_fillplan_rule();
CREATE TRIGGER workforce_fillplan_rule BEFORE UPDATE OR DELETE ON workforce_fillchance
    FOR EACH ROW EXECUTE FUNCTION workforce_fillplan_rule();
"""
UNDO = """
DROP TRIGGER workforce_fillplan_rule ON workforce_fillchance;
DROP TRIGGER workforce_fillplan_rule ON workforce_fillmove;
DROP TRIGGER workforce_fillplan_rule ON workforce_fillneed;
DROP TRIGGER workforce_fillplan_rule ON workforce_fillplan;
DROP FUNCTION workforce_fillplan_rule();
"""


class Migration(together.Migration):

    dependencies = [
        ('forces', '0006_location_on_the_map'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0014_packs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CivilianRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='civilian_roles', to='forces.force')),
                ('rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank', verbose_name="officer's rank")),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role')),
                ('staff_rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank', verbose_name='grade of the staff')),
            ],
            options={
                'ordering': ['role__name', 'rank__order'],
            },
        ),
        migrations.CreateModel(
            name='CivilianRoleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.civilianrole')),
                ('rank', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank', verbose_name="officer's rank")),
                ('role', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role')),
                ('staff_rank', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank', verbose_name='grade of the staff')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FillPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('board', 'For one board'), ('ahead', 'For the boards ahead')], max_length=5)),
                ('day', models.DateField(verbose_name='day of the figures')),
                ('boards_on', models.JSONField(default=list, verbose_name='days of the boards')),
                ('run_id', models.BigIntegerField(blank=True, help_text='The projection whose chances are shown.', null=True, verbose_name='projection')),
                ('inputs_digest', models.CharField(max_length=64)),
                ('weighing', models.JSONField(default=dict, verbose_name='settings')),
                ('status', models.CharField(choices=[('optimal', 'The best possible'), ('time', 'The best found in the time')], max_length=7)),
                ('objective', models.DecimalField(decimal_places=2, max_digits=14)),
                ('bound', models.DecimalField(decimal_places=2, max_digits=14)),
                ('seconds', models.DecimalField(decimal_places=3, max_digits=8)),
                ('variables', models.PositiveIntegerField()),
                ('rows', models.PositiveIntegerField()),
                ('asked_fte', models.DecimalField(decimal_places=4, max_digits=10)),
                ('filled_fte', models.DecimalField(decimal_places=4, max_digits=10)),
                ('heads', models.PositiveIntegerField(verbose_name='people')),
                ('summary', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fill_plans', to='workforce.board')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fill_plans', to='forces.force')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='FillNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board_number', models.PositiveSmallIntegerField(default=0)),
                ('board_on', models.DateField()),
                ('label', models.CharField(max_length=300)),
                ('asked_fte', models.DecimalField(decimal_places=4, max_digits=10)),
                ('filled_fte', models.DecimalField(decimal_places=4, max_digits=10)),
                ('why_open', models.TextField(blank=True)),
                ('chance_before', models.FloatField(blank=True, null=True)),
                ('chance_after', models.FloatField(blank=True, null=True)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='fill_needs', to='workforce.agendaitem')),
                ('need_location', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location')),
                ('need_rank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank')),
                ('need_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role')),
                ('need_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='workforce.fillplan')),
            ],
            options={
                'ordering': ['board_number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FillMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board_number', models.PositiveSmallIntegerField(default=0)),
                ('board_on', models.DateField()),
                ('source', models.CharField(choices=[('move', 'Move within the force'), ('promotion', 'Promotion'), ('intake', 'Intake of new joiners'), ('transferee', 'Transferee from another force'), ('acting', 'Acting up'), ('agency', 'Agency'), ('civilian', 'Staff in place of an officer')], max_length=10)),
                ('donor_label', models.CharField(blank=True, max_length=300)),
                ('heads', models.PositiveSmallIntegerField(verbose_name='people')),
                ('part_time', models.PositiveSmallIntegerField(default=0)),
                ('fte', models.DecimalField(decimal_places=4, max_digits=10)),
                ('training_places', models.PositiveSmallIntegerField(default=0)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('pounds', models.DecimalField(decimal_places=2, default=0, max_digits=11)),
                ('points', models.DecimalField(decimal_places=2, max_digits=14)),
                ('reason', models.TextField()),
                ('donor_strength', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                ('donor_minimum', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                ('donor_gap_before', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                ('donor_gap_after', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                ('donor_chance_before', models.FloatField(blank=True, null=True)),
                ('donor_chance_after', models.FloatField(blank=True, null=True)),
                ('donor_location', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location')),
                ('donor_rank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank')),
                ('donor_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role')),
                ('donor_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='workforce.fillneed')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='workforce.fillplan')),
            ],
            options={
                'ordering': ['board_number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MoveRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pin', 'Pinned'), ('forbid', 'Forbidden'), ('spare', 'Gives nobody')], max_length=6)),
                ('source', models.CharField(blank=True, choices=[('move', 'Move within the force'), ('promotion', 'Promotion'), ('intake', 'Intake of new joiners'), ('transferee', 'Transferee from another force'), ('acting', 'Acting up'), ('agency', 'Agency'), ('civilian', 'Staff in place of an officer')], max_length=10, verbose_name='from where')),
                ('heads', models.PositiveSmallIntegerField(blank=True, help_text='Of a pin: at least so many', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='people')),
                ('label', models.CharField(help_text='The move in words, as it stood when this was set.', max_length=400)),
                ('reason', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='move_rules', to='workforce.board')),
                ('donor_location', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location')),
                ('donor_rank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank')),
                ('donor_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role')),
                ('donor_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need_location', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location')),
                ('need_rank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank')),
                ('need_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role')),
                ('need_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MoveRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('pin', 'Pinned'), ('forbid', 'Forbidden'), ('spare', 'Gives nobody')], max_length=6)),
                ('source', models.CharField(blank=True, choices=[('move', 'Move within the force'), ('promotion', 'Promotion'), ('intake', 'Intake of new joiners'), ('transferee', 'Transferee from another force'), ('acting', 'Acting up'), ('agency', 'Agency'), ('civilian', 'Staff in place of an officer')], max_length=10, verbose_name='from where')),
                ('heads', models.PositiveSmallIntegerField(blank=True, help_text='Of a pin: at least so many', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='people')),
                ('label', models.CharField(help_text='The move in words, as it stood when this was set.', max_length=400)),
                ('reason', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('board', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.board')),
                ('donor_location', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location')),
                ('donor_rank', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank')),
                ('donor_role', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role')),
                ('donor_unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit')),
                ('lifted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('need_location', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location')),
                ('need_rank', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank')),
                ('need_role', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role')),
                ('need_unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.moverule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('weight', models.DecimalField(decimal_places=2, help_text='2 counts a gap in this role twice; roles without a weight count once', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0.1')), django.core.validators.MaxValueValidator(Decimal('10'))])),
                ('reason', models.CharField(max_length=300)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_weights', to='forces.force')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='weights', to='workforce.role')),
            ],
            options={
                'ordering': ['role__name', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='RoleWeightEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='from')),
                ('weight', models.DecimalField(decimal_places=2, help_text='2 counts a gap in this role twice; roles without a weight count once', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0.1')), django.core.validators.MaxValueValidator(Decimal('10'))])),
                ('reason', models.CharField(max_length=300)),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.roleweight')),
                ('role', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SuggestionSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('minimum_share', models.DecimalField(decimal_places=4, default=Decimal('0.9'), help_text='No cell that gives people falls below this share of its establishment; 0.9 is nine of ten. Minimum strengths of units hold beside it', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='Share of its posts that a cell keeps')),
                ('travel_limit', models.PositiveSmallIntegerField(default=60, help_text='Nobody is moved further than this from where they work now', validators=[django.core.validators.MaxValueValidator(240)], verbose_name='Longest travel between places, minutes')),
                ('location_moves', models.PositiveSmallIntegerField(default=4, help_text='Moves, promotions and acting up that take people away from one location', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Moves out of one place at one board')),
                ('training_places', models.PositiveSmallIntegerField(default=12, help_text='For people who lack skills that the role asks for', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Training places for one board')),
                ('promotions', models.PositiveSmallIntegerField(default=3, help_text='Used for ranks of which no promotion pool is recorded', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Promotions into one rank at one board')),
                ('transferees', models.PositiveSmallIntegerField(default=4, help_text='Officers from other forces', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Transferees at one board')),
                ('civilians', models.PositiveSmallIntegerField(default=2, help_text="Only in the roles listed under “Staff in officers' roles”", validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Staff in place of officers at one board')),
                ('intake_months', models.PositiveSmallIntegerField(default=4, help_text='Intakes that start within this time of the board may fill its gaps', validators=[django.core.validators.MaxValueValidator(24)], verbose_name='Months ahead from which an intake counts')),
                ('budget', models.DecimalField(decimal_places=2, default=Decimal('60000.0'), help_text="For agency, transferees and staff in officers' roles", max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='Budget for one board, £')),
                ('transferee_cost', models.DecimalField(decimal_places=2, default=Decimal('5000.0'), help_text='Recruitment and moving, once', max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='Cost of a transferee, £')),
                ('civilian_cost', models.DecimalField(decimal_places=2, default=Decimal('6000.0'), help_text='Recruitment and training, once', max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name="Cost of staff in an officer's role, £")),
                ('agency_cost', models.DecimalField(decimal_places=2, default=Decimal('9000.0'), help_text='For one FTE, as long as they stay', max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='Cost of an agency worker, £')),
                ('agency_boards', models.PositiveSmallIntegerField(default=3, help_text='3 is six months where boards meet every two months', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='Boards that an agency worker covers')),
                ('travel_points', models.DecimalField(decimal_places=2, default=Decimal('0.3'), help_text='One way, for each person moved', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a minute of travel')),
                ('training_points', models.DecimalField(decimal_places=2, default=Decimal('15.0'), help_text='Weeks away from the old role and the new one', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a training place')),
                ('disruption_points', models.DecimalField(decimal_places=2, default=Decimal('10.0'), help_text='What any change costs, however near', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a move or promotion')),
                ('acting_points', models.DecimalField(decimal_places=2, default=Decimal('30.0'), help_text='More than a move, as it ends after 46 days', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a person acting up')),
                ('money_points', models.DecimalField(decimal_places=2, default=Decimal('1.0'), help_text='So that money can be weighed against gaps', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points for £1,000')),
                ('first_priority', models.DecimalField(decimal_places=2, default=Decimal('1.5'), help_text='1.5 counts its gap half as much again as that of the last item; those between in steps', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Weight of the first item')),
                ('light_share', models.DecimalField(decimal_places=4, default=Decimal('0.05'), help_text='A cell that gives people may have this share of its posts open at a lower price', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='Share of posts whose gap is light')),
                ('light_factor', models.DecimalField(decimal_places=4, default=Decimal('0.5'), help_text='0.5 is half of the full price', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='Price of a light gap')),
                ('reason', models.CharField(help_text='Why these numbers', max_length=300)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestion_settings', to='forces.force')),
            ],
            options={
                'verbose_name_plural': 'suggestion settings',
                'ordering': ['-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='SuggestionSettingsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='from')),
                ('minimum_share', models.DecimalField(decimal_places=4, default=Decimal('0.9'), help_text='No cell that gives people falls below this share of its establishment; 0.9 is nine of ten. Minimum strengths of units hold beside it', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='Share of its posts that a cell keeps')),
                ('travel_limit', models.PositiveSmallIntegerField(default=60, help_text='Nobody is moved further than this from where they work now', validators=[django.core.validators.MaxValueValidator(240)], verbose_name='Longest travel between places, minutes')),
                ('location_moves', models.PositiveSmallIntegerField(default=4, help_text='Moves, promotions and acting up that take people away from one location', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Moves out of one place at one board')),
                ('training_places', models.PositiveSmallIntegerField(default=12, help_text='For people who lack skills that the role asks for', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Training places for one board')),
                ('promotions', models.PositiveSmallIntegerField(default=3, help_text='Used for ranks of which no promotion pool is recorded', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Promotions into one rank at one board')),
                ('transferees', models.PositiveSmallIntegerField(default=4, help_text='Officers from other forces', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Transferees at one board')),
                ('civilians', models.PositiveSmallIntegerField(default=2, help_text="Only in the roles listed under “Staff in officers' roles”", validators=[django.core.validators.MaxValueValidator(500)], verbose_name='Staff in place of officers at one board')),
                ('intake_months', models.PositiveSmallIntegerField(default=4, help_text='Intakes that start within this time of the board may fill its gaps', validators=[django.core.validators.MaxValueValidator(24)], verbose_name='Months ahead from which an intake counts')),
                ('budget', models.DecimalField(decimal_places=2, default=Decimal('60000.0'), help_text="For agency, transferees and staff in officers' roles", max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='Budget for one board, £')),
                ('transferee_cost', models.DecimalField(decimal_places=2, default=Decimal('5000.0'), help_text='Recruitment and moving, once', max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='Cost of a transferee, £')),
                ('civilian_cost', models.DecimalField(decimal_places=2, default=Decimal('6000.0'), help_text='Recruitment and training, once', max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name="Cost of staff in an officer's role, £")),
                ('agency_cost', models.DecimalField(decimal_places=2, default=Decimal('9000.0'), help_text='For one FTE, as long as they stay', max_digits=11, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='Cost of an agency worker, £')),
                ('agency_boards', models.PositiveSmallIntegerField(default=3, help_text='3 is six months where boards meet every two months', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='Boards that an agency worker covers')),
                ('travel_points', models.DecimalField(decimal_places=2, default=Decimal('0.3'), help_text='One way, for each person moved', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a minute of travel')),
                ('training_points', models.DecimalField(decimal_places=2, default=Decimal('15.0'), help_text='Weeks away from the old role and the new one', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a training place')),
                ('disruption_points', models.DecimalField(decimal_places=2, default=Decimal('10.0'), help_text='What any change costs, however near', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a move or promotion')),
                ('acting_points', models.DecimalField(decimal_places=2, default=Decimal('30.0'), help_text='More than a move, as it ends after 46 days', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points a person acting up')),
                ('money_points', models.DecimalField(decimal_places=2, default=Decimal('1.0'), help_text='So that money can be weighed against gaps', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Points for £1,000')),
                ('first_priority', models.DecimalField(decimal_places=2, default=Decimal('1.5'), help_text='1.5 counts its gap half as much again as that of the last item; those between in steps', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1000'))], verbose_name='Weight of the first item')),
                ('light_share', models.DecimalField(decimal_places=4, default=Decimal('0.05'), help_text='A cell that gives people may have this share of its posts open at a lower price', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='Share of posts whose gap is light')),
                ('light_factor', models.DecimalField(decimal_places=4, default=Decimal('0.5'), help_text='0.5 is half of the full price', max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='Price of a light gap')),
                ('reason', models.CharField(help_text='Why these numbers', max_length=300)),
                ('force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.suggestionsettings')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='civilianrole',
            constraint=models.UniqueConstraint(fields=('force', 'rank', 'role'), name='workforce_civilianrole_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='civilianrole',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_civilianroleevent" ("force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "reason", "role_id", "staff_rank_id") SELECT new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank_id", new_values."reason", new_values."role_id", new_values."staff_rank_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2f4fa41af474d87627bf1eef4f3c71da66dca6dd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e4c80', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_civilianrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='civilianrole',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_civilianroleevent" ("force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "reason", "role_id", "staff_rank_id") SELECT new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank_id", new_values."reason", new_values."role_id", new_values."staff_rank_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bfda51dd8d4b82e79fad24f71af300970d33af6e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_497e5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_civilianrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='civilianrole',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_civilianroleevent" ("force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "reason", "role_id", "staff_rank_id") SELECT old_values."force_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank_id", old_values."reason", old_values."role_id", old_values."staff_rank_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6857df54b3084b49dba3eae22bc0a5f3df3d278e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e291a', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_civilianrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='civilianroleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ace55cfe9137785be169dfaad4658757caeafedc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c672f', table='workforce_civilianroleevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='fillplan',
            index=models.Index(fields=['board', 'kind'], name='workforce_fillplan_board'),
        ),
        migrations.AddConstraint(
            model_name='fillplan',
            constraint=models.CheckConstraint(condition=models.Q(('bound__lte', models.F('objective'))), name='workforce_fillplan_bound'),
        ),
        migrations.AddConstraint(
            model_name='fillplan',
            constraint=models.CheckConstraint(condition=models.Q(('filled_fte__lte', models.F('asked_fte'))), name='workforce_fillplan_filled_of_asked'),
        ),
        migrations.AddConstraint(
            model_name='fillneed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('need_rank__isnull', False), ('need_role__isnull', False), ('need_location__isnull', False), ('need_unit__isnull', False)), models.Q(('need_rank__isnull', True), ('need_role__isnull', True), ('need_location__isnull', True), ('need_unit__isnull', True)), _connector='OR'), name='workforce_fillneed_cell_whole'),
        ),
        migrations.AddConstraint(
            model_name='fillmove',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('donor_rank__isnull', False), ('donor_role__isnull', False), ('donor_location__isnull', False), ('donor_unit__isnull', False)), models.Q(('donor_rank__isnull', True), ('donor_role__isnull', True), ('donor_location__isnull', True), ('donor_unit__isnull', True)), _connector='OR'), name='workforce_fillmove_cell_whole'),
        ),
        migrations.AddConstraint(
            model_name='fillmove',
            constraint=models.CheckConstraint(condition=models.Q(('fte__gt', 0), ('heads__gt', 0)), name='workforce_fillmove_somebody'),
        ),
        migrations.AddConstraint(
            model_name='moverule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('donor_rank__isnull', False), ('donor_role__isnull', False), ('donor_location__isnull', False), ('donor_unit__isnull', False)), models.Q(('donor_rank__isnull', True), ('donor_role__isnull', True), ('donor_location__isnull', True), ('donor_unit__isnull', True)), _connector='OR'), models.Q(models.Q(('need_rank__isnull', False), ('need_role__isnull', False), ('need_location__isnull', False), ('need_unit__isnull', False)), models.Q(('need_rank__isnull', True), ('need_role__isnull', True), ('need_location__isnull', True), ('need_unit__isnull', True)), _connector='OR')), name='workforce_moverule_cells_whole'),
        ),
        migrations.AddConstraint(
            model_name='moverule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heads__isnull', False), ('kind', 'pin'), ('need_rank__isnull', False), models.Q(('source', ''), _negated=True)), models.Q(('heads__isnull', True), ('kind', 'forbid'), ('need_rank__isnull', False), models.Q(('source', ''), _negated=True)), models.Q(('donor_rank__isnull', False), ('heads__isnull', True), ('kind', 'spare'), ('need_rank__isnull', True), ('source', '')), _connector='OR'), name='workforce_moverule_says_what'),
        ),
        migrations.AddConstraint(
            model_name='moverule',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='workforce_moverule_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='moverule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='workforce_moverule_lifted_all_or_none'),
        ),
        migrations.AddConstraint(
            model_name='moverule',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('board', 'kind', 'source', 'donor_rank', 'donor_role', 'donor_location', 'donor_unit', 'need_rank', 'need_role', 'need_location', 'need_unit'), name='workforce_moverule_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moverule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveruleevent" ("board_id", "donor_location_id", "donor_rank_id", "donor_role_id", "donor_unit_id", "heads", "id", "kind", "label", "lifted_at", "lifted_by_id", "made_at", "made_by_id", "need_location_id", "need_rank_id", "need_role_id", "need_unit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source") SELECT new_values."board_id", new_values."donor_location_id", new_values."donor_rank_id", new_values."donor_role_id", new_values."donor_unit_id", new_values."heads", new_values."id", new_values."kind", new_values."label", new_values."lifted_at", new_values."lifted_by_id", new_values."made_at", new_values."made_by_id", new_values."need_location_id", new_values."need_rank_id", new_values."need_role_id", new_values."need_unit_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ed97acf885a4a301892a38192daaa0102735dd0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4091a', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_moverule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moverule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveruleevent" ("board_id", "donor_location_id", "donor_rank_id", "donor_role_id", "donor_unit_id", "heads", "id", "kind", "label", "lifted_at", "lifted_by_id", "made_at", "made_by_id", "need_location_id", "need_rank_id", "need_role_id", "need_unit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source") SELECT new_values."board_id", new_values."donor_location_id", new_values."donor_rank_id", new_values."donor_role_id", new_values."donor_unit_id", new_values."heads", new_values."id", new_values."kind", new_values."label", new_values."lifted_at", new_values."lifted_by_id", new_values."made_at", new_values."made_by_id", new_values."need_location_id", new_values."need_rank_id", new_values."need_role_id", new_values."need_unit_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e25e721f9670372a150d38e4e2f6ce5e0ef6813f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_87390', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_moverule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moverule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveruleevent" ("board_id", "donor_location_id", "donor_rank_id", "donor_role_id", "donor_unit_id", "heads", "id", "kind", "label", "lifted_at", "lifted_by_id", "made_at", "made_by_id", "need_location_id", "need_rank_id", "need_role_id", "need_unit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source") SELECT old_values."board_id", old_values."donor_location_id", old_values."donor_rank_id", old_values."donor_role_id", old_values."donor_unit_id", old_values."heads", old_values."id", old_values."kind", old_values."label", old_values."lifted_at", old_values."lifted_by_id", old_values."made_at", old_values."made_by_id", old_values."need_location_id", old_values."need_rank_id", old_values."need_role_id", old_values."need_unit_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4b32269fca900e26f516eafc0f6f3c107b078453', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_55048', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_moverule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveruleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cff62766333800ddcd3588c08cfc83b74dc7329d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5471f', table='workforce_moveruleevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='roleweight',
            constraint=models.UniqueConstraint(fields=('role', 'starts_on'), name='workforce_roleweight_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='roleweight',
            constraint=models.CheckConstraint(condition=models.Q(('weight__range', ('0.1', 10))), name='workforce_roleweight_range'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleweight',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_roleweightevent" ("force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "starts_on", "weight") SELECT new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."role_id", new_values."starts_on", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2072a22eba32c4924e7b0aff6d80b56f47887203', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b47b2', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_roleweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleweight',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_roleweightevent" ("force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "starts_on", "weight") SELECT new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."role_id", new_values."starts_on", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5ab223850f5ff6d2d9de94b6bacee0775d635b74', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2849f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_roleweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleweight',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_roleweightevent" ("force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "starts_on", "weight") SELECT old_values."force_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."role_id", old_values."starts_on", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0a3e2d1702340e7126e393a87655d3ee3f556b35', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_adbcf', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_roleweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleweightevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='09ca23486c394776b81172e1e2f5eaff2b2cba5e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ea263', table='workforce_roleweightevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='suggestionsettings',
            constraint=models.UniqueConstraint(fields=('force', 'starts_on'), name='workforce_suggestionsettings_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='suggestionsettings',
            constraint=models.CheckConstraint(condition=models.Q(('light_factor__range', (0, 1)), ('light_share__range', (0, 1)), ('minimum_share__range', (0, 1))), name='workforce_suggestionsettings_shares'),
        ),
        migrations.AddConstraint(
            model_name='suggestionsettings',
            constraint=models.CheckConstraint(condition=models.Q(('first_priority__gte', 1)), name='workforce_suggestionsettings_first_priority_counts_more'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestionsettings',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_suggestionsettingsevent" ("acting_points", "agency_boards", "agency_cost", "budget", "civilian_cost", "civilians", "disruption_points", "first_priority", "force_id", "id", "intake_months", "light_factor", "light_share", "location_moves", "minimum_share", "money_points", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promotions", "reason", "starts_on", "training_places", "training_points", "transferee_cost", "transferees", "travel_limit", "travel_points") SELECT new_values."acting_points", new_values."agency_boards", new_values."agency_cost", new_values."budget", new_values."civilian_cost", new_values."civilians", new_values."disruption_points", new_values."first_priority", new_values."force_id", new_values."id", new_values."intake_months", new_values."light_factor", new_values."light_share", new_values."location_moves", new_values."minimum_share", new_values."money_points", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."promotions", new_values."reason", new_values."starts_on", new_values."training_places", new_values."training_points", new_values."transferee_cost", new_values."transferees", new_values."travel_limit", new_values."travel_points" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a86a535ff76a5dbbb264152130813dbf514ee085', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_043a7', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_suggestionsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestionsettings',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_suggestionsettingsevent" ("acting_points", "agency_boards", "agency_cost", "budget", "civilian_cost", "civilians", "disruption_points", "first_priority", "force_id", "id", "intake_months", "light_factor", "light_share", "location_moves", "minimum_share", "money_points", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promotions", "reason", "starts_on", "training_places", "training_points", "transferee_cost", "transferees", "travel_limit", "travel_points") SELECT new_values."acting_points", new_values."agency_boards", new_values."agency_cost", new_values."budget", new_values."civilian_cost", new_values."civilians", new_values."disruption_points", new_values."first_priority", new_values."force_id", new_values."id", new_values."intake_months", new_values."light_factor", new_values."light_share", new_values."location_moves", new_values."minimum_share", new_values."money_points", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."promotions", new_values."reason", new_values."starts_on", new_values."training_places", new_values."training_points", new_values."transferee_cost", new_values."transferees", new_values."travel_limit", new_values."travel_points" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='daf35a5feb644e474243ed309fa7d74bb02441a9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e9db1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_suggestionsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestionsettings',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_suggestionsettingsevent" ("acting_points", "agency_boards", "agency_cost", "budget", "civilian_cost", "civilians", "disruption_points", "first_priority", "force_id", "id", "intake_months", "light_factor", "light_share", "location_moves", "minimum_share", "money_points", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promotions", "reason", "starts_on", "training_places", "training_points", "transferee_cost", "transferees", "travel_limit", "travel_points") SELECT old_values."acting_points", old_values."agency_boards", old_values."agency_cost", old_values."budget", old_values."civilian_cost", old_values."civilians", old_values."disruption_points", old_values."first_priority", old_values."force_id", old_values."id", old_values."intake_months", old_values."light_factor", old_values."light_share", old_values."location_moves", old_values."minimum_share", old_values."money_points", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."promotions", old_values."reason", old_values."starts_on", old_values."training_places", old_values."training_points", old_values."transferee_cost", old_values."transferees", old_values."travel_limit", old_values."travel_points" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='909f68ee1f8021726aea8ce798cafb23a5c79996', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_99297', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_suggestionsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestionsettingsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d70b718a4dff618877c26625e3c64a66a62b0613', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_df8bb', table='workforce_suggestionsettingsevent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='FillChance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.FloatField()),
                ('after', models.FloatField()),
                ('cell_location', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.location')),
                ('cell_rank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank')),
                ('cell_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.role')),
                ('cell_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forces.unit')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chances', to='workforce.fillplan')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('after__range', (0, 1)), ('before__range', (0, 1)), ('cell_rank__isnull', False), models.Q(models.Q(('cell_rank__isnull', False), ('cell_role__isnull', False), ('cell_location__isnull', False), ('cell_unit__isnull', False)), models.Q(('cell_rank__isnull', True), ('cell_role__isnull', True), ('cell_location__isnull', True), ('cell_unit__isnull', True)), _connector='OR')), name='workforce_fillchance_chances'), models.UniqueConstraint(fields=('plan', 'cell_rank', 'cell_role', 'cell_location', 'cell_unit'), name='workforce_fillchance_once')],
            },
        ),
        migrations.RunSQL(sql=RULES, reverse_sql=UNDO),
    ]
