"""Loads the demonstration forces once: Hertfordshire as in March 2016, and a small Bedfordshire."""

import time
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from peelsite.demonstration.services import demonstration_load


class Command(BaseCommand):
    help = "Loads the demonstration forces and their users; does nothing when they are there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="Load although this is not a site on one's own machine."
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        if not settings.LOCAL and not force:
            raise CommandError(
                "The demonstration users have a password that everyone can read, so they are loaded on one's "
                "own machine only (PEELSITE_LOCAL=1). Use --force if you are sure."
            )
        began = time.monotonic()
        try:
            with pghistory.context(command="load_demonstration"):
                loaded = demonstration_load()
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        if loaded:
            self.stdout.write(
                f"Demonstration loaded in {time.monotonic() - began:.1f} s: {', '.join(loaded)}. "
                "The people are invented."
            )
        else:
            self.stdout.write("Demonstration: already loaded.")
