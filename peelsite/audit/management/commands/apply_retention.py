"""`manage.py apply_retention --force hertfordshire [--dry-run]`: remove what is due by the force's rules."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from peelsite.audit.retention.selectors import due_by, rules_on
from peelsite.audit.retention.services import retention_apply, retention_rules_load
from peelsite.forces.models import Force


class Command(BaseCommand):
    help = "Remove records whose time is up, or show with --dry-run what would be removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", required=True, help="the force's name in addresses")
        parser.add_argument("--dry-run", action="store_true", help="count and show, remove nothing")
        parser.add_argument("--as-at", type=date.fromisoformat, default=None, help="as on this day")
        parser.add_argument("--load-rules", action="store_true", help="first give it the reference rules")

    def handle(self, *args: Any, dry_run: bool, as_at: date | None, load_rules: bool, **options: Any) -> None:
        force = Force.objects.filter(slug=options["force"], keeps_records=True).first()
        if force is None:
            raise CommandError(f"No force that keeps records is called {options['force']} in addresses.")
        day = as_at or timezone.localdate()
        with pghistory.context(command="apply_retention"):
            if load_rules:
                self.stdout.write(f"{retention_rules_load(force=force)} rules loaded.")
            for rule in rules_on(force, day):
                due = due_by(rule, day)
                counted = f"{due.count:,} due, {due.held:,} held"
                told = f"{due.retained.title} before {due.before:%-d %B %Y}: {counted}"
                if dry_run:
                    self.stdout.write("; ".join([told, *due.examples()]))
                elif not (rule.is_confirmed and rule.is_on):
                    self.stdout.write(f"{told}; the rule is not confirmed and switched on, nothing removed")
                else:
                    run = retention_apply(rule=rule, day=day)
                    proof = f", proof {run.digest}" if run else ""
                    self.stdout.write(f"{told}; {run.removed if run else 0:,} removed{proof}")
