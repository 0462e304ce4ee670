"""Brings the database of the local site up to date: migrations, reference data, the demonstration force.

One process for all of it, because loading Django takes longer than finding that nothing is to be done. Leaves
the demonstration sign-ins in the file that its argument names.
"""

import io
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db.utils import OperationalError


def main(sign_ins: Path) -> None:
    """Do what is missing; run again, find nothing to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelsite.settings")
    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference")
        call_command("load_demonstration")
    except OperationalError as error:
        sys.exit(f"The database cannot be used: {error}")
    table = io.StringIO()
    call_command("demonstration_sign_ins", stdout=table)
    sign_ins.write_text(table.getvalue())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
