"""Decisions followed to done: what raises an item, what a decision may say, and what came back late.

Decisions that came back late stand in the pack and are frozen with it, by the rule of the pack's other rows.
"""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from peelsite.history import together

RULES = """
CREATE TRIGGER workforce_returneddecision_rule BEFORE INSERT OR UPDATE OR DELETE ON workforce_returneddecision
    FOR EACH ROW EXECUTE FUNCTION workforce_pack_rule();
CREATE TRIGGER workforce_returneddecision_kept BEFORE TRUNCATE ON workforce_returneddecision
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_board_kept();
"""
NO_RULES = """
DROP TRIGGER workforce_returneddecision_kept ON workforce_returneddecision;
DROP TRIGGER workforce_returneddecision_rule ON workforce_returneddecision;
"""


class Migration(together.Migration):
    dependencies = [
        ("forces", "0005_joint_units"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("workforce", "0011_projection"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("skill", "Skill short"),
                            ("overtime", "Overtime pressure"),
                            ("leave", "Leave pressure"),
                            ("case", "Business case approved"),
                            ("matter", "Matter raised"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(help_text="One sentence, which the item shows.")),
                ("origin_kind", models.CharField(max_length=40)),
                ("origin_id", models.BigIntegerField()),
                ("raised_on", models.DateField()),
                ("settled_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["raised_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MatterEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("skill", "Skill short"),
                            ("overtime", "Overtime pressure"),
                            ("leave", "Leave pressure"),
                            ("case", "Business case approved"),
                            ("matter", "Matter raised"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(help_text="One sentence, which the item shows.")),
                ("origin_kind", models.CharField(max_length=40)),
                ("origin_id", models.BigIntegerField()),
                ("raised_on", models.DateField()),
                ("settled_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReturnedDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened", models.TextField()),
            ],
            options={
                "ordering": ["board_id", "item__position", "decision_id"],
            },
        ),
        migrations.CreateModel(
            name="ReturnedDecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("happened", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agendaitem",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agendaitem",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agendaitem",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="boardseries",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="boardseries",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="boardseries",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="decision",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="decision",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="decision",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="agendaitem",
            name="workforce_agendaitem_cell_whole_or_absent",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="workforce_decision_new_post_is_funded",
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="workforce.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="projected_chance",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="projected_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="projected_p10",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="projected_p50",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="projected_p90",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="projected_threshold",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="projected_chance",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="projected_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="projected_p10",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="projected_p50",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="projected_p90",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="projected_threshold",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name="boardseries",
            name="projected_chance",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="How likely the projected gap must be.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="chance that raises an item (per cent)",
            ),
        ),
        migrations.AddField(
            model_name="boardseries",
            name="projected_gap_fte",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("2.00"),
                help_text="Projected under establishment by more than this in one rank, role, location and unit.",
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="projected gap that raises an item (FTE)",
            ),
        ),
        migrations.AddField(
            model_name="boardseries",
            name="projection_months",
            field=models.PositiveSmallIntegerField(
                default=12,
                help_text="Projected gaps and shortages of skills within this time.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(48),
                ],
                verbose_name="months looked ahead",
            ),
        ),
        migrations.AddField(
            model_name="boardseries",
            name="secondment_months",
            field=models.PositiveSmallIntegerField(
                default=3,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(36),
                ],
                verbose_name="months of notice of secondments that end",
            ),
        ),
        migrations.AddField(
            model_name="boardseries",
            name="temporary_days",
            field=models.PositiveSmallIntegerField(
                default=365,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="days of temporary promotion that raise an item",
            ),
        ),
        migrations.AddField(
            model_name="boardseriesevent",
            name="projected_chance",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="How likely the projected gap must be.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="chance that raises an item (per cent)",
            ),
        ),
        migrations.AddField(
            model_name="boardseriesevent",
            name="projected_gap_fte",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("2.00"),
                help_text="Projected under establishment by more than this in one rank, role, location and unit.",
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="projected gap that raises an item (FTE)",
            ),
        ),
        migrations.AddField(
            model_name="boardseriesevent",
            name="projection_months",
            field=models.PositiveSmallIntegerField(
                default=12,
                help_text="Projected gaps and shortages of skills within this time.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(48),
                ],
                verbose_name="months looked ahead",
            ),
        ),
        migrations.AddField(
            model_name="boardseriesevent",
            name="secondment_months",
            field=models.PositiveSmallIntegerField(
                default=3,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(36),
                ],
                verbose_name="months of notice of secondments that end",
            ),
        ),
        migrations.AddField(
            model_name="boardseriesevent",
            name="temporary_days",
            field=models.PositiveSmallIntegerField(
                default=365,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="days of temporary promotion that raise an item",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="donor_location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forces.location",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="donor_rank",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.rank",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="donor_role",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.role",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="donor_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forces.unit",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="joint_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forces.jointunit",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="review_on",
            field=models.DateField(
                blank=True,
                help_text="When a board looks at it again; the due date if empty.",
                null=True,
                verbose_name="review date",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="to_fte",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=6,
                null=True,
                validators=[django.core.validators.MinValueValidator(Decimal("0.0001"))],
                verbose_name="FTE of each post afterwards",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="to_location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forces.location",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="to_rank",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.rank",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="to_role",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.role",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="to_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forces.unit",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="donor_location",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.location",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="donor_rank",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.rank",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="donor_role",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.role",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="donor_unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.unit",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="joint_unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.jointunit",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="review_on",
            field=models.DateField(
                blank=True,
                help_text="When a board looks at it again; the due date if empty.",
                null=True,
                verbose_name="review date",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="to_fte",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=6,
                null=True,
                validators=[django.core.validators.MinValueValidator(Decimal("0.0001"))],
                verbose_name="FTE of each post afterwards",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="to_location",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.location",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="to_rank",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.rank",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="to_role",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.role",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="to_unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.unit",
            ),
        ),
        migrations.AlterField(
            model_name="agendaitem",
            name="raised_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("late", "Late from last time"),
                        ("gap", "Gap"),
                        ("projected", "Projected gap"),
                        ("vacancy", "Long vacancy"),
                        ("acting", "Acting past the limit"),
                        ("temporary", "Long temporary promotion"),
                        ("funding", "Funding ends"),
                        ("secondment", "Secondment ends"),
                        ("skill", "Skill short"),
                        ("overtime", "Overtime pressure"),
                        ("leave", "Leave pressure"),
                        ("case", "Business case approved"),
                        ("matter", "Matter raised"),
                        ("hand", "Added by hand"),
                    ],
                    max_length=10,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="agendaitemevent",
            name="raised_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("late", "Late from last time"),
                        ("gap", "Gap"),
                        ("projected", "Projected gap"),
                        ("vacancy", "Long vacancy"),
                        ("acting", "Acting past the limit"),
                        ("temporary", "Long temporary promotion"),
                        ("funding", "Funding ends"),
                        ("secondment", "Secondment ends"),
                        ("skill", "Skill short"),
                        ("overtime", "Overtime pressure"),
                        ("leave", "Leave pressure"),
                        ("case", "Business case approved"),
                        ("matter", "Matter raised"),
                        ("hand", "Added by hand"),
                    ],
                    max_length=10,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="due_on",
            field=models.DateField(verbose_name="due date"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("fill", "Fill"),
                    ("hold", "Hold vacant until a day"),
                    ("delete", "Delete the post"),
                    ("new", "Create a new post"),
                    ("reprofile", "Re-profile posts"),
                ],
                max_length=10,
                verbose_name="decision",
            ),
        ),
        migrations.AlterField(
            model_name="decisionevent",
            name="due_on",
            field=models.DateField(verbose_name="due date"),
        ),
        migrations.AlterField(
            model_name="decisionevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("fill", "Fill"),
                    ("hold", "Hold vacant until a day"),
                    ("delete", "Delete the post"),
                    ("new", "Create a new post"),
                    ("reprofile", "Re-profile posts"),
                ],
                max_length=10,
                verbose_name="decision",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_agendaitemevent" ("acting_past_limit", "added_by_id", "board_id", "establishment_fte", "follows_id", "funding_ends_on", "id", "location_id", "longest_vacant_days", "moved_by_id", "moved_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "projected_chance", "projected_on", "projected_p10", "projected_p50", "projected_p90", "projected_threshold", "raised_by", "rank_id", "reason", "removed_at", "removed_by_id", "removed_reason", "role_id", "strength_fte", "title", "unit_id", "vacant_fte", "vacant_posts") SELECT new_values."acting_past_limit", new_values."added_by_id", new_values."board_id", new_values."establishment_fte", new_values."follows_id", new_values."funding_ends_on", new_values."id", new_values."location_id", new_values."longest_vacant_days", new_values."moved_by_id", new_values."moved_reason", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."projected_chance", new_values."projected_on", new_values."projected_p10", new_values."projected_p50", new_values."projected_p90", new_values."projected_threshold", new_values."raised_by", new_values."rank_id", new_values."reason", new_values."removed_at", new_values."removed_by_id", new_values."removed_reason", new_values."role_id", new_values."strength_fte", new_values."title", new_values."unit_id", new_values."vacant_fte", new_values."vacant_posts" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="29973f714b4d8a25bfc519bb12a523596e039db4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7b21b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_agendaitemevent" ("acting_past_limit", "added_by_id", "board_id", "establishment_fte", "follows_id", "funding_ends_on", "id", "location_id", "longest_vacant_days", "moved_by_id", "moved_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "projected_chance", "projected_on", "projected_p10", "projected_p50", "projected_p90", "projected_threshold", "raised_by", "rank_id", "reason", "removed_at", "removed_by_id", "removed_reason", "role_id", "strength_fte", "title", "unit_id", "vacant_fte", "vacant_posts") SELECT new_values."acting_past_limit", new_values."added_by_id", new_values."board_id", new_values."establishment_fte", new_values."follows_id", new_values."funding_ends_on", new_values."id", new_values."location_id", new_values."longest_vacant_days", new_values."moved_by_id", new_values."moved_reason", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."projected_chance", new_values."projected_on", new_values."projected_p10", new_values."projected_p50", new_values."projected_p90", new_values."projected_threshold", new_values."raised_by", new_values."rank_id", new_values."reason", new_values."removed_at", new_values."removed_by_id", new_values."removed_reason", new_values."role_id", new_values."strength_fte", new_values."title", new_values."unit_id", new_values."vacant_fte", new_values."vacant_posts" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="03c0f06d144f4408c72be338b8039188d0d0b2d9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_73f36",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_agendaitemevent" ("acting_past_limit", "added_by_id", "board_id", "establishment_fte", "follows_id", "funding_ends_on", "id", "location_id", "longest_vacant_days", "moved_by_id", "moved_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "projected_chance", "projected_on", "projected_p10", "projected_p50", "projected_p90", "projected_threshold", "raised_by", "rank_id", "reason", "removed_at", "removed_by_id", "removed_reason", "role_id", "strength_fte", "title", "unit_id", "vacant_fte", "vacant_posts") SELECT old_values."acting_past_limit", old_values."added_by_id", old_values."board_id", old_values."establishment_fte", old_values."follows_id", old_values."funding_ends_on", old_values."id", old_values."location_id", old_values."longest_vacant_days", old_values."moved_by_id", old_values."moved_reason", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."projected_chance", old_values."projected_on", old_values."projected_p10", old_values."projected_p50", old_values."projected_p90", old_values."projected_threshold", old_values."raised_by", old_values."rank_id", old_values."reason", old_values."removed_at", old_values."removed_by_id", old_values."removed_reason", old_values."role_id", old_values."strength_fte", old_values."title", old_values."unit_id", old_values."vacant_fte", old_values."vacant_posts" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d428c4c451d4c8957bb5bdce4f45761c1e1c395c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_53564",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardseries",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardseriesevent" ("closed_on", "first_meeting_on", "force_id", "funding_months", "gap_threshold_fte", "id", "interval_months", "name", "pack_days_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projected_chance", "projected_gap_fte", "projection_months", "secondment_months", "temporary_days", "vacancy_days") SELECT new_values."closed_on", new_values."first_meeting_on", new_values."force_id", new_values."funding_months", new_values."gap_threshold_fte", new_values."id", new_values."interval_months", new_values."name", new_values."pack_days_before", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."projected_chance", new_values."projected_gap_fte", new_values."projection_months", new_values."secondment_months", new_values."temporary_days", new_values."vacancy_days" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e0e484373c0ddfa001e9596a8b7692363ad14808",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_930a6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_boardseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardseries",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardseriesevent" ("closed_on", "first_meeting_on", "force_id", "funding_months", "gap_threshold_fte", "id", "interval_months", "name", "pack_days_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projected_chance", "projected_gap_fte", "projection_months", "secondment_months", "temporary_days", "vacancy_days") SELECT new_values."closed_on", new_values."first_meeting_on", new_values."force_id", new_values."funding_months", new_values."gap_threshold_fte", new_values."id", new_values."interval_months", new_values."name", new_values."pack_days_before", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."projected_chance", new_values."projected_gap_fte", new_values."projection_months", new_values."secondment_months", new_values."temporary_days", new_values."vacancy_days" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e0708c44a1c4e6df7bec10b755d32b38ce7d79a0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6bceb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_boardseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardseries",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardseriesevent" ("closed_on", "first_meeting_on", "force_id", "funding_months", "gap_threshold_fte", "id", "interval_months", "name", "pack_days_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projected_chance", "projected_gap_fte", "projection_months", "secondment_months", "temporary_days", "vacancy_days") SELECT old_values."closed_on", old_values."first_meeting_on", old_values."force_id", old_values."funding_months", old_values."gap_threshold_fte", old_values."id", old_values."interval_months", old_values."name", old_values."pack_days_before", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."projected_chance", old_values."projected_gap_fte", old_values."projection_months", old_values."secondment_months", old_values."temporary_days", old_values."vacancy_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b4761f70d9f42d3b711d53789183c2eb6ac3f77a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5329f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_boardseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_decisionevent" ("decided_at", "decided_by_id", "donor_location_id", "donor_rank_id", "donor_role_id", "donor_unit_id", "due_on", "effective_on", "fte", "funding_id", "id", "item_id", "joint_unit_id", "kind", "new_posts", "new_reference", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "source", "to_fte", "to_location_id", "to_rank_id", "to_role_id", "to_unit_id", "version") SELECT new_values."decided_at", new_values."decided_by_id", new_values."donor_location_id", new_values."donor_rank_id", new_values."donor_role_id", new_values."donor_unit_id", new_values."due_on", new_values."effective_on", new_values."fte", new_values."funding_id", new_values."id", new_values."item_id", new_values."joint_unit_id", new_values."kind", new_values."new_posts", new_values."new_reference", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."review_on", new_values."source", new_values."to_fte", new_values."to_location_id", new_values."to_rank_id", new_values."to_role_id", new_values."to_unit_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4e9d92b62c5410922fc6169d52248811fae708a0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_db81e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_decisionevent" ("decided_at", "decided_by_id", "donor_location_id", "donor_rank_id", "donor_role_id", "donor_unit_id", "due_on", "effective_on", "fte", "funding_id", "id", "item_id", "joint_unit_id", "kind", "new_posts", "new_reference", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "source", "to_fte", "to_location_id", "to_rank_id", "to_role_id", "to_unit_id", "version") SELECT new_values."decided_at", new_values."decided_by_id", new_values."donor_location_id", new_values."donor_rank_id", new_values."donor_role_id", new_values."donor_unit_id", new_values."due_on", new_values."effective_on", new_values."fte", new_values."funding_id", new_values."id", new_values."item_id", new_values."joint_unit_id", new_values."kind", new_values."new_posts", new_values."new_reference", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."review_on", new_values."source", new_values."to_fte", new_values."to_location_id", new_values."to_rank_id", new_values."to_role_id", new_values."to_unit_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="58f6cc351c8bfc3a6c0c423ce76d439ebd545347",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c5063",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_decisionevent" ("decided_at", "decided_by_id", "donor_location_id", "donor_rank_id", "donor_role_id", "donor_unit_id", "due_on", "effective_on", "fte", "funding_id", "id", "item_id", "joint_unit_id", "kind", "new_posts", "new_reference", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "source", "to_fte", "to_location_id", "to_rank_id", "to_role_id", "to_unit_id", "version") SELECT old_values."decided_at", old_values."decided_by_id", old_values."donor_location_id", old_values."donor_rank_id", old_values."donor_role_id", old_values."donor_unit_id", old_values."due_on", old_values."effective_on", old_values."fte", old_values."funding_id", old_values."id", old_values."item_id", old_values."joint_unit_id", old_values."kind", old_values."new_posts", old_values."new_reference", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."review_on", old_values."source", old_values."to_fte", old_values."to_location_id", old_values."to_rank_id", old_values."to_role_id", old_values."to_unit_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ad3895e774306515f47129597ba69b7c4bd33d8d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64624",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_decision",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rank__isnull", True), ("unit__isnull", False)),
                fields=("board", "unit"),
                name="workforce_agendaitem_unit_once_a_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("board", "follows"), name="workforce_agendaitem_follows_once_a_board"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("location__isnull", False),
                        ("rank__isnull", False),
                        ("role__isnull", False),
                        ("unit__isnull", False),
                    ),
                    models.Q(("location__isnull", True), ("rank__isnull", True), ("role__isnull", True)),
                    _connector="OR",
                ),
                name="workforce_agendaitem_cell_unit_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("follows__isnull", True), ("unit__isnull", True), _connector="OR"),
                name="workforce_agendaitem_follows_without_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("projected_chance__range", (0, 1)),
                        ("projected_on__isnull", False),
                        ("projected_p10__isnull", False),
                        ("projected_p50__gte", models.F("projected_p10")),
                        ("projected_p90__gte", models.F("projected_p50")),
                        ("projected_threshold__gt", 0),
                    ),
                    models.Q(
                        ("projected_chance__isnull", True),
                        ("projected_on__isnull", True),
                        ("projected_p10__isnull", True),
                        ("projected_p50__isnull", True),
                        ("projected_p90__isnull", True),
                        ("projected_threshold__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="workforce_agendaitem_projected_all_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="boardseries",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("projected_chance__range", (1, 100)),
                    ("projected_gap_fte__gt", 0),
                    ("projection_months__range", (1, 48)),
                    ("secondment_months__gte", 1),
                    ("temporary_days__gte", 1),
                ),
                name="workforce_boardseries_looks_ahead",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("funding__isnull", False),
                        ("kind", "new"),
                        ("new_posts__gte", 1),
                        models.Q(("new_reference", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "new"), _negated=True),
                        ("funding__isnull", True),
                        ("new_posts__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="workforce_decision_new_post_is_funded",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("new_reference", ""),
                    ("kind", "new"),
                    models.Q(("joint_unit__isnull", True), ("kind", "reprofile")),
                    _connector="OR",
                ),
                name="workforce_decision_reference_of_new_posts",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("donor_location__isnull", True),
                        ("donor_rank__isnull", True),
                        ("donor_role__isnull", True),
                        ("donor_unit__isnull", True),
                    ),
                    models.Q(
                        ("donor_location__isnull", False),
                        ("donor_rank__isnull", False),
                        ("donor_role__isnull", False),
                        ("donor_unit__isnull", False),
                        ("kind", "fill"),
                        ("source__in", ["promotion", "move", "acting"]),
                    ),
                    _connector="OR",
                ),
                name="workforce_decision_donor_of_a_fill_from_inside",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("kind", "reprofile"), _negated=True),
                        ("to_fte__isnull", True),
                        ("to_location__isnull", True),
                        ("to_rank__isnull", True),
                        ("to_role__isnull", True),
                        ("to_unit__isnull", True),
                    ),
                    models.Q(
                        ("joint_unit__isnull", False),
                        ("kind", "reprofile"),
                        ("to_fte__isnull", True),
                        ("to_location__isnull", True),
                        ("to_rank__isnull", True),
                        ("to_role__isnull", True),
                        ("to_unit__isnull", True),
                    ),
                    models.Q(
                        ("joint_unit__isnull", True),
                        ("kind", "reprofile"),
                        models.Q(("to_fte__isnull", True), ("to_fte__gt", 0), _connector="OR"),
                        ("to_location__isnull", False),
                        ("to_rank__isnull", False),
                        ("to_role__isnull", False),
                        ("to_unit__isnull", False),
                        models.Q(("new_reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="workforce_decision_profile_of_a_reprofiling",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("joint_unit__isnull", True), ("kind__in", ["new", "reprofile"]), _connector="OR"
                ),
                name="workforce_decision_allocation_of_posts",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="force",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="board_matters", to="forces.force"
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forces.location",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="rank",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.rank",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="role",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.role",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forces.unit"
            ),
        ),
        migrations.AddField(
            model_name="matterevent",
            name="force",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.force",
            ),
        ),
        migrations.AddField(
            model_name="matterevent",
            name="location",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.location",
            ),
        ),
        migrations.AddField(
            model_name="matterevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="matterevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="workforce.matter"
            ),
        ),
        migrations.AddField(
            model_name="matterevent",
            name="rank",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.rank",
            ),
        ),
        migrations.AddField(
            model_name="matterevent",
            name="role",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.role",
            ),
        ),
        migrations.AddField(
            model_name="matterevent",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="forces.unit",
            ),
        ),
        migrations.AddField(
            model_name="returneddecision",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returned_decisions",
                to="workforce.board",
            ),
        ),
        migrations.AddField(
            model_name="returneddecision",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="workforce.decision"
            ),
        ),
        migrations.AddField(
            model_name="returneddecision",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="returned_decisions",
                to="workforce.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="returneddecisionevent",
            name="board",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.board",
            ),
        ),
        migrations.AddField(
            model_name="returneddecisionevent",
            name="decision",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.decision",
            ),
        ),
        migrations.AddField(
            model_name="returneddecisionevent",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="workforce.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="returneddecisionevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="returneddecisionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="workforce.returneddecision",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["force", "raised_on"], name="workforce_matter_force_day"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                fields=("force", "origin_kind", "origin_id"), name="workforce_matter_once_an_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("location__isnull", False),
                        ("rank__isnull", False),
                        ("role__isnull", False),
                        ("unit__isnull", False),
                    ),
                    models.Q(("location__isnull", True), ("rank__isnull", True), ("role__isnull", True)),
                    _connector="OR",
                ),
                name="workforce_matter_cell_or_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), models.Q(("origin_kind", ""), _negated=True)
                ),
                name="workforce_matter_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["skill", "overtime", "leave", "case", "matter"])),
                name="workforce_matter_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_on__isnull", True), ("settled_on__gte", models.F("raised_on")), _connector="OR"
                ),
                name="workforce_matter_settled_after_raised",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_matterevent" ("force_id", "id", "kind", "location_id", "origin_id", "origin_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "rank_id", "reason", "role_id", "settled_on", "unit_id") SELECT new_values."force_id", new_values."id", new_values."kind", new_values."location_id", new_values."origin_id", new_values."origin_kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."raised_on", new_values."rank_id", new_values."reason", new_values."role_id", new_values."settled_on", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="067abb927be545e1929b52d3aed79d289cd0426a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d35d9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_matter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_matterevent" ("force_id", "id", "kind", "location_id", "origin_id", "origin_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "rank_id", "reason", "role_id", "settled_on", "unit_id") SELECT new_values."force_id", new_values."id", new_values."kind", new_values."location_id", new_values."origin_id", new_values."origin_kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."raised_on", new_values."rank_id", new_values."reason", new_values."role_id", new_values."settled_on", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="037a2e8c2e8578840b630d9ccd6fc4b77294510b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e981",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_matter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_matterevent" ("force_id", "id", "kind", "location_id", "origin_id", "origin_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "rank_id", "reason", "role_id", "settled_on", "unit_id") SELECT old_values."force_id", old_values."id", old_values."kind", old_values."location_id", old_values."origin_id", old_values."origin_kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."raised_on", old_values."rank_id", old_values."reason", old_values."role_id", old_values."settled_on", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7c960bc35e597d718e58037bdb0bc839c4e6c963",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ce6fa",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_matter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matterevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a2f785ab53789f318143ba68fd1de6936d1474ec",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_19492",
                    table="workforce_matterevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="returneddecision",
            constraint=models.UniqueConstraint(
                fields=("board", "decision"), name="workforce_returneddecision_once_a_board"
            ),
        ),
        migrations.AddConstraint(
            model_name="returneddecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened", ""), _negated=True),
                name="workforce_returneddecision_says_how",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returneddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_returneddecisionevent" ("board_id", "decision_id", "happened", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."board_id", new_values."decision_id", new_values."happened", new_values."id", new_values."item_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fcef3bb6381a1a544f1fd80306b18e5763e20ab1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5ad92",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_returneddecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returneddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_returneddecisionevent" ("board_id", "decision_id", "happened", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."board_id", new_values."decision_id", new_values."happened", new_values."id", new_values."item_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0cf780b044a429bd5235f3220673eb53c6358bd3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_86be1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_returneddecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returneddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_returneddecisionevent" ("board_id", "decision_id", "happened", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."board_id", old_values."decision_id", old_values."happened", old_values."id", old_values."item_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="74d455a146bb4e4d6732593f5dc92b3daef6f940",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8e22d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_returneddecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returneddecisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="eda7c7319c997836bbb15625d776ffb6057efa7b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_71c7c",
                    table="workforce_returneddecisionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(RULES, NO_RULES),
    ]
