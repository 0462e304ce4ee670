"""From a document to its PDF: tagged, PDF/UA-1, the same bytes for the same document."""

import json
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from peelsite.documents.calc import Document, as_data, faults, font_characters

TEMPLATE = Path(__file__).parent / "typst" / "document.typ"
STANDARD = "ua-1"


def pdf_bytes(document: Document) -> bytes:
    """The document as a tagged PDF/UA-1 in A4.

    Deterministic: neither the clock nor the machine's fonts have a part in it. Raises ValidationError with a
    sentence for each fault when the document could not be read by everybody (a picture without words, a
    skipped heading level, a ragged table) or when a picture is not an SVG.
    """
    found = faults(document)
    if found:
        raise ValidationError(found)
    data, pictures = as_data(document, _drawable())
    midnight = datetime.combine(document.day, time(), tzinfo=UTC)
    inputs = {"document": _json(data), "pictures": _json(pictures)}
    return _typeset(inputs, midnight)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _typeset(inputs: dict[str, str], moment: datetime) -> bytes:
    # Imported where it is used: only workers and downloads typeset.
    import typst

    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), sys_inputs=inputs)
    try:
        result = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=moment)
    except typst.TypstError as error:
        raise ValidationError(f"The document could not be written: {error.message}.") from error
    return bytes(result)


@cache
def _fonts() -> Any:
    """Noto Sans and its sisters from their package, and none of the machine's: every machine writes alike."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_font_folder())]
    )


@cache
def _drawable() -> frozenset[int]:
    """Every code point that one of the fonts has a shape for; read once a process, about 30 ms."""
    return frozenset().union(*(font_characters(f.read_bytes()) for f in _font_folder().glob("*.ttf")))


def _font_folder() -> Path:
    return Path(str(files("manimgx_fonts")))
