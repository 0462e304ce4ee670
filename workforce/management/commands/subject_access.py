"""`manage.py subject_access --force hertfordshire --person 1187 --reason "…" --out file.zip`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from peelsite.audit.models import SensitiveKind
from peelsite.audit.services import SensitiveSubject, sensitive_read_record
from peelsite.audit.subject_access.exports import subject_access_write
from workforce.people.models import Person


class Command(BaseCommand):
    help = "Write everything held on one person into a zip, other people's names withheld."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", required=True, help="the force's name in addresses")
        parser.add_argument("--person", required=True, help="the collar or payroll number")
        parser.add_argument("--reason", required=True, help="why; it is kept with the sensitive reads")
        parser.add_argument("--out", required=True, type=Path, help="the file to write; it must not exist")

    def handle(self, *args: Any, person: str, reason: str, out: Path, **options: Any) -> None:
        found = (
            Person.objects.select_related("force").filter(force__slug=options["force"], number=person).first()
        )
        if found is None:
            raise CommandError(f"{options['force']} has no person with number {person}.")
        try:
            sensitive_read_record(
                user=None,
                force=found.force,
                kind=SensitiveKind.SUBJECT_ACCESS,
                reason=reason,
                subjects=[SensitiveSubject(found.pk, str(found))],
                path="manage.py subject_access",
                request_id="",
            )
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        try:
            with out.open("xb") as target:
                held = subject_access_write(target, person=found, force=found.force, reason=reason)
        except FileExistsError as there:
            raise CommandError(f"{out} is there already.") from there
        rows = sum(len(each.rows) for each in held)
        self.stdout.write(f"{rows:,} rows of {len(held)} tables held on {found} are in {out}.")
