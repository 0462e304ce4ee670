"""manage.py purge_charts [--days N]: forget old drawings."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from peelsite.charts.services import KEEP, charts_purge


class Command(BaseCommand):
    """Drawings are a cache: a page that still shows one has it drawn again."""

    help = "Forget drawn charts made more than so many days ago."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=KEEP.days, help=f"default {KEEP.days}")

    def handle(self, *args, **options):
        if options["days"] < 0:
            raise CommandError("--days must be 0 or more.")
        count = charts_purge(older_than=timedelta(days=options["days"]))
        self.stdout.write(f"{count} drawn charts forgotten.")
