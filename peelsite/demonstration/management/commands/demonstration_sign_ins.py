"""Prints the demonstration users with their password, on one's own machine only."""

from typing import Any

from django.core.management.base import BaseCommand

from peelsite.demonstration.selectors import demonstration_sign_ins


class Command(BaseCommand):
    help = "Prints whom one may sign in as on one's own machine."

    def handle(self, *args: Any, **options: Any) -> None:
        sign_ins = demonstration_sign_ins()
        if not sign_ins:
            return
        width = max(len(sign_in.email) for sign_in in sign_ins)
        for sign_in in sign_ins:
            self.stdout.write(f"{sign_in.email:<{width}}  {sign_in.password}  {sign_in.role}")
