from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peelsite.forces.ranges
from peelsite.history import together


class Migration(together.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('forces', '0005_joint_units'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0012_decisions_followed'),
    ]

    operations = [
        migrations.CreateModel(
            name='FlexibleWorking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pattern', models.CharField(choices=[('part_time', 'Part-time'), ('compressed', 'Compressed hours'), ('fixed', 'Fixed hours or shifts'), ('staggered', 'Staggered hours'), ('term_time', 'Term-time'), ('job_share', 'Job share'), ('home', 'Working from home')], max_length=12)),
                ('hours', models.CharField(help_text='The agreed hours in words, for example Monday to Thursday.', max_length=200)),
                ('fte', models.DecimalField(decimal_places=4, default=Decimal('1'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0.0001')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='FTE')),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('review_on', models.DateField(verbose_name='review date')),
            ],
            options={
                'ordering': ['during'],
            },
        ),
        migrations.CreateModel(
            name='FlexibleWorkingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pattern', models.CharField(choices=[('part_time', 'Part-time'), ('compressed', 'Compressed hours'), ('fixed', 'Fixed hours or shifts'), ('staggered', 'Staggered hours'), ('term_time', 'Term-time'), ('job_share', 'Job share'), ('home', 'Working from home')], max_length=12)),
                ('hours', models.CharField(help_text='The agreed hours in words, for example Monday to Thursday.', max_length=200)),
                ('fte', models.DecimalField(decimal_places=4, default=Decimal('1'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0.0001')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='FTE')),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('review_on', models.DateField(verbose_name='review date')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MatchingSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minimum_tenure_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MaxValueValidator(120)])),
                ('answer_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
            ],
            options={
                'verbose_name_plural': 'matching settings',
            },
        ),
        migrations.CreateModel(
            name='MatchingSettingsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('minimum_tenure_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MaxValueValidator(120)])),
                ('answer_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MinimumStrength',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fte', models.DecimalField(decimal_places=4, max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='FTE')),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('reason', models.CharField(help_text='What it is reckoned from, for example a shift roster.', max_length=200)),
            ],
            options={
                'ordering': ['unit_id', 'during'],
            },
        ),
        migrations.CreateModel(
            name='MinimumStrengthEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('fte', models.DecimalField(decimal_places=4, max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='FTE')),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('reason', models.CharField(help_text='What it is reckoned from, for example a shift roster.', max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MoveAsked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('leaves', 'The unit that the person leaves'), ('joins', 'The unit that the person joins')], max_length=6)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('agreed', 'Agreed'), ('later', 'Agreed from another date'), ('refused', 'Refused')], default='waiting', max_length=8)),
                ('from_day', models.DateField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('is_for_absent_head', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'head asked about a move',
                'verbose_name_plural': 'heads asked about moves',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MoveAskedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('side', models.CharField(choices=[('leaves', 'The unit that the person leaves'), ('joins', 'The unit that the person joins')], max_length=6)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('agreed', 'Agreed'), ('later', 'Agreed from another date'), ('refused', 'Refused')], default='waiting', max_length=8)),
                ('from_day', models.DateField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('is_for_absent_head', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MoveChain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('below_minimum_reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='MoveChainEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('started_at', models.DateTimeField()),
                ('below_minimum_reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MovePreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wants_move', models.BooleanField(default=False, verbose_name='would like to move')),
                ('not_before', models.DateField(blank=True, null=True)),
                ('remarks', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['person_id'],
            },
        ),
        migrations.CreateModel(
            name='MovePreferenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('wants_move', models.BooleanField(default=False, verbose_name='would like to move')),
                ('not_before', models.DateField(blank=True, null=True)),
                ('remarks', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MoveProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('substantive', 'Substantive'), ('temporary', 'Temporary promotion'), ('acting', 'Acting'), ('attachment', 'Attachment')], default='substantive', max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_before', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('asked', 'Waiting for an answer'), ('later', 'Another date offered'), ('agreed', 'Agreed'), ('refused', 'Refused'), ('done', 'Done'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('proposed_at', models.DateTimeField()),
                ('place', models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                'ordering': ['-proposed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MoveProposalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('substantive', 'Substantive'), ('temporary', 'Temporary promotion'), ('acting', 'Acting'), ('attachment', 'Attachment')], default='substantive', max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_before', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('asked', 'Waiting for an answer'), ('later', 'Another date offered'), ('agreed', 'Agreed'), ('refused', 'Refused'), ('done', 'Done'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('proposed_at', models.DateTimeField()),
                ('place', models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PromotionPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('qualified', 'Qualified for temporary promotion'), ('pool', 'In the promotion pool')], max_length=10)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'ordering': ['during'],
            },
        ),
        migrations.CreateModel(
            name='PromotionPlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('standing', models.CharField(choices=[('qualified', 'Qualified for temporary promotion'), ('pool', 'In the promotion pool')], max_length=10)),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TravelTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)])),
                ('source', models.CharField(blank=True, help_text='Where the figure comes from.', max_length=200)),
            ],
            options={
                'ordering': ['origin_id', 'destination_id'],
            },
        ),
        migrations.CreateModel(
            name='TravelTimeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)])),
                ('source', models.CharField(blank=True, help_text='Where the figure comes from.', max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name_plural': 'wishes',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WishEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='flexibleworking',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flexible_workings', to='forces.force'),
        ),
        migrations.AddField(
            model_name='flexibleworking',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flexible_workings', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='flexibleworkingevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='flexibleworkingevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='flexibleworkingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='flexibleworkingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.flexibleworking'),
        ),
        migrations.AddField(
            model_name='matchingsettings',
            name='force',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='matching_settings', to='forces.force'),
        ),
        migrations.AddField(
            model_name='matchingsettingsevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='matchingsettingsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='matchingsettingsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.matchingsettings'),
        ),
        migrations.AddField(
            model_name='minimumstrength',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minimum_strengths', to='forces.force'),
        ),
        migrations.AddField(
            model_name='minimumstrength',
            name='rank',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='minimumstrength',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minimum_strengths', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='minimumstrengthevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='minimumstrengthevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='minimumstrengthevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.minimumstrength'),
        ),
        migrations.AddField(
            model_name='minimumstrengthevent',
            name='rank',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='minimumstrengthevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='moveasked',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='moveasked',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_asked', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='moveaskedevent',
            name='answered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='moveaskedevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='moveaskedevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.moveasked'),
        ),
        migrations.AddField(
            model_name='moveaskedevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='movechain',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='move_chains', to='forces.force'),
        ),
        migrations.AddField(
            model_name='movechain',
            name='started_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='movechainevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='movechainevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='movechainevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.movechain'),
        ),
        migrations.AddField(
            model_name='movechainevent',
            name='started_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='movepreference',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='move_preferences', to='forces.force'),
        ),
        migrations.AddField(
            model_name='movepreference',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='move_preference', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='movepreferenceevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='movepreferenceevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='movepreferenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='movepreferenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.movepreference'),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='chain',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='workforce.movechain'),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='move_proposals', to='forces.force'),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='left_post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves_away', to='workforce.post'),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='move_proposals', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='move_proposals', to='workforce.post'),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='posting',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workforce.posting'),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='moveproposal',
            name='to_fill',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='workforce.posttofill'),
        ),
        migrations.AddField(
            model_name='moveaskedevent',
            name='proposal',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.moveproposal'),
        ),
        migrations.AddField(
            model_name='moveasked',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='workforce.moveproposal'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='chain',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.movechain'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='left_post',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.post'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.moveproposal'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='post',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.post'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='posting',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.posting'),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='proposed_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='moveproposalevent',
            name='to_fill',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.posttofill'),
        ),
        migrations.AddField(
            model_name='promotionplace',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promotion_places', to='forces.force'),
        ),
        migrations.AddField(
            model_name='promotionplace',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promotion_places', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='promotionplace',
            name='rank',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='promotionplaceevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='promotionplaceevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person'),
        ),
        migrations.AddField(
            model_name='promotionplaceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='promotionplaceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.promotionplace'),
        ),
        migrations.AddField(
            model_name='promotionplaceevent',
            name='rank',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.rank'),
        ),
        migrations.AddField(
            model_name='traveltime',
            name='destination',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='travel_times_to', to='forces.location'),
        ),
        migrations.AddField(
            model_name='traveltime',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='travel_times', to='forces.force'),
        ),
        migrations.AddField(
            model_name='traveltime',
            name='origin',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='travel_times_from', to='forces.location'),
        ),
        migrations.AddField(
            model_name='traveltimeevent',
            name='destination',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='traveltimeevent',
            name='force',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.force'),
        ),
        migrations.AddField(
            model_name='traveltimeevent',
            name='origin',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='traveltimeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='traveltimeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.traveltime'),
        ),
        migrations.AddField(
            model_name='wish',
            name='location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='wish',
            name='preference',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='workforce.movepreference'),
        ),
        migrations.AddField(
            model_name='wish',
            name='role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='wish',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='forces.unit'),
        ),
        migrations.AddField(
            model_name='wishevent',
            name='location',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.location'),
        ),
        migrations.AddField(
            model_name='wishevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='wishevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='workforce.wish'),
        ),
        migrations.AddField(
            model_name='wishevent',
            name='preference',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.movepreference'),
        ),
        migrations.AddField(
            model_name='wishevent',
            name='role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.role'),
        ),
        migrations.AddField(
            model_name='wishevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forces.unit'),
        ),
        migrations.AddConstraint(
            model_name='flexibleworking',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(peelsite.forces.ranges.OneValueRange(models.F('person_id')), '&&'), ('during', '&&')], name='workforce_flexibleworking_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='flexibleworking',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False)), name='workforce_flexibleworking_dates_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='flexibleworking',
            constraint=models.CheckConstraint(condition=models.Q(('fte__gt', 0), ('fte__lte', 1)), name='workforce_flexibleworking_fte_within_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flexibleworking',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_flexibleworkingevent" ("during", "force_id", "fte", "hours", "id", "pattern", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on") SELECT new_values."during", new_values."force_id", new_values."fte", new_values."hours", new_values."id", new_values."pattern", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."review_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='97712ef59d284fcd94b442026043c96d2c7e75cc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f48ee', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_flexibleworking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flexibleworking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_flexibleworkingevent" ("during", "force_id", "fte", "hours", "id", "pattern", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on") SELECT new_values."during", new_values."force_id", new_values."fte", new_values."hours", new_values."id", new_values."pattern", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."review_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f3786acd307b426effd3877ebda5db0358c0d84e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0f6fe', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_flexibleworking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flexibleworking',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_flexibleworkingevent" ("during", "force_id", "fte", "hours", "id", "pattern", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on") SELECT old_values."during", old_values."force_id", old_values."fte", old_values."hours", old_values."id", old_values."pattern", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."review_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='42695aeeff57d3027fd9b46b9320494f8afafad8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bcedc', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_flexibleworking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flexibleworkingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4fcc78afa3a91d7f62322e563867d66360573ae4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d2a4d', table='workforce_flexibleworkingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='matchingsettings',
            constraint=models.CheckConstraint(condition=models.Q(('answer_days__range', (1, 60)), ('minimum_tenure_months__lte', 120)), name='workforce_matchingsettings_sensible'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='matchingsettings',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_matchingsettingsevent" ("answer_days", "force_id", "id", "minimum_tenure_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."answer_days", new_values."force_id", new_values."id", new_values."minimum_tenure_months", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e017242fb7d2b02ae07c9d058fee91a828943693', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cfc7c', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_matchingsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='matchingsettings',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_matchingsettingsevent" ("answer_days", "force_id", "id", "minimum_tenure_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."answer_days", new_values."force_id", new_values."id", new_values."minimum_tenure_months", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d041ef197caa431e974a969b9c8c1fec6ea4c9fd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6585c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_matchingsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='matchingsettings',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_matchingsettingsevent" ("answer_days", "force_id", "id", "minimum_tenure_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."answer_days", old_values."force_id", old_values."id", old_values."minimum_tenure_months", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ffc97363563d8cc74ca6cb0946239f557125e17d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ecf70', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_matchingsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='matchingsettingsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0d2f1f88aa65dcf964045934a6794d4dd53c2a99', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7d414', table='workforce_matchingsettingsevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='minimumstrength',
            constraint=models.CheckConstraint(condition=models.Q(('fte__gt', 0)), name='workforce_minimumstrength_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='minimumstrength',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False)), name='workforce_minimumstrength_dates_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='minimumstrength',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('rank__isnull', True)), expressions=[(peelsite.forces.ranges.OneValueRange(models.F('unit_id')), '&&'), ('during', '&&')], name='workforce_minimumstrength_one_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='minimumstrength',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('rank__isnull', False)), expressions=[(peelsite.forces.ranges.OneValueRange(models.F('unit_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('rank_id')), '&&'), ('during', '&&')], name='workforce_minimumstrength_one_a_rank'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minimumstrength',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_minimumstrengthevent" ("during", "force_id", "fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "reason", "unit_id") SELECT new_values."during", new_values."force_id", new_values."fte", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank_id", new_values."reason", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2398b4d8f02215ad695c5b6998b46e01fcbc1ba3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0d687', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_minimumstrength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minimumstrength',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_minimumstrengthevent" ("during", "force_id", "fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "reason", "unit_id") SELECT new_values."during", new_values."force_id", new_values."fte", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank_id", new_values."reason", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='07507792a15d4a0d7e32e3e96ce953e522bc5bdb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4fbab', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_minimumstrength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minimumstrength',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_minimumstrengthevent" ("during", "force_id", "fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "reason", "unit_id") SELECT old_values."during", old_values."force_id", old_values."fte", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank_id", old_values."reason", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d978edff5f46b8543466c8b98dee691ee7c18ac2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0f713', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_minimumstrength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minimumstrengthevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b7f5eed68977ee34cc48030cbfb840e4d569b781', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_26a60', table='workforce_minimumstrengthevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movechain',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_movechainevent" ("below_minimum_reason", "force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id") SELECT new_values."below_minimum_reason", new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."started_at", new_values."started_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='88363cb8044831d8d44d395c297870d140b9a535', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4f17c', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_movechain', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movechain',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_movechainevent" ("below_minimum_reason", "force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id") SELECT new_values."below_minimum_reason", new_values."force_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."started_at", new_values."started_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f80b83b8dbecb2faf341bccc775fee54ad76ba38', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_213f3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_movechain', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movechain',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_movechainevent" ("below_minimum_reason", "force_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id") SELECT old_values."below_minimum_reason", old_values."force_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."started_at", old_values."started_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='242f085bd8f875c367472108d2bf0616383a499e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_46c21', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_movechain', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movechainevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81d8ee5f1246d3eecf376ed871e2840d5feac2b8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_df03a', table='workforce_movechainevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movepreference',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_movepreferenceevent" ("force_id", "id", "not_before", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "wants_move") SELECT new_values."force_id", new_values."id", new_values."not_before", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remarks", new_values."wants_move" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a2910cae28b4ca4443a25e81a886c01fa83a7f52', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_77482', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_movepreference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movepreference',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_movepreferenceevent" ("force_id", "id", "not_before", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "wants_move") SELECT new_values."force_id", new_values."id", new_values."not_before", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remarks", new_values."wants_move" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bae58a7aa22123d2ca81763ef5f64d5ebdd6455e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0cb97', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_movepreference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movepreference',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_movepreferenceevent" ("force_id", "id", "not_before", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remarks", "wants_move") SELECT old_values."force_id", old_values."id", old_values."not_before", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remarks", old_values."wants_move" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6592f623dccc0ce68c12835bb9d1b82cbf483fbf', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7b75d', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_movepreference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movepreferenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ba34dd081c69a383c771c451c9171125b679b168', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_da537', table='workforce_movepreferenceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='moveproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'later', 'agreed'))), fields=('post',), name='workforce_moveproposal_one_open_a_post'),
        ),
        migrations.AddConstraint(
            model_name='moveproposal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['substantive', 'temporary', 'acting', 'attachment', 'seconded_out']), models.Q(('kind', 'seconded_out'), _negated=True)), name='workforce_moveproposal_kind_within_the_force'),
        ),
        migrations.AddConstraint(
            model_name='moveproposal',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__isnull', True), ('ends_before__gt', models.F('starts_on')), _connector='OR'), name='workforce_moveproposal_end_after_start'),
        ),
        migrations.AddConstraint(
            model_name='moveproposal',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__isnull', True), models.Q(('kind', 'substantive'), _negated=True), _connector='OR'), name='workforce_moveproposal_ends_unless_substantive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveproposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveproposalevent" ("chain_id", "ends_before", "force_id", "id", "kind", "left_post_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "post_id", "posting_id", "proposed_at", "proposed_by_id", "reason", "starts_on", "state", "to_fill_id") SELECT new_values."chain_id", new_values."ends_before", new_values."force_id", new_values."id", new_values."kind", new_values."left_post_id", new_values."note", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."post_id", new_values."posting_id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."starts_on", new_values."state", new_values."to_fill_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6e1a6878dfed704953a0547f1ae101691f0b409d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a6728', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_moveproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveproposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveproposalevent" ("chain_id", "ends_before", "force_id", "id", "kind", "left_post_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "post_id", "posting_id", "proposed_at", "proposed_by_id", "reason", "starts_on", "state", "to_fill_id") SELECT new_values."chain_id", new_values."ends_before", new_values."force_id", new_values."id", new_values."kind", new_values."left_post_id", new_values."note", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."post_id", new_values."posting_id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."starts_on", new_values."state", new_values."to_fill_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a450175ee9614869dfc6522fe7ea37c9e9e5148e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2e9f8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_moveproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveproposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveproposalevent" ("chain_id", "ends_before", "force_id", "id", "kind", "left_post_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "post_id", "posting_id", "proposed_at", "proposed_by_id", "reason", "starts_on", "state", "to_fill_id") SELECT old_values."chain_id", old_values."ends_before", old_values."force_id", old_values."id", old_values."kind", old_values."left_post_id", old_values."note", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."post_id", old_values."posting_id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."starts_on", old_values."state", old_values."to_fill_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='30aaeaa3bc60486b4ff71f71253f9e3764dc2281', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4df87', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_moveproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveaskedevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b9577f8268cb10447fac555211afc3e1c4f3c201', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_76d75', table='workforce_moveaskedevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='moveasked',
            constraint=models.UniqueConstraint(fields=('proposal', 'side'), name='workforce_moveasked_once_a_side'),
        ),
        migrations.AddConstraint(
            model_name='moveasked',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='workforce_moveasked_answered_all_or_none'),
        ),
        migrations.AddConstraint(
            model_name='moveasked',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_day__isnull', False), ('state', 'later')), models.Q(models.Q(('state', 'later'), _negated=True), ('from_day__isnull', True)), _connector='OR'), name='workforce_moveasked_another_date_is_given'),
        ),
        migrations.AddConstraint(
            model_name='moveasked',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(models.Q(('state', 'refused'), _negated=True), ('is_for_absent_head', False)), _connector='OR'), name='workforce_moveasked_reason_where_needed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveasked',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveaskedevent" ("answered_at", "answered_by_id", "asked_at", "from_day", "id", "is_for_absent_head", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "reason", "side", "state", "unit_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."from_day", new_values."id", new_values."is_for_absent_head", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposal_id", new_values."reason", new_values."side", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b50732d2afe434627d48c9936dff7cfc29480826', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f7a28', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_moveasked', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveasked',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveaskedevent" ("answered_at", "answered_by_id", "asked_at", "from_day", "id", "is_for_absent_head", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "reason", "side", "state", "unit_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."from_day", new_values."id", new_values."is_for_absent_head", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposal_id", new_values."reason", new_values."side", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dc7f6f73ea29c7d1a7b64bc87f255e49ac839011', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1de9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_moveasked', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveasked',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_moveaskedevent" ("answered_at", "answered_by_id", "asked_at", "from_day", "id", "is_for_absent_head", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "reason", "side", "state", "unit_id") SELECT old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."from_day", old_values."id", old_values."is_for_absent_head", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposal_id", old_values."reason", old_values."side", old_values."state", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7b5e795b491e228b8637ca0154066ed36c672b11', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_28586', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_moveasked', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moveproposalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b33731187628d68425f53f00b305aab8b9360e8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ffccc', table='workforce_moveproposalevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='promotionplace',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(peelsite.forces.ranges.OneValueRange(models.F('person_id')), '&&'), (peelsite.forces.ranges.OneValueRange(models.F('rank_id')), '&&'), ('during', '&&')], name='workforce_promotionplace_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='promotionplace',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False), ('during__lower_inf', False)), name='workforce_promotionplace_dates_not_empty'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_promotionplaceevent" ("during", "force_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "standing") SELECT new_values."during", new_values."force_id", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank_id", new_values."standing" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cbc3e1107882479e7432f39391a71c0bb6bb05d5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cee61', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_promotionplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_promotionplaceevent" ("during", "force_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "standing") SELECT new_values."during", new_values."force_id", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank_id", new_values."standing" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='32df424c0afbcc2f692feccb687c5fce81d2c58d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a5943', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_promotionplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_promotionplaceevent" ("during", "force_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "standing") SELECT old_values."during", old_values."force_id", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank_id", old_values."standing" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='154bd2bcb8d1c90eece88ec633d2acd22f0d7c6b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2e510', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_promotionplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promotionplaceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b00e4d4d06952a79150c906ae326e5792aa29f6b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ddc09', table='workforce_promotionplaceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='traveltime',
            constraint=models.UniqueConstraint(fields=('origin', 'destination'), name='workforce_traveltime_once_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='traveltime',
            constraint=models.CheckConstraint(condition=models.Q(('origin__lt', models.F('destination'))), name='workforce_traveltime_in_order'),
        ),
        migrations.AddConstraint(
            model_name='traveltime',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (1, 600))), name='workforce_traveltime_minutes_of_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='traveltime',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_traveltimeevent" ("destination_id", "force_id", "id", "minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."destination_id", new_values."force_id", new_values."id", new_values."minutes", new_values."origin_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='def8cc34b9c7838c4cd849784059b24de90b1a1d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_98dfd', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_traveltime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='traveltime',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_traveltimeevent" ("destination_id", "force_id", "id", "minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."destination_id", new_values."force_id", new_values."id", new_values."minutes", new_values."origin_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b85fcb61e12b7c661f477e1ca6f4e5fa793a257', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_964f9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_traveltime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='traveltime',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_traveltimeevent" ("destination_id", "force_id", "id", "minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."destination_id", old_values."force_id", old_values."id", old_values."minutes", old_values."origin_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d2e02903672aec0f5bcd1a5ae7b8c2ffdeae1fd6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0b3ac', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_traveltime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='traveltimeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='571b07e20baa967649b0efa3cbe347c99225d434', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2e8bd', table='workforce_traveltimeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('location__isnull', True), ('role__isnull', False), ('unit__isnull', True)), models.Q(('location__isnull', False), ('role__isnull', True), ('unit__isnull', True)), models.Q(('location__isnull', True), ('role__isnull', True), ('unit__isnull', False)), _connector='OR'), name='workforce_wish_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('preference', 'role', 'location', 'unit'), name='workforce_wish_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_wishevent" ("id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preference_id", "role_id", "unit_id") SELECT new_values."id", new_values."location_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."preference_id", new_values."role_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9a05fec4cfd207fc9f7cfbe22239022bdd4f9985', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8cff0', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_wish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_wishevent" ("id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preference_id", "role_id", "unit_id") SELECT new_values."id", new_values."location_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."preference_id", new_values."role_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a34a0ed2ae5c97c5706c873f5fe001f0b2d246c6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bfd48', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_wish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_wishevent" ("id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preference_id", "role_id", "unit_id") SELECT old_values."id", old_values."location_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."preference_id", old_values."role_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2894de6ed0f349aa39cdaba80dea7ecab38cce0b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b0ad0', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_wish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wishevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='565f549ce808099e1153debfd25bb3eb0b540d45', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a4c46', table='workforce_wishevent', when='BEFORE')),
        ),
    ]
