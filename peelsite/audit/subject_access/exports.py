"""The export as a file: a zip with a page to read and one workbook a table."""

import zipfile
from io import BytesIO
from typing import IO

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from peelsite.audit.subject_access.held import Held, held_on
from peelsite.forces.models import Force
from peelsite.web.exports import xlsx_write


def subject_access_write(target: IO[bytes], *, person: models.Model, force: Force, reason: str) -> list[Held]:
    """A zip with a page to read (index.html) and one workbook a table; what was held is returned.

    The caller has written down the sensitive read before, or does so before anybody is handed the file.
    """
    held = held_on(person)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        page = {"held": held, "person": person, "force": force, "reason": reason, "now": timezone.now()}
        archive.writestr("index.html", render_to_string("history/subject_access.html", page))
        for each in held:
            workbook = BytesIO()
            xlsx_write(workbook, each.title, each.columns, each.rows)
            archive.writestr(f"{each.name}.xlsx", workbook.getvalue())
    return held
