"""What people fill in about skills; each form calls one service."""

from workforce.skills.forms.catalogue import (
    RequirementCreateForm,
    RequirementEndForm,
    RequirementRemoveForm,
    SkillChangeForm,
    SkillCreateForm,
    SkillRemoveForm,
    SkillRetireForm,
)
from workforce.skills.forms.records import (
    DecideForm,
    EndForm,
    RecordForm,
    SelfAssessForm,
    TakeBackForm,
    WithdrawForm,
)
from workforce.skills.forms.training import (
    AskForm,
    CourseCancelForm,
    CourseChangeForm,
    CourseCreateForm,
    CourseRemoveForm,
    OfferForm,
    PlaceForm,
)

__all__ = [
    "AskForm",
    "CourseCancelForm",
    "CourseChangeForm",
    "CourseCreateForm",
    "CourseRemoveForm",
    "DecideForm",
    "EndForm",
    "OfferForm",
    "PlaceForm",
    "RecordForm",
    "RequirementCreateForm",
    "RequirementEndForm",
    "RequirementRemoveForm",
    "SelfAssessForm",
    "SkillChangeForm",
    "SkillCreateForm",
    "SkillRemoveForm",
    "SkillRetireForm",
    "TakeBackForm",
    "WithdrawForm",
]
