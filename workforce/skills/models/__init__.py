"""Skills: the catalogue, what is required, who holds what, and the training that closes gaps."""

from workforce.skills.models.catalogue import RequirementExtent, Skill, SkillGroup, SkillRequirement
from workforce.skills.models.records import PersonSkill, SkillState
from workforce.skills.models.training import NEXT, TAKING, Course, CoursePlace, CourseState, PlaceState

__all__ = [
    "NEXT",
    "TAKING",
    "Course",
    "CoursePlace",
    "CourseState",
    "PersonSkill",
    "PlaceState",
    "RequirementExtent",
    "Skill",
    "SkillGroup",
    "SkillRequirement",
    "SkillState",
]
