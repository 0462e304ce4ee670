"""Packs in full: forecast, notes, comparison, files, members, joint boards."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peelsite.forces.ranges
from peelsite.history import together

# As for the other rows of a pack (migration board_rules).
OF_A_PACK = (
    "workforce_packedition",
    "workforce_packforecast",
    "workforce_packnote",
    "workforce_packcell",
    "workforce_packchange",
)

# A draft is free while its board is prepared; the pack and the minutes as files are written once, with the
# digest of what was frozen.
PAPER_RULE = r"""
CREATE FUNCTION workforce_boardpaper_rule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE found record;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.kind <> 'draft' THEN
        PERFORM workforce_refuse('workforce_boardpaper_stays',
            'A written paper of a board can no longer change.');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT state, pack_digest, minutes_digest INTO found
    FROM workforce_board WHERE id = NEW.board_id FOR SHARE;
    IF (NEW.kind = 'draft' AND found.state <> 'scheduled')
        OR (NEW.kind = 'pack' AND NEW.digest IS DISTINCT FROM NULLIF(found.pack_digest, ''))
        OR (NEW.kind = 'minutes' AND NEW.digest IS DISTINCT FROM NULLIF(found.minutes_digest, '')) THEN
        PERFORM workforce_refuse('workforce_boardpaper_of_its_state',
            'The board has moved on, and this paper would not be what it has frozen. Write it again.');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER workforce_boardpaper_rule BEFORE INSERT OR UPDATE OR DELETE ON workforce_boardpaper
    FOR EACH ROW EXECUTE FUNCTION workforce_boardpaper_rule();
CREATE TRIGGER workforce_boardpaper_kept BEFORE TRUNCATE ON workforce_boardpaper
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_board_kept();
"""
# Shares are agreed once and followed by others; together they are a whole when the transaction ends.
SHARE_RULES = r"""
CREATE FUNCTION workforce_joint_kept() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM workforce_refuse('workforce_joint_shares_stay',
        'Shares that were agreed can no longer change. Agree others from a later day.');
    RETURN NULL;
END
$$;
CREATE FUNCTION workforce_jointshare_whole() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE total numeric;
BEGIN
    SELECT sum(share) INTO total FROM workforce_jointshare WHERE allocation_id = NEW.allocation_id;
    IF total <> 1 THEN
        PERFORM workforce_refuse('workforce_jointshare_whole', format(
            'The shares add up to %s%%; they must be 100%% together.', round(total * 100, 2)));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER workforce_jointallocation_rule BEFORE UPDATE OR DELETE ON workforce_jointallocation
    FOR EACH ROW EXECUTE FUNCTION workforce_joint_kept();
CREATE TRIGGER workforce_jointshare_rule BEFORE UPDATE OR DELETE ON workforce_jointshare
    FOR EACH ROW EXECUTE FUNCTION workforce_joint_kept();
CREATE CONSTRAINT TRIGGER workforce_jointshare_whole AFTER INSERT ON workforce_jointshare
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workforce_jointshare_whole();
"""
TRIGGERS = "\n".join(
    f"""
CREATE TRIGGER {table}_rule BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION workforce_pack_rule();
CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_board_kept();
"""
    for table in OF_A_PACK
)
DROP = (
    "\n".join(
        f"DROP TRIGGER {table}_rule ON {table};\nDROP TRIGGER {table}_kept ON {table};"
        for table in ("workforce_boardpaper", *OF_A_PACK)
    )
    + "\nDROP FUNCTION workforce_boardpaper_rule();"
    + """
DROP TRIGGER workforce_jointshare_whole ON workforce_jointshare;
DROP TRIGGER workforce_jointshare_rule ON workforce_jointshare;
DROP TRIGGER workforce_jointallocation_rule ON workforce_jointallocation;
DROP FUNCTION workforce_jointshare_whole();
DROP FUNCTION workforce_joint_kept();
"""
)


class Migration(together.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("forces", "0006_location_on_the_map"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0013_matching_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("member", "Member"),
                            ("secretary", "Secretary"),
                            ("attending", "In attendance"),
                        ],
                        default="member",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="workforce.boardseries",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["series_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BoardMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("member", "Member"),
                            ("secretary", "Secretary"),
                            ("attending", "In attendance"),
                        ],
                        default="member",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.boardmember",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.boardseries",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BoardPaper",
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
                        choices=[("draft", "Draft pack"), ("pack", "Pack"), ("minutes", "Minutes")],
                        max_length=8,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("pdf", models.BinaryField()),
                ("xlsx", models.BinaryField(blank=True, null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="workforce.board",
                    ),
                ),
            ],
            options={
                "ordering": ["board_id", "kind"],
            },
        ),
        migrations.CreateModel(
            name="BoardPaperEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("draft", "Draft pack"), ("pack", "Pack"), ("minutes", "Minutes")],
                        max_length=8,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField()),
                (
                    "board",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.boardpaper",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JointAllocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["joint_id", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="JointBoard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_boards",
                        to="forces.force",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forces.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["force_id", "name"],
            },
        ),
        migrations.CreateModel(
            name="JointAllocationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="from")),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.jointallocation",
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.jointboard",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="jointallocation",
            name="joint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="workforce.jointboard",
            ),
        ),
        migrations.CreateModel(
            name="JointBoardEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
                (
                    "force",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="forces.force",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.jointboard",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="forces.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JointPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_parts",
                        to="forces.force",
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="workforce.jointboard",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forces.force"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forces.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["joint_id", "force_id"],
            },
        ),
        migrations.CreateModel(
            name="JointPartEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("during", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "force",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="forces.force",
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.jointboard",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="forces.force",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.jointpart",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="forces.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JointShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("share", models.DecimalField(decimal_places=4, max_digits=5)),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="workforce.jointallocation",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="workforce.jointpart",
                    ),
                ),
            ],
            options={
                "ordering": ["allocation_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="JointShareEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("share", models.DecimalField(decimal_places=4, max_digits=5)),
                (
                    "allocation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.jointallocation",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.jointpart",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.jointshare",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("establishment_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                ("strength_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_cells",
                        to="workforce.board",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forces.location"
                    ),
                ),
                (
                    "rank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.rank"
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.role"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forces.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["board_id", "rank_id", "role_id", "location_id", "unit_id"],
            },
        ),
        migrations.CreateModel(
            name="PackCellEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("establishment_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                ("strength_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "board",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="forces.location",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.packcell",
                    ),
                ),
                (
                    "rank",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.rank",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.role",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="forces.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "Whole force"),
                            ("type", "Worker type"),
                            ("rank", "Rank"),
                            ("unit", "Unit"),
                            ("cell", "Rank, role, location and unit"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=90)),
                ("position", models.PositiveSmallIntegerField(help_text="0 is what the last pack said.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("then", "The last pack"),
                            ("regrouped_in", "Units moved into this line (accounting)"),
                            ("regrouped_out", "Units moved out of this line (accounting)"),
                            ("allocated_in", "Posts that the partner force employed until now (accounting)"),
                            ("allocated_out", "Posts that the partner force employs now (accounting)"),
                            (
                                "allocated_people_in",
                                "People who came from the partner force with their posts (accounting)",
                            ),
                            (
                                "allocated_people_out",
                                "People who went to the partner force with their posts (accounting)",
                            ),
                            ("corrected_up", "Records corrected since, upwards"),
                            ("corrected_down", "Records corrected since, downwards"),
                            ("created", "Posts created"),
                            ("deleted", "Posts deleted"),
                            ("reprofiled_in", "Posts re-profiled into it"),
                            ("reprofiled_out", "Posts re-profiled out of it"),
                            ("reprofiled_up", "Re-profiled posts with more FTE"),
                            ("reprofiled_down", "Re-profiled posts with less FTE"),
                            ("joined", "Joined"),
                            ("seconded_in", "Seconded in"),
                            ("resigned", "Left: voluntary resignation"),
                            ("retired", "Left: normal retirement"),
                            ("medical", "Left: medical retirement"),
                            ("transferred", "Left: transfer to another force"),
                            ("dismissed", "Left: dismissed or required to resign"),
                            ("redundant", "Left: redundancy or end of contract"),
                            ("died", "Left: death"),
                            ("left", "Left: reason not recorded"),
                            ("secondment_ended", "Secondment to the force ended"),
                            ("promoted_in", "Promoted into it"),
                            ("promoted_out", "Promoted out of it"),
                            ("moved_in", "Moved in"),
                            ("moved_out", "Moved out"),
                            ("with_post_in", "Came with a re-profiled post"),
                            ("with_post_out", "Went with a re-profiled post"),
                            ("acting_began_in", "Began to act or to be promoted for a time, here"),
                            ("acting_began_out", "Began to act or to be promoted for a time, elsewhere"),
                            ("acting_ended_in", "Back from acting or temporary promotion"),
                            ("acting_ended_out", "Acting or temporary promotion here ended"),
                            ("attached_in", "Attached to it"),
                            ("attached_out", "Attached elsewhere"),
                            ("attachment_ended_in", "Back from an attachment"),
                            ("attachment_ended_out", "Attachment here ended"),
                            ("seconded_out", "Seconded out"),
                            ("seconded_back", "Back from a secondment"),
                            ("posted", "Employed before, now put into a post"),
                            ("unposted", "Still employed, in no post any more"),
                            ("hours_up", "More hours"),
                            ("hours_down", "Fewer hours"),
                        ],
                        max_length=24,
                    ),
                ),
                ("establishment_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                ("strength_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "count",
                    models.PositiveIntegerField(help_text="People, or posts for the kinds about posts."),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_changes",
                        to="workforce.board",
                    ),
                ),
            ],
            options={
                "ordering": ["board_id", "dimension", "key", "position"],
            },
        ),
        migrations.CreateModel(
            name="PackChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "Whole force"),
                            ("type", "Worker type"),
                            ("rank", "Rank"),
                            ("unit", "Unit"),
                            ("cell", "Rank, role, location and unit"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=90)),
                ("position", models.PositiveSmallIntegerField(help_text="0 is what the last pack said.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("then", "The last pack"),
                            ("regrouped_in", "Units moved into this line (accounting)"),
                            ("regrouped_out", "Units moved out of this line (accounting)"),
                            ("allocated_in", "Posts that the partner force employed until now (accounting)"),
                            ("allocated_out", "Posts that the partner force employs now (accounting)"),
                            (
                                "allocated_people_in",
                                "People who came from the partner force with their posts (accounting)",
                            ),
                            (
                                "allocated_people_out",
                                "People who went to the partner force with their posts (accounting)",
                            ),
                            ("corrected_up", "Records corrected since, upwards"),
                            ("corrected_down", "Records corrected since, downwards"),
                            ("created", "Posts created"),
                            ("deleted", "Posts deleted"),
                            ("reprofiled_in", "Posts re-profiled into it"),
                            ("reprofiled_out", "Posts re-profiled out of it"),
                            ("reprofiled_up", "Re-profiled posts with more FTE"),
                            ("reprofiled_down", "Re-profiled posts with less FTE"),
                            ("joined", "Joined"),
                            ("seconded_in", "Seconded in"),
                            ("resigned", "Left: voluntary resignation"),
                            ("retired", "Left: normal retirement"),
                            ("medical", "Left: medical retirement"),
                            ("transferred", "Left: transfer to another force"),
                            ("dismissed", "Left: dismissed or required to resign"),
                            ("redundant", "Left: redundancy or end of contract"),
                            ("died", "Left: death"),
                            ("left", "Left: reason not recorded"),
                            ("secondment_ended", "Secondment to the force ended"),
                            ("promoted_in", "Promoted into it"),
                            ("promoted_out", "Promoted out of it"),
                            ("moved_in", "Moved in"),
                            ("moved_out", "Moved out"),
                            ("with_post_in", "Came with a re-profiled post"),
                            ("with_post_out", "Went with a re-profiled post"),
                            ("acting_began_in", "Began to act or to be promoted for a time, here"),
                            ("acting_began_out", "Began to act or to be promoted for a time, elsewhere"),
                            ("acting_ended_in", "Back from acting or temporary promotion"),
                            ("acting_ended_out", "Acting or temporary promotion here ended"),
                            ("attached_in", "Attached to it"),
                            ("attached_out", "Attached elsewhere"),
                            ("attachment_ended_in", "Back from an attachment"),
                            ("attachment_ended_out", "Attachment here ended"),
                            ("seconded_out", "Seconded out"),
                            ("seconded_back", "Back from a secondment"),
                            ("posted", "Employed before, now put into a post"),
                            ("unposted", "Still employed, in no post any more"),
                            ("hours_up", "More hours"),
                            ("hours_down", "Fewer hours"),
                        ],
                        max_length=24,
                    ),
                ),
                ("establishment_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                ("strength_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "count",
                    models.PositiveIntegerField(help_text="People, or posts for the kinds about posts."),
                ),
                (
                    "board",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.packchange",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("address", models.EmailField(max_length=254)),
                ("attaches_pdf", models.BooleanField(default=False)),
                ("message_id", models.CharField(max_length=255, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("claimed", "Being handed over"),
                            ("leaving", "Leaving"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("unconfirmed", "Not confirmed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("try_at", models.DateTimeField()),
                ("error", models.CharField(blank=True, max_length=400)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="workforce.board",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pack deliveries",
                "ordering": ["board_id", "name"],
            },
        ),
        migrations.CreateModel(
            name="PackDeliveryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=150)),
                ("address", models.EmailField(max_length=254)),
                ("attaches_pdf", models.BooleanField(default=False)),
                ("message_id", models.CharField(max_length=255)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("claimed", "Being handed over"),
                            ("leaving", "Leaving"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("unconfirmed", "Not confirmed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("try_at", models.DateTimeField()),
                ("error", models.CharField(blank=True, max_length=400)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.packdelivery",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("marking", models.CharField(max_length=30)),
                ("year_ends_on", models.DateField(help_text="The last day of the forecast by month.")),
                ("run_id", models.BigIntegerField(blank=True, null=True)),
                ("run_as_at", models.DateField(blank=True, null=True)),
                ("run_seed", models.BigIntegerField(blank=True, null=True)),
                ("run_draws", models.PositiveIntegerField(blank=True, null=True)),
                ("run_version", models.CharField(blank=True, max_length=20)),
                ("run_scenario", models.CharField(blank=True, max_length=120)),
                (
                    "board",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition",
                        to="workforce.board",
                    ),
                ),
                (
                    "compared_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.board",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PackEditionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("marking", models.CharField(max_length=30)),
                ("year_ends_on", models.DateField(help_text="The last day of the forecast by month.")),
                ("run_id", models.BigIntegerField(blank=True, null=True)),
                ("run_as_at", models.DateField(blank=True, null=True)),
                ("run_seed", models.BigIntegerField(blank=True, null=True)),
                ("run_draws", models.PositiveIntegerField(blank=True, null=True)),
                ("run_version", models.CharField(blank=True, max_length=20)),
                ("run_scenario", models.CharField(blank=True, max_length=120)),
                (
                    "board",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "compared_with",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.packedition",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackForecast",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "Whole force"),
                            ("category", "Worker category"),
                            ("rank", "Rank"),
                            ("unit", "Unit"),
                            ("cell", "Rank, role, location and unit"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=90)),
                ("position", models.PositiveIntegerField()),
                ("label", models.CharField(max_length=420)),
                ("days", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                (
                    "establishment",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "strength",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "gap_low",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "gap",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "gap_high",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "chance",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                ("threshold_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_forecasts",
                        to="workforce.board",
                    ),
                ),
            ],
            options={
                "ordering": ["board_id", "dimension", "position"],
            },
        ),
        migrations.CreateModel(
            name="PackForecastEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "Whole force"),
                            ("category", "Worker category"),
                            ("rank", "Rank"),
                            ("unit", "Unit"),
                            ("cell", "Rank, role, location and unit"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=90)),
                ("position", models.PositiveIntegerField()),
                ("label", models.CharField(max_length=420)),
                ("days", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                (
                    "establishment",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "strength",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "gap_low",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "gap",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "gap_high",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                (
                    "chance",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12), size=None
                    ),
                ),
                ("threshold_fte", models.DecimalField(decimal_places=4, max_digits=12)),
                (
                    "board",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.packforecast",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackMailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attaches_pdf", models.BooleanField(default=False, verbose_name="attach the pack as PDF")),
                (
                    "series",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailing",
                        to="workforce.boardseries",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PackMailingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("attaches_pdf", models.BooleanField(default=False, verbose_name="attach the pack as PDF")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.packmailing",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.boardseries",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "Whole force"),
                            ("type", "Worker type"),
                            ("rank", "Rank"),
                            ("role", "Role"),
                            ("location", "Location"),
                            ("unit", "Unit"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=20)),
                ("label", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=600, verbose_name="note")),
                ("written_at", models.DateTimeField()),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_notes",
                        to="workforce.board",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["board_id", "dimension", "label", "key"],
            },
        ),
        migrations.CreateModel(
            name="PackNoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "Whole force"),
                            ("type", "Worker type"),
                            ("rank", "Rank"),
                            ("role", "Role"),
                            ("location", "Location"),
                            ("unit", "Unit"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=20)),
                ("label", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=600, verbose_name="note")),
                ("written_at", models.DateTimeField()),
                (
                    "board",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.board",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="workforce.packnote",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="boardmember",
            constraint=models.UniqueConstraint(
                fields=("series", "user"), name="workforce_boardmember_user_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="boardmember",
            constraint=models.UniqueConstraint(
                models.F("series"),
                django.db.models.functions.text.Lower("address"),
                condition=models.Q(("address", ""), _negated=True),
                name="workforce_boardmember_address_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="boardmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), ("name", ""), ("user__isnull", False)),
                    models.Q(
                        ("user__isnull", True),
                        models.Q(("name", ""), _negated=True),
                        models.Q(("address", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="workforce_boardmember_user_or_address",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardmember",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardmemberevent" ("address", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "series_id", "user_id") SELECT new_values."address", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."series_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5474d13b1696d9efa6339ff2b98152a45a510ca0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_51e96",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_boardmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardmember",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardmemberevent" ("address", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "series_id", "user_id") SELECT new_values."address", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."series_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c15d8b06579fb0086cbeade7a5a870f5c6e8578c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_82686",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_boardmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardmember",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardmemberevent" ("address", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "series_id", "user_id") SELECT old_values."address", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."series_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f56821d2f9e57ffe65a7f782aa9a153dabf686a4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1a360",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_boardmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardmemberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="43561b2e701483d7d2c62abe5e9f1bec63b4315a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d8395",
                    table="workforce_boardmemberevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="boardpaper",
            constraint=models.UniqueConstraint(
                fields=("board", "kind"), name="workforce_boardpaper_one_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="boardpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "minutes"), ("xlsx__isnull", True)),
                    models.Q(models.Q(("kind", "minutes"), _negated=True), ("xlsx__isnull", False)),
                    _connector="OR",
                ),
                name="workforce_boardpaper_pack_has_a_workbook",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardpaper",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardpaperevent" ("board_id", "digest", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") SELECT new_values."board_id", new_values."digest", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."written_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="80cfd1de08412093f4f2b95cc775b61aec6b8bcb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4dc73",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_boardpaper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardpaper",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardpaperevent" ("board_id", "digest", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") SELECT new_values."board_id", new_values."digest", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."written_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."board_id" IS DISTINCT FROM (new_values."board_id") OR old_values."digest" IS DISTINCT FROM (new_values."digest") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."written_at" IS DISTINCT FROM (new_values."written_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="736a6e04a087e85b59c2e7e5e9cce3a0243d7037",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_56672",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_boardpaper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardpaper",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_boardpaperevent" ("board_id", "digest", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") SELECT old_values."board_id", old_values."digest", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."written_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7e2ee04ef9f637deec97187811baf4bcad787edd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_24e68",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_boardpaper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boardpaperevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="697d25cd8d004ac4d0bd53554cb2bfaf25184240",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bd4c7",
                    table="workforce_boardpaperevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="jointboard",
            constraint=models.UniqueConstraint(
                models.F("force"),
                django.db.models.functions.text.Lower("name"),
                name="workforce_jointboard_name_once_a_force",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointboard",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointboardevent" ("force_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."force_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3d807b90ec51433c41b3b69acfc1041892db5ccf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_40c23",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_jointboard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointboard",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointboardevent" ("force_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."force_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7b0df056822844684a6437b4963134634b5ce020",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6d6a6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_jointboard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointboard",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointboardevent" ("force_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT old_values."force_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ffcb1c915ccafa7906648ffc31b76df7dc3fa651",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7d712",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_jointboard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointallocationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0bf0034646aecedc32151af31c8b37a512dec6b8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4d43d",
                    table="workforce_jointallocationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="jointallocation",
            constraint=models.UniqueConstraint(
                fields=("joint", "starts_on"), name="workforce_jointallocation_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointallocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="workforce_jointallocation_has_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointallocation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointallocationevent" ("decided_at", "decided_by_id", "id", "joint_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."joint_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="587123e12509b761b464b010630e154e724a7612",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4ddcb",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_jointallocation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointallocation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointallocationevent" ("decided_at", "decided_by_id", "id", "joint_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."joint_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="046627281edd9e864903a2bd0b7df896e46147d6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05a80",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_jointallocation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointallocation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointallocationevent" ("decided_at", "decided_by_id", "id", "joint_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."joint_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9a486af06bd3bf7c92f21e03f0c027697f608808",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_860e6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_jointallocation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointboardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aa36e64cbdefe94d6e1de6cfbc9d793f7490312e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8bc5b",
                    table="workforce_jointboardevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="jointpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("during__isempty", False), ("during__lower_inf", False)),
                name="workforce_jointpart_runs_for_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointpart",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (peelsite.forces.ranges.OneValueRange(models.F("joint_id")), "="),
                    (peelsite.forces.ranges.OneValueRange(models.F("force_id")), "="),
                    ("during", "&&"),
                ],
                name="workforce_jointpart_one_a_force",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointpart",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointpartevent" ("during", "force_id", "id", "joint_id", "lead_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."during", new_values."force_id", new_values."id", new_values."joint_id", new_values."lead_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="30f8d1e97265369f664b7029c6bfd9e0373ee49d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_54283",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_jointpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointpart",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointpartevent" ("during", "force_id", "id", "joint_id", "lead_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."during", new_values."force_id", new_values."id", new_values."joint_id", new_values."lead_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3cdac92a63c0426d739c119f0977cdbd2e67e494",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_520f4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_jointpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointpart",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointpartevent" ("during", "force_id", "id", "joint_id", "lead_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT old_values."during", old_values."force_id", old_values."id", old_values."joint_id", old_values."lead_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="712e3d30e712715667f008ebf770c23c6113c4e2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c38eb",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_jointpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointpartevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7fdbda0953eff727fdc026a63cd5b3c4fcdbfcf7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4c481",
                    table="workforce_jointpartevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="jointshare",
            constraint=models.UniqueConstraint(
                fields=("allocation", "part"), name="workforce_jointshare_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gte", 0), ("share__lte", 1)),
                name="workforce_jointshare_of_a_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointshare",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointshareevent" ("allocation_id", "id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share") SELECT new_values."allocation_id", new_values."id", new_values."part_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."share" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="59b0acf4d641418f1118d3fe67df29a86d674224",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_26b17",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_jointshare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointshare",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointshareevent" ("allocation_id", "id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share") SELECT new_values."allocation_id", new_values."id", new_values."part_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."share" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d3470f2a04f9c3a92d3ab98ef3ee1791dfcb158d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a84e3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_jointshare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointshare",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_jointshareevent" ("allocation_id", "id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share") SELECT old_values."allocation_id", old_values."id", old_values."part_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."share" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d491fcd892341ac552d0cd2d327be1eb0643a57d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_43050",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_jointshare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jointshareevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4ece321bcd735e60bb4c6086ae422307a3fa9bd2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4dc6c",
                    table="workforce_jointshareevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="packcell",
            constraint=models.UniqueConstraint(
                fields=("board", "rank", "role", "location", "unit"), name="workforce_packcell_once_a_pack"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packcell",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packcellevent" ("board_id", "establishment_fte", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "role_id", "strength_fte", "unit_id") SELECT new_values."board_id", new_values."establishment_fte", new_values."id", new_values."location_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank_id", new_values."role_id", new_values."strength_fte", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dba7f70e29a4c5aa12767bfae2db0aebad6fe404",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_92a7a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_packcell",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packcell",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packcellevent" ("board_id", "establishment_fte", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "role_id", "strength_fte", "unit_id") SELECT new_values."board_id", new_values."establishment_fte", new_values."id", new_values."location_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank_id", new_values."role_id", new_values."strength_fte", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="de0db4bea00c65065e9a7d56d2734c94ad8c2638",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_31f53",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_packcell",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packcell",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packcellevent" ("board_id", "establishment_fte", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank_id", "role_id", "strength_fte", "unit_id") SELECT old_values."board_id", old_values."establishment_fte", old_values."id", old_values."location_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank_id", old_values."role_id", old_values."strength_fte", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4344b8e979a32c6adc94f077e5edc8f8bbd1c22e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2b1c1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_packcell",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packcellevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3611acbc84c3df675724a03acb1a099a5df310b6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_051b0",
                    table="workforce_packcellevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="packchange",
            constraint=models.UniqueConstraint(
                fields=("board", "dimension", "key", "kind"), name="workforce_packchange_kind_once_a_line"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packchange",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packchangeevent" ("board_id", "count", "dimension", "establishment_fte", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "strength_fte") SELECT new_values."board_id", new_values."count", new_values."dimension", new_values."establishment_fte", new_values."id", new_values."key", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."strength_fte" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="074caa3a826e0bb1e0f8eb98e444c876b1f15dff",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8ec73",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_packchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packchange",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packchangeevent" ("board_id", "count", "dimension", "establishment_fte", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "strength_fte") SELECT new_values."board_id", new_values."count", new_values."dimension", new_values."establishment_fte", new_values."id", new_values."key", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."strength_fte" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d313841820f5cb14bc6804385ae0ae2710275700",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6384c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_packchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packchange",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packchangeevent" ("board_id", "count", "dimension", "establishment_fte", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "strength_fte") SELECT old_values."board_id", old_values."count", old_values."dimension", old_values."establishment_fte", old_values."id", old_values."key", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."strength_fte" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9368de011d4621fdd793ce3ab73c7feb58af4294",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_16e20",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_packchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packchangeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6588df464d2d074f82e00cfb5ba5386bd95096b0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_99c46",
                    table="workforce_packchangeevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="packdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "claimed", "leaving"])),
                fields=["try_at"],
                name="workforce_packdelivery_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="packdelivery",
            constraint=models.UniqueConstraint(
                models.F("board"),
                django.db.models.functions.text.Lower("address"),
                name="workforce_packdelivery_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="packdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="workforce_packdelivery_sent_has_a_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packdelivery",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packdeliveryevent" ("address", "attaches_pdf", "attempts", "board_id", "error", "id", "message_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "try_at") SELECT new_values."address", new_values."attaches_pdf", new_values."attempts", new_values."board_id", new_values."error", new_values."id", new_values."message_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sent_at", new_values."state", new_values."try_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0d587590f1120939c98192eb02319dcda556e9c7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a8822",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_packdelivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packdelivery",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packdeliveryevent" ("address", "attaches_pdf", "attempts", "board_id", "error", "id", "message_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "try_at") SELECT new_values."address", new_values."attaches_pdf", new_values."attempts", new_values."board_id", new_values."error", new_values."id", new_values."message_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sent_at", new_values."state", new_values."try_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c9a91219fc56b100c9154de4c4d3db893e70e0dc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7564f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_packdelivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packdelivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packdeliveryevent" ("address", "attaches_pdf", "attempts", "board_id", "error", "id", "message_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "try_at") SELECT old_values."address", old_values."attaches_pdf", old_values."attempts", old_values."board_id", old_values."error", old_values."id", old_values."message_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sent_at", old_values."state", old_values."try_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7e3e675d71d9955d95e4ab9538c6f87ca918282c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fc5ed",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_packdelivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packdeliveryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4bad7facf5263ea5ef9f9d06eb17ba752b604ee3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7d4fa",
                    table="workforce_packdeliveryevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="packedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("run_as_at__isnull", True),
                        ("run_draws__isnull", True),
                        ("run_id__isnull", True),
                        ("run_seed__isnull", True),
                        ("run_version", ""),
                    ),
                    models.Q(
                        ("run_as_at__isnull", False),
                        ("run_draws__isnull", False),
                        ("run_id__isnull", False),
                        ("run_seed__isnull", False),
                        models.Q(("run_version", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="workforce_packedition_run_all_or_none",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packedition",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packeditionevent" ("board_id", "compared_with_id", "id", "marking", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_as_at", "run_draws", "run_id", "run_scenario", "run_seed", "run_version", "year_ends_on") SELECT new_values."board_id", new_values."compared_with_id", new_values."id", new_values."marking", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."run_as_at", new_values."run_draws", new_values."run_id", new_values."run_scenario", new_values."run_seed", new_values."run_version", new_values."year_ends_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4034e59ed24e204d0471b5616f7ddef3e104b262",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c6239",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_packedition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packedition",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packeditionevent" ("board_id", "compared_with_id", "id", "marking", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_as_at", "run_draws", "run_id", "run_scenario", "run_seed", "run_version", "year_ends_on") SELECT new_values."board_id", new_values."compared_with_id", new_values."id", new_values."marking", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."run_as_at", new_values."run_draws", new_values."run_id", new_values."run_scenario", new_values."run_seed", new_values."run_version", new_values."year_ends_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f5bced72d6358e34b81194282524199a7b9c1f44",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3dea4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_packedition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packedition",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packeditionevent" ("board_id", "compared_with_id", "id", "marking", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_as_at", "run_draws", "run_id", "run_scenario", "run_seed", "run_version", "year_ends_on") SELECT old_values."board_id", old_values."compared_with_id", old_values."id", old_values."marking", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."run_as_at", old_values."run_draws", old_values."run_id", old_values."run_scenario", old_values."run_seed", old_values."run_version", old_values."year_ends_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="66079eaf966b4c62cc07d8166508e7f7d10ab045",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a0830",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_packedition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packeditionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="84c8fd32055ef05dc07221bc0dd1610dfb29ab4a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e8d50",
                    table="workforce_packeditionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="packforecast",
            constraint=models.UniqueConstraint(
                fields=("board", "dimension", "key"), name="workforce_packforecast_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="packforecast",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chance__len", models.F("days__len")),
                    ("days__len__gt", 0),
                    ("establishment__len", models.F("days__len")),
                    ("gap__len", models.F("days__len")),
                    ("gap_high__len", models.F("days__len")),
                    ("gap_low__len", models.F("days__len")),
                    ("strength__len", models.F("days__len")),
                ),
                name="workforce_packforecast_a_figure_a_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packforecast",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packforecastevent" ("board_id", "chance", "days", "dimension", "establishment", "gap", "gap_high", "gap_low", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "strength", "threshold_fte") SELECT new_values."board_id", new_values."chance", new_values."days", new_values."dimension", new_values."establishment", new_values."gap", new_values."gap_high", new_values."gap_low", new_values."id", new_values."key", new_values."label", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."strength", new_values."threshold_fte" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9057c9f8778526c565d358760515b600f5d6ddc1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_742ae",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_packforecast",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packforecast",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packforecastevent" ("board_id", "chance", "days", "dimension", "establishment", "gap", "gap_high", "gap_low", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "strength", "threshold_fte") SELECT new_values."board_id", new_values."chance", new_values."days", new_values."dimension", new_values."establishment", new_values."gap", new_values."gap_high", new_values."gap_low", new_values."id", new_values."key", new_values."label", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."strength", new_values."threshold_fte" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1c76a999ea83fed1520ce38fcb3a6d7b5f4d2c3d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4bbb1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_packforecast",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packforecast",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packforecastevent" ("board_id", "chance", "days", "dimension", "establishment", "gap", "gap_high", "gap_low", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "strength", "threshold_fte") SELECT old_values."board_id", old_values."chance", old_values."days", old_values."dimension", old_values."establishment", old_values."gap", old_values."gap_high", old_values."gap_low", old_values."id", old_values."key", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."strength", old_values."threshold_fte" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f7234c1754b7783c262120c5738cec9ed0396753",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e7d73",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_packforecast",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packforecastevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d3ab32f975f86487f49bdd57d9d68ae61dd94c3d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fa44d",
                    table="workforce_packforecastevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packmailing",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packmailingevent" ("attaches_pdf", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id") SELECT new_values."attaches_pdf", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."series_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="159976d757b43f122c77c524af31a2e870f21615",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_aae2d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_packmailing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packmailing",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packmailingevent" ("attaches_pdf", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id") SELECT new_values."attaches_pdf", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."series_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3c31d366c0a57cfc5743c3f7e7632181cf6cf7b7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_da0b9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_packmailing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packmailing",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packmailingevent" ("attaches_pdf", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id") SELECT old_values."attaches_pdf", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."series_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="56068f630332daf7d9e5c939322a0780de5692e8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cc4f2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_packmailing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packmailingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3c69feeb97d1956291451964a2995fb92836f662",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_20871",
                    table="workforce_packmailingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="packnote",
            constraint=models.UniqueConstraint(
                fields=("board", "dimension", "key"), name="workforce_packnote_one_a_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="packnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="workforce_packnote_says_something"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packnote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packnoteevent" ("board_id", "dimension", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") SELECT new_values."board_id", new_values."dimension", new_values."id", new_values."key", new_values."label", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4d3a286a31beece64c505cae0f6053525b7d98e3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e4e74",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="workforce_packnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packnote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packnoteevent" ("board_id", "dimension", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") SELECT new_values."board_id", new_values."dimension", new_values."id", new_values."key", new_values."label", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."text", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dccdad2ac698c10f756e3e5cda049ea8d2cab54e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc9fe",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="workforce_packnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packnote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_packnoteevent" ("board_id", "dimension", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") SELECT old_values."board_id", old_values."dimension", old_values."id", old_values."key", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8df7de2f9db714c105c12aed47c6e330100adea3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aa142",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="workforce_packnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packnoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5da1c14b98511efdbed2e38aa76f24acfb56e59b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7d5fd",
                    table="workforce_packnoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(PAPER_RULE + SHARE_RULES + TRIGGERS, DROP),
    ]
