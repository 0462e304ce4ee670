"""`manage.py seal_history [--print-head]`: seal what was written since the last seal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from peelsite.history.calc import Head
from peelsite.history.models import HistorySeal
from peelsite.history.services import WAIT_SECONDS, history_seal


class Command(BaseCommand):
    help = "Seal the history rows written since the last seal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--print-head",
            action="store_true",
            help="print only the head of the chain: to be kept where the database's keepers cannot reach",
        )
        parser.add_argument(
            "--wait", type=float, default=WAIT_SECONDS, help="seconds to wait for what still runs"
        )

    def handle(self, *args: Any, print_head: bool, wait: float, **options: Any) -> None:
        seal = history_seal(wait_seconds=wait)
        last = seal or HistorySeal.objects.order_by("-number").first()
        if print_head:
            self.stdout.write(str(Head(last.number, last.digest)) if last else "")
        elif seal is None:
            self.stdout.write("Nothing new to seal.")
        else:
            rows = sum(part["rows"] for part in seal.parts)
            tables = len({part["table"] for part in seal.parts})
            self.stdout.write(f"Seal {seal.number} covers {rows:,} rows of {tables} tables: {seal.digest}")
