"""`manage.py verify_history [--head NUMBER:DIGEST]`: is the history still what was sealed?"""

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from peelsite.history.calc import Head
from peelsite.history.models import HistoryRedaction
from peelsite.history.verification import Verified, history_verify


def _head(text: str) -> Head:
    try:
        return Head.read(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = "Recompute the chain of seals over the history, and name the first rows that are not as sealed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            type=_head,
            metavar="NUMBER:DIGEST",
            help="a head kept elsewhere, from seal_history --print-head: shows whether seals were removed",
        )

    def handle(self, *args: Any, head: Head | None, verbosity: int, **options: Any) -> None:
        started = time.monotonic()

        def told(found: Verified) -> None:
            if verbosity > 1:
                self.stdout.write(f"{found.seals:,} seals, {found.rows:,} rows …")

        found = history_verify(outside=head, progress=told)
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{found.seals:,} seals over {found.rows:,} rows, head {found.head or 'none'}; "
            f"{found.unsealed:,} rows not sealed yet, "
            f"{HistoryRedaction.objects.count():,} removed by rules of retention. "
            f"{seconds:.1f} s, {found.rows / max(seconds, 0.001):,.0f} rows/s"
        )
        if not found.is_sound:
            raise CommandError("\n".join(fault.sentence for fault in found.faults))
        self.stdout.write(self.style.SUCCESS("The history is as it was sealed."))
