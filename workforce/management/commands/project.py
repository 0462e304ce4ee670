"""`manage.py project --force hertfordshire [--as-at DAY]`, or `--all`: project strength and gaps now."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from peelsite import walls
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_run
from workforce.projection.services.backtests import back_test_request
from workforce.projection.services.runs import run_request


class Command(BaseCommand):
    help = "Project each force's strength and gaps 48 months ahead, and print how long each step took."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--force", help="the force's name in addresses")
        which.add_argument("--all", action="store_true", help="every force that keeps records here")
        parser.add_argument("--as-at", type=date.fromisoformat, default=None, help="from this day")
        parser.add_argument("--runs", type=int, default=1000, help="how many runs")
        parser.add_argument("--back-test", action="store_true", help="test past days instead")

    def handle(self, *args: Any, **options: Any) -> None:
        with walls.everything():
            forces = list(Force.objects.filter(keeps_records=True))
        if not options["all"]:
            forces = [force for force in forces if force.slug == options["force"]]
            if not forces:
                raise CommandError(f"No force that keeps records is called {options['force']} in addresses.")
        for force in forces:
            with walls.within(force.pk), pghistory.context(command="project"):
                self._one(force, options)

    def _one(self, force: Force, options: dict[str, Any]) -> None:
        try:
            if options["back_test"]:
                _, job = back_test_request(force=force)
            else:
                day = options["as_at"] or opening_day(force)
                _, job = run_request(force=force, as_at=day, draws=options["runs"])
        except ValidationError as refused:
            raise CommandError(f"{force}: {' '.join(refused.messages)}") from refused
        job_run(job_id=job.pk)
        job = Job.objects.get(pk=job.pk)
        if job.error:
            raise CommandError(f"{force}: {job.error}")
        told = ", ".join(f"{name} {value}" for name, value in job.result.items() if name != "seconds")
        steps = ", ".join(f"{name} {took} s" for name, took in job.result.get("seconds", {}).items())
        self.stdout.write(f"{force}: {told}; {steps or job.state}")
