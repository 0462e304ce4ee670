"""A document with every kind of block; every figure and name is invented."""

from datetime import date
from xml.sax.saxutils import escape

from peelsite.documents.calc import (
    Block,
    BulletList,
    Callout,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Table,
)

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">'
    b'<rect width="120" height="20" fill="#14315c"/><text x="4" y="50">Constable</text></svg>'
)

HOSTILE = [
    '#eval("1+1") #panic("x") #import "@preview/x:1.0.0" #read("/etc/passwd")',
    "\\ \\u{41} $x^2$ `raw` *bold* _it_ <label> @ref // comment /* c */ = Heading - item + item",
    '"], (type: "PageBreak"), ["',
    "\x00\x07\x1b[31m bell\x7f\x85",
    "\u202eevil\u202c \u2066isolated\u2069 \ufeffmark",
    "عمر بن علي עברית",
    "👮🏽‍♀️ 🙂 👨‍👩‍👧 🇬🇧",
    "中文 \ue000 \ufffe \U000e0041 \U0010ffff",
    "Siân Ŵyn Łódź Đorđe Ñuño e\u0301 क्षि ไทย",
    "",
    "\n\n\n",
]


def document(*blocks: Block, **changes: object) -> Document:
    facts: dict = {
        "title": "Inspection summary",
        "subtitle": "Position at 31 March 2016",
        "marking": "OFFICIAL-SENSITIVE",
        "force": "Exampleshire Constabulary",
        "day": date(2016, 4, 14),
        "blocks": blocks,
    }
    return Document(**(facts | changes))


def svg_saying(text: str) -> bytes:
    """A picture with that text in it, as the chart room writes one: legal XML."""
    legal = escape("".join(letter for letter in text if letter.isprintable()))
    opening = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
    return f'{opening}<text y="15" font-family="Arial, Noto Sans">{legal}</text></svg>'.encode()


def full() -> Document:
    return document(
        Heading("In short"),
        Paragraph("Strength is 54.3 FTE below establishment.", strong=True),
        KeyFigures(
            (
                KeyFigure("Establishment", "1,983.0 FTE", "posts funded"),
                KeyFigure("Strength", "1,928.7 FTE"),
                KeyFigure("Gap", "54.3 FTE", "2.7%", kind="warning"),
                KeyFigure("Actions closed", "14 of 17", kind="good"),
            )
        ),
        Callout("For decision", "Two sergeant posts are vacant.", kind="warning"),
        Heading("By rank", 2),
        Figure(SVG, "Constables are 45.8 FTE short.", "Gap by rank"),
        Table(
            "Gap by rank, FTE",
            ("Rank", "Establishment", "Strength", "Gap"),
            (
                ("Constable", "1,520.0", "1,474.3", "45.8"),
                ("Inspector", "88.0", "90.0", "−2.0"),
                ("All", "1,608.0", "1,564.3", ""),
            ),
            alignments=("left", "right", "right", "center"),
            total=True,
            note="Gaps are not netted.",
        ),
        PageBreak(),
        Heading("Detail", 3),
        BulletList(("First point", "Second point")),
    )
