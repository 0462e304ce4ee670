"""What the page of a person shows of their next post."""

from typing import Any

from django.http import HttpRequest

from peelsite.accounts.permissions import Action
from workforce.boards.matching.models import MovePreference
from workforce.people.models import Person


def panel(request: HttpRequest, person: Person, is_own: bool) -> dict[str, Any]:
    """For HR and for the person: whether preferences are there, and the way to them. Heads see none of it."""
    user = request.user
    is_self = is_own and person.user_id == user.pk
    may_say = is_self and bool(user.reach(Action.OWN_RECORD_EDIT, person.force))
    may_keep = user.may(Action.PEOPLE_EDIT, person.force)
    if not may_say and not may_keep:
        return {"is_shown": False}
    preference = MovePreference.objects.filter(person=person).first()
    return {
        "is_shown": True,
        "is_own": may_say,
        "person": person,
        "preference": preference,
        "force": person.force,
    }
