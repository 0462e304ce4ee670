"""Imports a capability survey from a spreadsheet; options and exit codes in peelsite.imports.command."""

from peelsite.imports.command import ImportCommand


class Command(ImportCommand):
    help = (
        "Imports a capability survey from a spreadsheet. Exit codes: 0 loaded, 1 nothing loaded, "
        "3 rows refused."
    )
    target = "skills"
