"""The columns that an import of people looks for, the ways people write kinds and reasons, and example
rows."""

from datetime import date
from decimal import Decimal

from peelsite.imports.calc import ColumnSpec
from workforce.people.models import LeavingReason, PostingKind

KINDS = {kind.label: kind.value for kind in PostingKind} | {
    "Permanent": "substantive", "Perm": "substantive", "Sub": "substantive", "Subs": "substantive",
    "Temporary": "temporary", "Temp promotion": "temporary", "T/P": "temporary", "TP": "temporary",
    "Acting up": "acting", "A/": "acting", "Acting rank": "acting",
    "Attached": "attachment", "Secondment in": "seconded_in", "Secondment out": "seconded_out",
    "Seconded": "seconded_out", "Secondment": "seconded_out",
} | {kind.value: kind.value for kind in PostingKind}  # fmt: skip

REASONS = {reason.label: reason.value for reason in LeavingReason} | {
    "Resignation": "resigned", "Resigned": "resigned", "Retirement": "retired", "Retired": "retired",
    "Ill-health retirement": "medical", "Ill health retirement": "medical", "Transfer": "transferred",
    "Transferred": "transferred", "Transfer out": "transferred", "Dismissed": "dismissed",
    "Dismissal": "dismissed",
    "Redundant": "redundant", "End of contract": "redundant", "Deceased": "died", "Died": "died",
    "Death in service": "died",
} | {reason.value: reason.value for reason in LeavingReason}  # fmt: skip

COLUMNS = (
    ColumnSpec(
        "number", "Number", required=True, help="Collar or payroll number, unique in the force.",
        synonyms=("Collar number", "Collar no", "Payroll number", "Payroll no", "Employee number",
            "Employee ID",
                  "EmpID", "Emp no", "Staff number", "Staff no", "Personnel number", "Warrant number",
                  "Person ID",
                  "Shoulder number", "FIN", "Assignment number"),
    ),
    ColumnSpec(
        "family_name", "Family name", help="Or one column with the whole name.",
        synonyms=("Surname", "Last name", "LastName"),
    ),
    ColumnSpec(
        "given_names", "Given names",
        synonyms=("First name", "Forename", "Forenames", "First names", "Given name", "Known as"),
    ),
    ColumnSpec(
        "full_name", "Name",
        help="'Surname, Given names' or 'Given names Surname', instead of the two above.",
        synonyms=("Full name", "Employee name", "Person name", "Officer name"),
    ),
    ColumnSpec(
        "joined", "Joined", required=True, kind="date", help="First day of employment.",
        synonyms=("Date joined", "Joining date", "Join date", "Date of joining", "Hire date", "Date of hire",
                  "Start of employment", "Employment start", "Employment start date", "Service start",
                  "Date of appointment", "Appointed"),
    ),
    ColumnSpec(
        "left_on", "Left", kind="date", help="Last day of employment; empty while employed.",
        synonyms=("Date left", "Leaving date", "Leave date", "Date of leaving", "Termination date",
                  "Date of termination", "Employment end", "Employment end date", "Last day of service",
                  "Leaver date"),
    ),
    ColumnSpec(
        "leaving_reason", "Leaving reason", kind="choice", choices=REASONS,
        synonyms=("Reason for leaving", "Termination reason", "Term reason", "Leaver type"),
    ),
    ColumnSpec(
        "rank", "Rank or grade", help="Checked against the post's; nothing is stored.",
        synonyms=("Rank", "Grade", "Rank/Grade", "Substantive rank"),
    ),
    ColumnSpec(
        "post", "Post reference", help="The post held; empty for a person without one.",
        synonyms=("Post ref", "Post no", "Post number", "Post ID", "Position ID", "Position number", "Post",
            "Position",
                  "Post held"),
    ),
    ColumnSpec(
        "kind", "Posting kind", kind="choice", choices=KINDS, help="Substantive unless given.",
        synonyms=("Kind", "Posting type", "Assignment type", "Type of posting", "Appointment type",
            "Contract type"),
    ),
    ColumnSpec(
        "starts", "Posting start", kind="date", help="First day in the post.",
        synonyms=("Start", "Start date", "Posting start date", "Start in post", "Post start", "In post from",
            "In post since",
                  "Posted from", "Date in post", "Assignment start", "From", "Effective from"),
    ),
    ColumnSpec(
        "ends", "Posting end", kind="date",
        help="Last day in the post. Empty: until the post or employment ends.",
        synonyms=("End", "End date", "Posting end date", "End in post", "Post end", "In post until",
            "Posted until",
                  "Assignment end", "To", "Until", "Effective to"),
    ),
    ColumnSpec(
        "fte", "FTE", kind="decimal", help="0.8 or 80%; 1 unless given.",
        synonyms=("Person FTE", "Contract FTE", "Contracted FTE", "Full-time equivalent", "Working time"),
    ),
    ColumnSpec(
        "supernumerary", "Supernumerary", kind="yes_no", help="Yes: in the post without filling it.",
        synonyms=("Is supernumerary", "Super numerary", "Over establishment", "Additional to establishment"),
    ),
    ColumnSpec(
        "host", "Host", help="The other force or body of a secondment.",
        synonyms=("Host force", "Host body", "Host organisation", "Seconded to", "Seconded from"),
    ),
)  # fmt: skip

EXAMPLES = (
    ("1187", "Sample", "Alex", "", date(2009, 4, 6), "", "", "Constable", "B-1042", "Substantive",
     date(2016, 4, 1), "", Decimal(1), "No", ""),
    ("1188", "Pattern", "Robin", "", date(2011, 9, 5), "", "", "Sergeant", "B-1043", "Acting",
     date(2016, 5, 2), date(2016, 10, 31), Decimal("0.8"), "No", ""),
    ("S2041", "Specimen", "Kim", "", date(2014, 1, 6), date(2016, 6, 30), "Voluntary resignation",
     "Staff grade C", "S-0007", "Substantive", date(2014, 1, 6), "", Decimal("0.8"), "No", ""),
)  # fmt: skip
