"""The plan: what loading would do, counted, kept for the preview, and told apart from any other by a
digest."""

from dataclasses import dataclass

from peelsite.imports.engine.stage import Stage

DIGEST = """
SELECT encode(sha256(convert_to(concat(
    (SELECT string_agg(row_no || ' ' || outcome, ',' ORDER BY row_no) FROM import_outcome),
    '|',
    (SELECT string_agg(concat_ws(' ', row_no, column_name, quote_nullable(old), quote_nullable(new)), ','
                       ORDER BY row_no, column_name)
     FROM import_change row WHERE NOT EXISTS (SELECT 1 FROM import_issue
         WHERE import_issue.row_no = row.row_no)),
    '|',
    (SELECT string_agg(row_id || ' ' || is_blocked, ',' ORDER BY row_id) FROM import_missing
     WHERE %(as_at)s::date IS NOT NULL)
), 'UTF8')), 'hex')
"""

SAVE_ISSUES = """
INSERT INTO imports_importissue (batch_id, row_no, "column", value, sentence)
SELECT %(batch)s, row_no, column_name, COALESCE(value, ''), sentence FROM import_issue
"""

SAVE_ROWS = """
INSERT INTO imports_importrow (batch_id, row_no, outcome, key, label, changes, is_blocked)
SELECT %(batch)s, outcome.row_no, outcome.outcome, COALESCE(outcome.key, ''), COALESCE(outcome.label, ''),
       COALESCE(change.cells, '{}'), false
FROM import_outcome outcome
LEFT JOIN (
    SELECT row_no, jsonb_object_agg(column_name, jsonb_build_array(old, new)) AS cells
    FROM import_change GROUP BY row_no
) change ON change.row_no = outcome.row_no AND outcome.outcome = 'changed'
WHERE outcome.outcome <> 'unchanged'
"""

SAVE_MISSING = """
INSERT INTO imports_importrow (batch_id, row_no, outcome, key, label, changes, is_blocked)
SELECT %(batch)s, NULL, 'missing', key, label, '{}', is_blocked FROM import_missing
"""


@dataclass(frozen=True)
class Plan:
    """How many rows of the file are new, changed, unchanged and refused; rows of the site missing from it,
    and
    of those the ones that a full extract could not end; and the plan's digest."""

    new: int
    changed: int
    unchanged: int
    refused: int
    missing: int
    blocked: int
    digest: str

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "missing": self.missing,
            "blocked": self.blocked,
        }


def plan_made(stage: Stage) -> Plan:
    """Closes a check: refused rows are marked as such, everything is counted."""
    stage.run("ANALYZE import_issue")
    stage.run(
        "UPDATE import_outcome SET outcome = 'refused'"
        " WHERE row_no IN (SELECT row_no FROM import_issue) AND outcome <> 'refused'"
    )
    counts = dict(stage.rows("SELECT outcome, count(*) FROM import_outcome GROUP BY outcome"))
    missing, blocked = stage.rows("SELECT count(*), count(*) FILTER (WHERE is_blocked) FROM import_missing")[
        0
    ]
    return Plan(
        **{name: counts.get(name, 0) for name in ("new", "changed", "unchanged", "refused")},
        missing=missing,
        blocked=blocked,
        digest=stage.value(DIGEST),
    )


def plan_save(stage: Stage) -> None:
    """Keeps the plan for the preview, in place of the one before."""
    stage.run("DELETE FROM imports_importissue WHERE batch_id = %(batch)s")
    stage.run("DELETE FROM imports_importrow WHERE batch_id = %(batch)s")
    stage.run(SAVE_ISSUES)
    stage.run(SAVE_ROWS)
    stage.run(SAVE_MISSING)
