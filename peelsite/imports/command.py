"""Imports from the command line: the same engine, one transaction, and counts and sentences on the terminal.

    manage.py import_posts FILE --force SLUG [--dry-run] [--strict] [--sheet NAME]
        [--heading-row N] [--full-extract-as-at DATE]

Exit codes: 0 every row was loaded or is unchanged; 1 nothing was loaded (unreadable file, a needed column
missing, refused by the database, or rows refused under --strict); 3 rows were refused and the rest was
loaded.
With --dry-run nothing is loaded and the codes say what would be.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from peelsite import walls
from peelsite.forces.models import Force
from peelsite.imports import services
from peelsite.imports.engine import run
from peelsite.imports.engine.plan import Plan
from peelsite.imports.models import ImportBatch, ImportState
from peelsite.imports.selectors import headings_of, likelier_target, same_file
from peelsite.imports.stored import files_remove
from peelsite.imports.targets import target_of
from peelsite.imports.work import batch_read

ROWS_REFUSED = 3


class ImportCommand(BaseCommand):
    """Base of `import_<target>`; a room's command names its `target`."""

    target: str

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="xlsx, xls, ods or csv")
        parser.add_argument("--force", required=True, help="slug of the force, for example hertfordshire")
        parser.add_argument("--dry-run", action="store_true", help="check and count, load nothing")
        parser.add_argument("--strict", action="store_true", help="load nothing if any row is refused")
        parser.add_argument("--sheet", default="", help="name of the sheet; else the likeliest")
        parser.add_argument("--heading-row", type=int, help="row of the headings; else the one that is found")
        parser.add_argument(
            "--full-extract-as-at",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="what the file leaves out ends on the day before",
        )
        for option in target_of(self.target).options:
            parser.add_argument(
                f"--{option.name.replace('_', '-')}", action="store_true", dest=f"option_{option.name}",
                help=option.label[0].lower() + option.label[1:],
            )  # fmt: skip

    def handle(self, *args: Any, **given: Any) -> None:
        force = Force.objects.filter(slug=given["force"]).first()
        if force is None:
            raise CommandError(f"There is no force with the slug {given['force']!r}.")
        path: Path = given["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        with walls.within(force.pk):
            self._import(force, path, given)

    def _import(self, force: Force, path: Path, given: dict[str, Any]) -> None:
        batch = None
        try:
            with pghistory.context(command=f"import_{self.target}", file=path.name), transaction.atomic():
                batch = self._uploaded(force, path, given)
                loads = not given["dry_run"]
                plan = self._worked(batch, loads=loads, strict=given["strict"])
                if not loads or (given["strict"] and plan.refused):
                    transaction.set_rollback(True)
        except ValidationError as refused:
            self._forget(batch)
            raise CommandError(" ".join(refused.messages)) from refused
        except BaseException:
            self._forget(batch)
            raise
        if not loads or (given["strict"] and plan.refused):
            self._forget(batch)
        self._finish(plan, loads=loads, strict=given["strict"])

    def _uploaded(self, force: Force, path: Path, given: dict[str, Any]) -> ImportBatch:
        with path.open("rb") as file:
            batch = services.batch_upload(
                force=force, target=target_of(self.target), content=File(file), file_name=path.name, user=None
            )
        try:
            return self._mapped(batch, given)
        except BaseException:
            files_remove(batch)
            raise

    def _mapped(self, batch: ImportBatch, given: dict[str, Any]) -> ImportBatch:
        batch_read(batch)
        if batch.state == ImportState.FAILED:
            raise ValidationError(batch.error)
        if given["sheet"] or given["heading_row"]:
            batch = services.sheet_choose(
                batch=batch, sheet=given["sheet"] or batch.sheet, header_row=given["heading_row"]
            )
        likelier = likelier_target(batch)
        if likelier is not None:
            raise ValidationError(
                f"These headings look like {likelier.label.lower()}; use import_{likelier.slug}."
            )
        for note in batch.notes:
            self.stdout.write(f"Note: {note}")
        earlier = same_file(batch)
        if earlier is not None:
            self.stdout.write(f"Note: this very file was imported on {earlier.loaded_at:%-d %B %Y}.")
        target = target_of(self.target)
        options = {option.name: given[f"option_{option.name}"] for option in target.options}
        batch = services.mapping_confirm(batch=batch, mapping=batch.mapping, options=options)
        batch.full_extract_as_at = given["full_extract_as_at"]
        return batch

    def _worked(self, batch: ImportBatch, *, loads: bool, strict: bool) -> Plan:
        if loads:
            # Refused rows are seen before anything is written, so a strict run need not load to find out.
            stage, plan = run.check(batch) if strict else run.load(batch, keep=True)
            if strict and not plan.refused:
                stage, plan = run.load(batch, keep=True)
            batch.state, batch.loaded_at = ImportState.LOADED, timezone.now()
            batch.save()
        else:
            stage, plan = run.check(batch)
        headings = headings_of(batch)
        for row_no, column, sentence in stage.rows(
            "SELECT row_no, column_name, sentence FROM import_issue ORDER BY row_no, column_name"
        ):
            self.stdout.write(f"Row {row_no:,}, column {headings.get(column, column)}: {sentence}")
        for addition in stage.additions:
            self.stdout.write(f"Added as well: {addition['kind']} {addition['name']}")
        return plan

    def _finish(self, plan: Plan, *, loads: bool, strict: bool) -> None:
        words = (
            f"{plan.new:,} new, {plan.changed:,} changed, {plan.unchanged:,} unchanged, "
            f"{plan.refused:,} refused"
        )
        self.stdout.write(f"{words}, {plan.missing:,} on the site and not in the file.")
        if strict and plan.refused:
            raise CommandError("Nothing was loaded, as rows were refused.")
        if not loads:
            self.stdout.write("Nothing was loaded: this was a dry run.")
        if plan.refused:
            raise CommandError(f"{plan.refused:,} rows were refused.", returncode=ROWS_REFUSED)

    @staticmethod
    def _forget(batch: ImportBatch | None) -> None:
        """Delete the stored copy of a file whose batch was rolled back."""
        if batch is not None:
            files_remove(batch)
