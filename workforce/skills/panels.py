"""What the page of a person shows of their skills."""

from typing import Any

from django.http import HttpRequest

from peelsite.accounts.permissions import Action
from peelsite.forces.selectors import opening_day
from workforce.people.models import Person
from workforce.skills.models import SkillState
from workforce.skills.selectors import skills_of


def panel(request: HttpRequest, person: Person, is_own: bool) -> dict[str, Any]:
    """The skills on the page of a person: what is in date, what was, and what the reader may do."""
    day = opening_day(person.force)
    user = request.user
    is_self = person.user_id == user.pk
    reach = user.reach(Action.SKILLS_CONFIRM, person.force)
    may_record = (
        bool(reach)
        and not is_self
        and (reach.is_whole or Person.objects.filter(pk=person.pk).within(reach, day).exists())
    )
    records = list(skills_of(person))
    return {
        "person": person,
        "records": records,
        "in_date": {row.pk for row in records if day in row.during},
        "may_record": may_record,
        "may_say": is_own and is_self and bool(user.reach(Action.OWN_RECORD_EDIT, person.force)),
        "may_open_skills": user.may(Action.ESTABLISHMENT_VIEW, person.force),
        "waits": SkillState.SELF_ASSESSED,
        "refused": SkillState.REFUSED,
    }
