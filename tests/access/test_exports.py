"""Every download of every list, with a formula in every text that the database takes one in."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.web.exports import FORMULA_STARTS
from tests.access.asking import url_of
from tests.access.matrix import DOORS, SUPERUSER
from tests.access.walk import addresses
from tests.access.world import Held, member_of, world
from tests.imports.files import delimited
from tests.imports.steps import checked

FORMULA = "=cmd|'/C calc'!A{}"
# What addresses are made of, or what the site reads as its own.
LEFT_ALONE = {
    *("slug", "digest", "password", "email", "session_key", "session_data"),
    *("target", "sheet", "file_name", "measure", "key", "kind"),
}
# Texts as they came, to be imported again: tried apart.
AS_THEY_CAME = ("imports:template", "imports:rejects")
FORMATS = ("csv", "xlsx")
# What every spreadsheet program reads as a number, and runs nothing for.
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@pytest.fixture
def held(db: None, tmp_path: Path, settings: Any) -> Held:
    settings.MEDIA_ROOT = str(tmp_path)
    return world(tmp_path)[0]


@pytest.fixture
def client(held: Held) -> Client:
    client = Client()
    client.force_login(member_of(held, *Role.values))
    return client


def texts() -> Iterator[tuple[type[models.Model], str]]:
    """Every free text of every table of the site: no choices, and long enough for a formula."""
    for model in apps.get_models():
        if model.__module__.split(".")[0] in ("peelsite", "workforce", "demand", "finance"):
            for field in model._meta.concrete_fields:
                if (
                    isinstance(field, (models.CharField, models.TextField))
                    and not field.choices
                    and field.name not in LEFT_ALONE
                    and (field.max_length or 100) >= len(FORMULA) + 6
                    and not hasattr(model, "pgh_tracked_model")
                ):
                    yield model, field.name


def plant() -> int:
    """Put a formula into each text of each row; how many tables' texts took it."""
    taken = 0
    for model, name in texts():
        try:
            with transaction.atomic():
                for row in model._default_manager.all():
                    model._default_manager.filter(pk=row.pk).update(**{name: FORMULA.format(row.pk)})
        except DatabaseError:
            continue  # frozen, or in a form of its own
        taken += 1
    return taken


def dangerous(kind: str, content: bytes) -> tuple[list[str], bool]:
    """Cells that a spreadsheet program would run, and whether any cell holds what was planted."""
    cells = list(_csv_cells(content) if kind == "csv" else _xlsx_cells(content))
    run = [
        cell
        for cell in cells
        if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell)
    ]
    return run, any("cmd|" in str(cell) for cell in cells)


def _csv_cells(content: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
        yield from row


def _xlsx_cells(content: bytes) -> Iterator[Any]:
    assert not formulas_in(content)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            yield from row


def formulas_in(content: bytes) -> list[str]:
    """Sheets of a workbook with a formula in them, by its own XML."""
    with ZipFile(io.BytesIO(content)) as book:
        return [name for name in book.namelist() if "worksheets/" in name and b"<f>" in book.read(name)]


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_no_download_runs_anything(held: Held, client: Client) -> None:
    assert plant() > 40
    wrong, downloads, hit = [], 0, 0
    for address in addresses():
        door = DOORS.get(address.name, {})
        if "GET" not in door or SUPERUSER in door.values() or address.is_api or address.name in AS_THEY_CAME:
            continue
        for kind in FORMATS:
            response = client.get(url_of(address, held), {"download": kind})
            if f'.{kind}"' not in response.headers.get("Content-Disposition", ""):
                continue
            found, planted = dangerous(kind, body_of(response))
            downloads += 1
            hit += planted
            wrong += [f"{address.name} {kind}: {cell!r}" for cell in found]
    assert not wrong, "\n".join(wrong)
    assert downloads >= 20
    assert hit >= 10, f"only {hit} of {downloads} downloads held what was planted"


def test_rejected_rows_and_templates_hold_texts_and_no_formula(
    held: Held, client: Client, tmp_path: Path
) -> None:
    """They go back into an import as they came; in a workbook a text is a text, whatever it begins with."""
    headings = ["Post number", "Rank", "Role", "Unit", "Location", "FTE", "Start date"]
    path = tmp_path / "hostile.csv"
    delimited(path, [headings, ["=1+1", "=cmd|'/C calc'!A1", "@SUM(1)", "-1+2", "+1", "1", "01/04/2015"]])
    batch = checked(held.force, "posts", path, held.rows["user"])
    addresses_of_files = [
        reverse("imports:rejects", args=[held.force.slug, batch.pk]),
        reverse("imports:template", args=[held.force.slug, "posts"]),
    ]
    for address in addresses_of_files:
        content = body_of(client.get(address))
        assert not formulas_in(content), address
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(client.get(addresses_of_files[0])))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
