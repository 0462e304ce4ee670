"""Begins the skill catalogue of a force with the usual skills; running it again changes nothing."""

from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from peelsite.forces.models import Force
from workforce.skills.reference import skills_load


class Command(BaseCommand):
    help = (
        "Adds the skills of workforce/skills/reference/skills.csv that a force's catalogue lacks. They are a "
        "beginning, to be edited there; --restore puts the file's values back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", required=True, metavar="SLUG", help="Such as hertfordshire.")
        parser.add_argument("--restore", action="store_true", help="Put back the values of the file.")

    @transaction.atomic
    def handle(self, *args: Any, restore: bool, **options: Any) -> None:
        force = Force.objects.filter(slug=options["force"], keeps_records=True).first()
        if force is None:
            raise CommandError(f"No force that keeps records here is called {options['force']}.")
        with pghistory.context(command="load_skills"):
            for sentence in skills_load(force, restore=restore).sentences():
                self.stdout.write(sentence)
