"""A small invented force on 31 March 2016 with other forces to compare it with.

Four posts of one FTE: three constables and a PCSO. Two constables and the PCSO are in post since 2010; B-3 is
vacant from the first. On 31 March 2011 two constables and the PCSO served as well.
"""

from datetime import date
from decimal import Decimal

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from peelsite.inspection.indicators.models import InspectionSetting
from peelsite.inspection.national.models import NationalTable, NationalWorkforce
from peelsite.inspection.summaries.calc import now_issue
from peelsite.inspection.summaries.models import Summary
from peelsite.inspection.summaries.services import summary_request, summary_write
from tests.factories import force_make, person_make, post_make, posting_make, unit_make

BASE, FEBRUARY, MARCH = date(2011, 3, 31), date(2016, 2, 29), date(2016, 3, 31)
# No name of anybody may be read in a summary; these would be found.
FAMILY_NAMES = ("Zebulonsworth", "Quixenhall", "Vorpington")


def small_force(name: str = "Testshire", *, unit: str = "Response", **fields) -> Force:
    force = force_make(name, **fields)
    response = unit_make(force, unit)
    InspectionSetting.objects.create(force=force, base_on=BASE)
    for number, (rank, family_name) in enumerate(zip(("CON", "CON", "PCSO"), FAMILY_NAMES, strict=True), 1):
        post = post_make(force, f"B-{number}", rank=rank, unit=response)
        posting_make(person_make(force, family_name=family_name), post)
    post_make(force, "B-4", unit=response)
    return force


def fill_vacancy(force: Force, on: date) -> None:
    """Somebody joins and takes the vacant post."""
    posting_make(person_make(force, joined=on), force.posts.get(reference="B-4"))


def national_rows(force: Force, others: int = 5) -> None:
    """Published figures of the force and of `others`, on the base day and on 31 March 2016."""
    table = NationalTable.objects.create(kind="workforce", file_name="invented.csv", digest="0", row_count=1)
    forces = [
        force,
        *(force_make(f"Other {n}", slug=f"other-{n}", keeps_records=False) for n in range(others)),
    ]
    NationalWorkforce.objects.bulk_create(
        NationalWorkforce(
            table=table,
            force=each,
            as_at=day,
            category=category,
            rank=category,
            sex="male",
            headcount=100,
            fte=Decimal(100 + number * step),
        )
        for number, each in enumerate(forces)
        for day, step in ((BASE, 1), (MARCH, 3))
        for category in ("officer", "staff", "pcso")
    )


def issue_write(force: Force, user: User, day: date = MARCH, *, token: str = "") -> Summary:
    """An issue sent by hand to one person, written; its message waits."""
    summary, _ = summary_request(
        force=force,
        issue=now_issue(token=token or f"token-{day}", day=day),
        as_at=day,
        requested_by=user,
        chosen=[user.pk],
    )
    return summary_write(summary_id=summary.pk)
