#!/usr/bin/env python
"""Django's command line for Peelsite."""

import os
import sys

from django.core.management import execute_from_command_line

from peelsite.local.addresses import NoServerError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelsite.settings")
    try:
        execute_from_command_line(sys.argv)
    except NoServerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
