"""Reads a spreadsheet file, however untidy, into whole columns of text; or says in a sentence why it
cannot."""

from peelsite.imports.reading.shapes import Limits, Sheet, UnreadableFile, Workbook
from peelsite.imports.reading.workbook import read_workbook

__all__ = ["Limits", "Sheet", "UnreadableFile", "Workbook", "read_workbook"]
