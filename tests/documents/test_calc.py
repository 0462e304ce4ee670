"""The document as data: what is refused, and what text becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsite.documents.calc import (
    MISSING,
    MISSING_NOTE,
    Figure,
    Heading,
    Paragraph,
    Table,
    as_data,
    faults,
    shown_text,
)
from tests.documents.samples import SVG, document, full

ASCII = frozenset(range(32, 127)) | {ord(MISSING)}


def test_a_sound_document_has_no_faults():
    assert faults(full()) == []


@pytest.mark.parametrize(
    ("doc", "sentence"),
    [
        (document(title=" "), "A document needs a title."),
        (document(language="English"), "“English” is not a language such as en-GB."),
        (document(Heading(" ")), "A heading has no text."),
        (document(Heading("A", 2)), "Heading “A” has level 2 after level 0."),
        (document(Heading("A"), Heading("B", 3)), "Heading “B” has level 3 after level 1."),
        (document(Figure(SVG, " ", "Gap")), "Figure “Gap” has no text for people who do not see it."),
        (document(Table("T", (), ())), "Table “T” needs a caption and columns."),
        (document(Table("T", ("a", "b"), (("1",),))), "Table “T”, row 1, has 1 cells for 2 columns."),
        (
            document(Table("T", ("a", "b"), (), alignments=("left",))),
            "Table “T” has 1 alignments for 2 columns.",
        ),
    ],
)
def test_what_not_everybody_could_read_is_said(doc, sentence):
    assert faults(doc) == [sentence]


def test_a_heading_may_go_up_by_any_number_of_levels():
    headings = (Heading("A"), Heading("B", 2), Heading("C", 3), Heading("D"))
    assert faults(document(*headings)) == []


def test_marks_that_turn_the_direction_are_dropped_and_controls_become_spaces():
    assert shown_text("a\u202eb\u2066c\x00d\te", ASCII) == "abc d e"
    assert shown_text("two\nlines", ASCII) == "two\nlines"


def test_a_character_without_a_shape_is_said_to_be_missing():
    data, _ = as_data(document(Paragraph("中 A")), ASCII)
    assert data["blocks"][0]["text"] == f"{MISSING} A"
    assert data["missing"] == MISSING_NOTE
    data, _ = as_data(document(Paragraph("A")), ASCII)
    assert data["missing"] == ""


def test_an_accent_typed_apart_is_joined_to_its_letter():
    assert shown_text("e\u0301", ASCII | {0xE9}) == "é"


def test_pictures_are_numbered_in_order_and_their_words_are_shown_text_too():
    data, pictures = as_data(
        document(Figure(SVG, "a", "b"), Figure("<svg>中</svg>".encode(), "c", "d")), ASCII
    )
    assert [b["svg"] for b in data["blocks"]] == [0, 1]
    assert pictures[1] == f"<svg>{MISSING}</svg>"


@given(st.text())
def test_nothing_but_drawable_characters_is_left(text):
    allowed = ASCII | {0x0A, 0xA0, 0x200C, 0x200D, 0xFE0F}
    assert {ord(c) for c in shown_text(text, ASCII)} <= allowed
