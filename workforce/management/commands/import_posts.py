"""Imports posts from a spreadsheet; see peelsite.imports.command for options and exit codes."""

from peelsite.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Imports posts from a spreadsheet into one force. Exit codes: 0 loaded, 1 nothing loaded, 3 rows refused."
    target = "posts"
