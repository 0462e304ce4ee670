"""Where the pages of skills stand, and what their links carry along."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from workforce.skills.models import Course, Skill

Crumb = tuple[str, str]


def top(force: Force) -> Crumb:
    return ("Skills", reverse("skills:overview", args=[force.slug]))


def catalogue(force: Force) -> Crumb:
    return ("Catalogue", reverse("skills:catalogue", args=[force.slug]))


def requirements(force: Force) -> Crumb:
    return ("Requirements", reverse("skills:requirements", args=[force.slug]))


def training(force: Force) -> Crumb:
    return ("Training plan", reverse("skills:training", args=[force.slug]))


def to_confirm(force: Force) -> Crumb:
    return ("Skills to confirm", reverse("skills:to-confirm", args=[force.slug]))


def of_skill(skill: Skill, force: Force) -> Crumb:
    return (str(skill), reverse("skills:skill", args=[force.slug, skill.pk]))


def of_course(course: Course, force: Force) -> Crumb:
    return (str(course), reverse("skills:course", args=[force.slug, course.pk]))


def query(day: date, **more: Any) -> str:
    """'?on=2016-03-31&unit=4': what is not empty."""
    return "?" + urlencode({"on": day.isoformat()} | {name: value for name, value in more.items() if value})


def places(request: HttpRequest, force: Force) -> list[tuple[str, str, bool]]:
    """The pages of the room that the reader may open: label, address, whether it is this one."""
    found = [
        ("Coverage", "overview", True),
        ("Shortages", "shortages", True),
        ("By unit", "matrix", True),
        ("To confirm", "to-confirm", bool(request.user.reach(Action.SKILLS_CONFIRM, force))),
        ("Training plan", "training", True),
        ("Requirements", "requirements", True),
        ("Catalogue", "catalogue", True),
    ]
    links = ((label, reverse(f"skills:{name}", args=[force.slug]), may) for label, name, may in found)
    return [(label, href, href == request.path) for label, href, may in links if may]
