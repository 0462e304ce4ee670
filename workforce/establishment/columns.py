"""The columns that an import of posts looks for, and example rows."""

from datetime import date
from decimal import Decimal

from peelsite.imports.calc import ColumnSpec

COLUMNS = (
    ColumnSpec(
        "reference", "Post reference", required=True, help="Unique in the force, 30 characters at most.",
        synonyms=("Post ref", "Post no", "Post number", "Post ID", "Position ID", "Position number",
            "Position",
                  "Post code", "Establishment number", "Estab no"),
    ),
    ColumnSpec(
        "rank", "Rank or grade", required=True, help="Code or name: Constable, PC, Sgt, Staff grade C.",
        synonyms=("Rank", "Grade", "Rank/Grade", "Post rank", "Post grade", "Scale"),
    ),
    ColumnSpec(
        "role", "Role", required=True, help="Code or name of a role of the force.",
        synonyms=("Role title", "Post title", "Job title", "Position title", "Job", "Function"),
    ),
    ColumnSpec(
        "unit", "Unit", required=True, help="Code, name, or path: Command / Department / Team.",
        synonyms=("Team", "Department", "Org unit", "Organisation unit", "Unit name", "Unit code", "Section",
                  "Directorate", "Business unit"),
    ),
    ColumnSpec(
        "location", "Location", required=True, help="Code or name of a place of the force.",
        synonyms=("Site", "Station", "Place of work", "Work location", "Base", "Premises", "Building"),
    ),
    ColumnSpec(
        "fte", "FTE", kind="decimal", help="1 unless given.",
        synonyms=("Post FTE", "Full-time equivalent", "Budgeted FTE", "Establishment FTE", "Established FTE"),
    ),
    ColumnSpec(
        "starts", "Start date", required=True, kind="date", help="First day of the post.",
        synonyms=("Start", "Post start", "Post start date", "From", "Effective from", "Valid from",
            "Created"),
    ),
    ColumnSpec(
        "ends", "End date", kind="date", help="Last day of the post; empty if it has no end.",
        synonyms=("End", "Post end", "Post end date", "To", "Until", "Effective to", "Valid to", "Last day"),
    ),
    ColumnSpec(
        "funding", "Funding", help="Name of a funding source; the core budget unless given.",
        synonyms=("Funding source", "Funded by", "Budget", "Fund"),
    ),
)  # fmt: skip

EXAMPLES = (
    ("B-1042", "Constable", "Response officer", "Local Policing / Response / Team A", "Watchford", Decimal(1),
     date(2016, 4, 1), "", "Core"),
    ("B-1043", "Sgt", "Custody sergeant", "Operations / Custody", "Northgate", Decimal(1), date(2016, 4, 1),
     date(2018, 3, 31), "Core"),
    ("S-0007", "Staff grade C", "Analyst", "Operations / Intelligence", "Headquarters", Decimal("0.8"),
     date(2015, 9, 1), "", "Grant"),
)  # fmt: skip
