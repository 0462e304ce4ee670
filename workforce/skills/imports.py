"""What a row of a capability survey means: who, which skill at which level, since when, and who says so."""

from collections.abc import Callable
from datetime import date

from peelsite.forces.models import Force
from peelsite.imports.calc import ColumnSpec
from peelsite.imports.engine.names import Directory, Found, named, names_resolve
from peelsite.imports.engine.stage import SOUND, Stage
from peelsite.imports.engine.undo import Undo, effects_begin
from peelsite.imports.targets import ImportTarget
from workforce.refusals import sentence_of
from workforce.skills.models import Skill

STATES = {
    "Self-assessed": "self_assessed", "Self assessed": "self_assessed", "Self": "self_assessed",
    "Claimed": "self_assessed", "Self-declared": "self_assessed", "Declared": "self_assessed",
    "Confirmed": "confirmed", "Accredited": "confirmed", "Verified": "confirmed", "Certified": "confirmed",
    "Qualified": "confirmed", "Supervisor": "confirmed", "Evidenced": "confirmed",
}  # fmt: skip

COLUMNS = (
    ColumnSpec(
        "number", "Number", required=True, help="Collar or payroll number of the person.",
        synonyms=("Collar number", "Collar no", "Payroll number", "Payroll no", "Employee number",
                  "Employee ID", "Staff number", "Personnel number", "Warrant number", "Person number"),
    ),
    ColumnSpec(
        "skill", "Skill", required=True, help="Name or code in the catalogue.",
        synonyms=("Skill name", "Skill code", "Competence", "Competency", "Capability", "Qualification",
                  "Accreditation", "Training"),
    ),
    ColumnSpec(
        "level", "Level", help="Its name or its number from 1; may be left out where a skill has one level.",
        synonyms=("Skill level", "Grade of skill", "Proficiency", "Competence level"),
    ),
    ColumnSpec(
        "state", "Confirmed or self-assessed", kind="choice", choices=STATES,
        help="Left out: self-assessed.",
        synonyms=("State", "Status", "Assessment", "Assessed by", "Source", "Confirmed", "Verification"),
    ),
    ColumnSpec(
        "since", "Date acquired", required=True, kind="date", help="First day on which it is held.",
        synonyms=("Date", "Acquired", "Held since", "Date achieved", "Date passed", "Date qualified",
                  "Start date", "From", "Assessed on", "Completion date"),
    ),
    ColumnSpec(
        "ends", "Expires", kind="date", help="Last day; left out, the catalogue says how long it lasts.",
        synonyms=("Expiry", "Expiry date", "Expiration date", "Valid until", "Valid to", "End date", "Until",
                  "Renewal date"),
    ),
    ColumnSpec(
        "evidence", "Evidence", synonyms=("Certificate", "Certificate number", "Comment", "Notes", "Proof"),
    ),
)  # fmt: skip

EXAMPLES = (
    (
        "1187", "Digital and cyber first response", "Trained", "Confirmed", date(2016, 3, 4),
        date(2019, 3, 3), "Course of 4 March 2016",
    ),
    ("2044", "Police driving", "Response", "Self-assessed", date(2015, 9, 21), date(2020, 9, 20), ""),
)  # fmt: skip

ROWS = f"""
SELECT row.row_no, row.number, row.skill, row.level AS written_level, row.since, row.ends,
       COALESCE(row.state, 'self_assessed') AS state, left(COALESCE(row.evidence, ''), 500) AS evidence,
       length(row.evidence) > 500 AS is_long,
       person.id AS person_id, person.user_id, person.employed,
       skill.id AS skill_id, skill.name AS skill_name, skill.levels, skill.retired_on,
       CASE WHEN row.level IS NULL THEN CASE WHEN cardinality(skill.levels) = 1 THEN 1 END
            WHEN row.level ~ '^[1-9]$' THEN row.level::int
            ELSE (SELECT place FROM unnest(skill.levels) WITH ORDINALITY AS known (name, place)
                  WHERE lower(known.name) = lower(trim(row.level))) END AS level,
       CASE WHEN row.ends IS NOT NULL THEN row.ends + 1
            ELSE (row.since + make_interval(months => skill.lasts_months))::date END AS until
FROM import_staged row
{named("skill")}
LEFT JOIN workforce_person person ON person.force_id = %(force)s AND person.number = row.number
LEFT JOIN workforce_skill skill ON skill.id = skill_name.row_id
"""

#: the record of the site that a sound row means: of the same skill and state, from the same day
MATCHED = f"""
SELECT row.*, daterange(row.since, row.until) AS during, held.id AS held_id, held.level AS old_level,
       held.during AS old_during, held.evidence AS old_evidence
FROM import_skill_row row
LEFT JOIN workforce_personskill held ON held.person_id = row.person_id AND held.skill_id = row.skill_id
    AND held.state = row.state AND lower(held.during) = row.since
WHERE {SOUND}
"""


def skills_finder(force: Force) -> Callable[[str], Found]:
    """Skills of the catalogue by code or name; retired ones too, as their sentence says more."""
    directory = Directory("skill")
    for skill in Skill.objects.of_force(force):
        directory.add(skill.pk, skill.code, skill.name, shown=skill.name)
    return directory.find


def skills_check(stage: Stage) -> None:
    names_resolve(stage, "skill", skills_finder(stage.force))
    stage.make("import_skill_row", ROWS, index=("row_no", "person_id"))
    _cells_check(stage)
    _dates_check(stage)
    _repeats_check(stage)
    stage.make("import_skill_new", MATCHED, index=("row_no",))
    _held_check(stage)
    stage.make("import_skill_new", MATCHED, index=("row_no",))
    _changes_note(stage)


def _cells_check(stage: Stage) -> None:
    stage.refuse(
        "number",
        "SELECT row_no, number, format('%%s is not a person of this force. Import the people first, or"
        " correct it.', number) FROM import_skill_row WHERE person_id IS NULL",
    )
    stage.refuse(
        "level",
        """SELECT row_no, written_level, CASE WHEN written_level IS NULL THEN
            format('Say at which level: %%s has %%s.', skill_name, array_to_string(levels, ', '))
            ELSE format('''%%s'' is not a level of %%s, which has %%s.', left(written_level, 60), skill_name,
                array_to_string(levels, ', ')) END
        FROM import_skill_row WHERE skill_id IS NOT NULL
          AND (level IS NULL OR level > cardinality(levels))""",
    )
    stage.refuse(
        "skill",
        "SELECT row_no, skill, format('%%s is retired since %%s.', skill_name, workforce_day(retired_on))"
        " FROM import_skill_row WHERE retired_on <= %(today)s",
    )
    stage.refuse(
        "evidence",
        "SELECT row_no, left(evidence, 60), 'The evidence has more than 500 characters.'"
        " FROM import_skill_row WHERE is_long",
    )
    stage.refuse(
        "state",
        """SELECT row.row_no, row.state,
            'Nobody confirms their own skills: this is the record of whoever uploaded the file.'
        FROM import_skill_row row JOIN imports_importbatch batch ON batch.id = %(batch)s
        WHERE row.state = 'confirmed' AND row.user_id = batch.uploaded_by_id""",
    )


def _dates_check(stage: Stage) -> None:
    stage.refuse(
        "since",
        "SELECT row_no, workforce_day(since), format('%%s is ahead: a skill is recorded once it is held.',"
        " workforce_day(since)) FROM import_skill_row WHERE since > %(today)s",
    )
    stage.refuse(
        "ends",
        "SELECT row_no, workforce_day(ends), format('It would expire on %%s, before it was acquired on %%s.',"
        " workforce_day(ends), workforce_day(since)) FROM import_skill_row WHERE until <= since",
    )
    stage.refuse(
        "since",
        """SELECT row_no, workforce_day(since), format('%%s left before that, on %%s.', number,
            workforce_day(upper(employed) - 1)) FROM import_skill_row WHERE upper(employed) <= since""",
    )


def _repeats_check(stage: Stage) -> None:
    """One row for each person, skill and state: a survey tells how things stand."""
    stage.refuse(
        "skill",
        f"""SELECT row_no, skill_name, format('%%s of %%s is in row %%s too; leave one of them out.',
            skill_name, number, first)
        FROM (SELECT row_no, skill_name, number,
                min(row_no) OVER (PARTITION BY person_id, skill_id, state) AS first
            FROM import_skill_row row WHERE {SOUND}) row
        WHERE row_no > first""",
    )


def _held_check(stage: Stage) -> None:
    """What is confirmed from a later day, or waits already, is in the way of a row."""
    stage.refuse(
        "since",
        f"""SELECT DISTINCT ON (row.row_no) row.row_no, workforce_day(row.since), CASE row.state
            WHEN 'confirmed' THEN format('%%s of %%s is confirmed from %%s already.', row.skill_name,
                row.number, workforce_day(lower(held.during)))
            ELSE format('A self-assessment of %%s by %%s waits already, from %%s. Decide on it first.',
                row.skill_name, row.number, workforce_day(lower(held.during))) END
        FROM import_skill_new row
        JOIN workforce_personskill held ON held.person_id = row.person_id AND held.skill_id = row.skill_id
            AND held.state = row.state AND held.during && row.during AND held.id IS DISTINCT FROM row.held_id
            AND (row.state <> 'confirmed' OR lower(held.during) > row.since)
        WHERE {SOUND} ORDER BY row.row_no, lower(held.during)""",
    )


def _changes_note(stage: Stage) -> None:
    stage.run(
        """INSERT INTO import_change
        SELECT row_no, 'level', levels[old_level], levels[level] FROM import_skill_new
        WHERE held_id IS NOT NULL AND level <> old_level
        UNION ALL
        SELECT row_no, 'ends', workforce_day(upper(old_during) - 1), workforce_day(upper(during) - 1)
        FROM import_skill_new
        WHERE held_id IS NOT NULL AND upper(during) IS DISTINCT FROM upper(old_during)
        UNION ALL
        SELECT row_no, 'evidence', NULLIF(old_evidence, ''), evidence FROM import_skill_new
        WHERE held_id IS NOT NULL AND evidence <> old_evidence"""
    )
    stage.run("CREATE INDEX ON import_change (row_no)")
    stage.run(
        """INSERT INTO import_outcome
        SELECT row.row_no, CASE WHEN known.held_id IS NULL THEN 'new'
            WHEN EXISTS (SELECT 1 FROM import_change change WHERE change.row_no = row.row_no) THEN 'changed'
            ELSE 'unchanged' END,
            row.number, concat_ws(', ', row.skill_name, row.levels[row.level])
        FROM import_skill_row row LEFT JOIN import_skill_new known ON known.row_no = row.row_no"""
    )


#: confirmed records that a new confirmed one takes over from: they end where it begins
CUT = """
SELECT held.id, daterange(lower(held.during), row.since) AS during FROM import_skill_new row
JOIN workforce_personskill held ON held.person_id = row.person_id AND held.skill_id = row.skill_id
    AND held.state = 'confirmed' AND held.during && row.during AND lower(held.during) < row.since
WHERE row.state = 'confirmed' AND row.held_id IS DISTINCT FROM held.id
"""

ALTERED = """
SELECT held_id AS id, level, during, evidence FROM import_skill_new
WHERE held_id IS NOT NULL AND (level, during, evidence) IS DISTINCT FROM (old_level, old_during, old_evidence)
"""


def skills_apply(stage: Stage) -> None:
    stage.make("import_skill_cut", CUT)
    stage.make("import_skill_altered", ALTERED)
    effects_begin(
        stage,
        "workforce_personskill",
        "SELECT id FROM import_skill_cut UNION SELECT id FROM import_skill_altered",
    )
    stage.run(
        """UPDATE workforce_personskill held SET during = cut.during
        FROM import_skill_cut cut WHERE cut.id = held.id"""
    )
    stage.run(
        """UPDATE workforce_personskill held
        SET level = altered.level, during = altered.during, evidence = altered.evidence
        FROM import_skill_altered altered WHERE altered.id = held.id"""
    )
    stage.run(
        """INSERT INTO workforce_personskill (force_id, person_id, skill_id, level, state, during, evidence,
            stated_by_id, stated_on, decided_by_id, decided_on, refusal, import_id)
        SELECT %(force)s, row.person_id, row.skill_id, row.level, row.state, row.during, row.evidence,
            batch.uploaded_by_id, %(today)s,
            CASE WHEN row.state = 'confirmed' THEN batch.uploaded_by_id END,
            CASE WHEN row.state = 'confirmed' THEN %(today)s::date END, '', %(batch)s
        FROM import_skill_new row JOIN imports_importbatch batch ON batch.id = %(batch)s
        WHERE row.held_id IS NULL ORDER BY row.row_no"""
    )


def skills_undo(undo: Undo) -> None:
    undo.delete("workforce_personskill")
    undo.restore("workforce_personskill")


SKILLS = ImportTarget(
    slug="skills",
    label="Capability survey",
    row_words="record,records",
    columns=COLUMNS,
    needs=(("number",), ("skill",), ("since",)),
    models=("workforce.PersonSkill",),
    check=skills_check,
    apply=skills_apply,
    undo=skills_undo,
    refusal=sentence_of,
    open_ended=("ends",),
    missing_words="record is,records are",
    missing_help="A survey leaves what it does not hold as it is.",
    key_table=("workforce_person", "number"),
    key_column="number",
    row_help="One row for each skill of each person, confirmed or as they say themselves",
    examples=EXAMPLES,
    order=30,
)
