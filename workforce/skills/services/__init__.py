"""Writes of skills: the catalogue, what is required, what people hold, courses and their places."""

from workforce.skills.services.catalogue import (
    SkillValues,
    requirement_create,
    requirement_end,
    requirement_remove,
    skill_change,
    skill_create,
    skill_remove,
    skill_retire,
)
from workforce.skills.services.records import (
    skill_confirm,
    skill_end,
    skill_record,
    skill_refuse,
    skill_self_assess,
    skill_withdraw,
    skills_confirm,
)
from workforce.skills.services.training import (
    CourseValues,
    course_cancel,
    course_change,
    course_create,
    course_remove,
    place_ask,
    place_move,
    place_offer,
    places_offer,
)

__all__ = [
    "CourseValues",
    "SkillValues",
    "course_cancel",
    "course_change",
    "course_create",
    "course_remove",
    "place_ask",
    "place_move",
    "place_offer",
    "places_offer",
    "requirement_create",
    "requirement_end",
    "requirement_remove",
    "skill_change",
    "skill_confirm",
    "skill_create",
    "skill_end",
    "skill_record",
    "skill_refuse",
    "skill_remove",
    "skill_retire",
    "skill_self_assess",
    "skill_withdraw",
    "skills_confirm",
]
