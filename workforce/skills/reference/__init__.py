"""Skills that a police force commonly keeps, from `skills.csv`: where a force's own catalogue can begin.

Names, levels and how long each lasts are usual ones, not a national list: every force edits them.
"""

from decimal import Decimal
from pathlib import Path

from peelsite.forces.models import Force
from peelsite.forces.reference import Loaded, rows_load, rows_of
from workforce.skills.models import Skill

SKILLS_FILE = Path(__file__).with_name("skills.csv")


def skills_load(force: Force, *, restore: bool = False) -> Loaded:
    """Add what the force's catalogue lacks of the file, by code; what is there is kept as it is edited."""
    return rows_load(
        title=f"Skills of {force}",
        existing=Skill.objects.of_force(force),
        wanted=[
            Skill(
                force=force,
                code=row["code"],
                name=row["name"],
                group=row["group"],
                levels=row["levels"].split("|"),
                lasts_months=int(row["lasts_months"]) if row["lasts_months"] else None,
                short_below=Decimal(row["short_below"]).quantize(Decimal("0.001")),
                description=row["description"],
            )
            for row in rows_of(SKILLS_FILE)
        ],
        key=lambda skill: skill.code.upper(),
        fields=("name", "group", "levels", "lasts_months", "short_below", "description"),
        restore=restore,
    )
