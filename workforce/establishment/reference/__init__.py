"""Ranks of police officers, and grades and designations of other workers, from `ranks.csv`."""

from pathlib import Path

from peelsite.forces.models import Force
from peelsite.forces.reference import Loaded, rows_load, rows_of
from workforce.establishment.models import Rank

RANKS_FILE = Path(__file__).with_name("ranks.csv")


def ranks_load(*, restore: bool = False) -> Loaded:
    """National ranks and the ranks of the two London forces. The forces must be loaded."""
    forces = {force.slug: force for force in Force.objects.all()}
    return rows_load(
        title="Ranks and grades",
        existing=Rank.objects.all(),
        wanted=[
            Rank(
                code=row["code"],
                force=forces[row["force"]] if row["force"] else None,
                name=row["name"],
                category=row["category"],
                order=int(row["order"]),
                is_federated=row["federated"] == "yes",
            )
            for row in rows_of(RANKS_FILE)
        ],
        key=lambda rank: (rank.force_id, rank.code.upper()),
        fields=("name", "category", "order", "is_federated"),
        restore=restore,
    )
