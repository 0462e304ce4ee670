"""One import from sheet to plan, and from plan to rows."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from peelsite import walls
from peelsite.imports.calc import normalise_header
from peelsite.imports.engine.cells import Mend, type_cells
from peelsite.imports.engine.plan import Plan, plan_made, plan_save
from peelsite.imports.engine.stage import Stage
from peelsite.imports.engine.undo import effects_end
from peelsite.imports.models import ImportBatch
from peelsite.imports.stored import sheet_of
from peelsite.imports.targets import ImportTarget, target_of

#: two imports of one force are loaded one after the other
LOCK_SPACE = 7002
#: asked of a preview from this share of the site's rows on: is this a full extract?
MANY_MISSING = 0.2

#: note(done, total, words): how far the work is
Note = Callable[[int, int, str], None]


class PlanMoved(Exception):
    """What loading would do is no longer what was looked at; `plan` is what it would do now."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        super().__init__(plan.digest)
        self.plan, self.stage = plan, stage


def no_note(done: int, total: int, words: str) -> None:
    """For work that nobody watches."""
    del done, total, words


def check(batch: ImportBatch, note: Note = no_note) -> tuple[Stage, Plan]:
    """Fill the staging tables from the file and let the target check them. Inside the caller's
    transaction."""
    target = target_of(batch.target)
    note(0, 100, "Reading the file")
    sheet = sheet_of(batch)
    rows = sheet.rows.height
    mends = [Mend(*cell) for cell in batch.mends.values_list("row_no", "column", "value")]
    cells = type_cells(sheet.rows, target.columns, batch.mapping, mends, open_ended=target.open_ended)
    stage = Stage(
        force=batch.force,
        batch_id=batch.pk,
        mapped=frozenset(name for name, place in batch.mapping.items() if place is not None),
        options=batch.options,
        today=timezone.localdate(),
        as_at=batch.full_extract_as_at,
    )
    note(rows // 10, rows, "Copying the rows")
    stage.fill(target.columns, cells)
    del cells, sheet
    note(rows // 4, rows, "Checking the rows")
    target.check(stage)
    return stage, plan_made(stage)


def plan_keep(batch: ImportBatch, stage: Stage, plan: Plan) -> None:
    """Write the plan to the batch and its preview."""
    plan_save(stage)
    batch.plan = plan.digest
    batch.counts = plan.counts
    batch.additions = stage.additions
    batch.warnings = _warnings(batch, stage, plan)
    batch.checked_at = timezone.now()


def load(
    batch: ImportBatch, note: Note = no_note, *, expected: str = "", keep: bool = False
) -> tuple[Stage, Plan]:
    """Check once more and load every row that nothing refuses. Inside the caller's transaction.

    `expected` is the digest of the plan that was confirmed: PlanMoved when it is another one by now. `keep`
    saves the plan as a preview. Raises ValidationError with a sentence when the database refuses.
    """
    target = target_of(batch.target)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s::int)", [LOCK_SPACE, batch.force_id])
    stage, plan = check(batch, note)
    if expected and plan.digest != expected:
        raise PlanMoved(plan, stage)
    if keep:
        plan_keep(batch, stage, plan)
    note(60, 100, "Loading the rows")
    try:
        with transaction.atomic():
            target.apply(stage)
            effects_end(stage)
            # What Django defers to the end of the transaction is asked here, while it can still be explained.
            stage.run("SET CONSTRAINTS ALL IMMEDIATE")
            stage.run("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as refused:
        raise ValidationError(target.refusal(refused)) from refused
    return stage, plan


def _warnings(batch: ImportBatch, stage: Stage, plan: Plan) -> list[str]:
    target = target_of(batch.target)
    return [*_missing_warning(target, batch, plan, stage), *_elsewhere_warning(target, batch, stage)]


def _missing_warning(target: ImportTarget, batch: ImportBatch, plan: Plan, stage: Stage) -> list[str]:
    one, many = target.missing_words.split(",")
    known = plan.missing + plan.changed + plan.unchanged
    if not plan.missing or batch.full_extract_as_at or plan.missing < known * MANY_MISSING:
        return []
    words = f"{plan.missing:,} {many if plan.missing != 1 else one}"
    return [
        f"{words} on the site and not in this file. Is it a full extract? Nothing is ended unless you say so."
    ]


def _elsewhere_warning(target: ImportTarget, batch: ImportBatch, stage: Stage) -> list[str]:
    """The file of another force: most of its keys are known there and hardly any here."""
    user: Any = batch.uploaded_by
    others = [force for force in user.forces() if force.pk != batch.force_id] if user else []
    if not others:
        return []
    table, key = target.key_table
    forces = [batch.force_id, *(force.pk for force in others)]
    # The one question that an import asks of another force's rows, and of forces of the person's own only.
    with walls.within(*forces):
        counted = dict(
            stage.rows(
                f"""SELECT kept.force_id, count(DISTINCT row."{target.key_column}") FROM import_staged row
                JOIN {table} kept ON kept.{key} = row."{target.key_column}"
                WHERE kept.force_id = ANY (%(forces)s) GROUP BY kept.force_id""",
                forces=forces,
            )
        )
    rows = stage.value("SELECT count(*) FROM import_staged")
    here = counted.get(batch.force_id, 0)
    return [
        f"{counted[force.pk]:,} of the {rows:,} rows are known in {force.name} and {here:,} in "
        f"{batch.force.name}. Is this the file of another force?"
        for force in others
        if counted.get(force.pk, 0) > rows / 2 and here < rows / 10
    ]


def named_force_note(batch: ImportBatch, headers: list[str], samples: list[list[str]]) -> str:
    """A sentence when a column headed Force names another force than the one imported into."""
    own = {normalise_header(batch.force.name), normalise_header(batch.force.code)}
    for header, values in zip(headers, samples, strict=False):
        names_force = normalise_header(header) in ("force", "force name", "police force")
        if names_force and values and not own & {normalise_header(value) for value in values}:
            return (
                f"The column “{header}” says {values[0]}, and you are importing into {batch.force.name}. "
                "Check that this is the right file."
            )
    return ""
