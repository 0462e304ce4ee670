"""What the lists of skills are looked through by; pages and API share these."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from peelsite.forces.models import Area
from peelsite.web.lists import DayFilter
from workforce.establishment.filters import ANY, PlaceFilter, default_on
from workforce.establishment.models import Post, Role
from workforce.people.selectors import people_named
from workforce.skills.models import (
    Course,
    CoursePlace,
    CourseState,
    PersonSkill,
    PlaceState,
    Skill,
    SkillGroup,
    SkillRequirement,
    SkillState,
)
from workforce.skills.selectors import SHOWS


def _of_request(model: type) -> Any:
    """The rows a request may choose from: of the page's force, or of every force of the user in the API."""

    def rows(request: Any) -> QuerySet:
        force = getattr(request, "force", None)
        return model.objects.of_force(force) if force else model.objects.visible_to(request.user)

    return rows


class CoverageFilter(PlaceFilter):
    """The day, unit, area and group of skills that coverage is shown for."""

    type = rank = role = location = unit_only = funding = None
    area = django_filters.ModelChoiceFilter(
        label="Local policing area", queryset=_of_request(Area), empty_label=ANY, method="keep"
    )
    group = django_filters.ChoiceFilter(
        label="Skills", choices=SkillGroup, empty_label="Every group", method="keep"
    )

    class Meta:
        model = Post
        fields: list[str] = []

    @property
    def group_chosen(self) -> str:
        return self.cleaned.get("group") or ""

    @property
    def area_chosen(self) -> Area | None:
        return self.cleaned.get("area")


class SkillCoverageFilter(CoverageFilter):
    """Coverage of one skill."""

    group = None


class SkillFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Name or code", method="named")
    group = django_filters.ChoiceFilter(label="Group", choices=SkillGroup, empty_label="Every group")
    in_use_on = DayFilter(label="In use on", method="used")

    class Meta:
        model = Skill
        fields: list[str] = []

    def named(self, queryset: QuerySet[Skill], name: str, value: str) -> QuerySet[Skill]:
        return queryset.filter(Q(name__icontains=value) | Q(code__istartswith=value))

    def used(self, queryset: Any, name: str, value: date | None) -> QuerySet[Skill]:
        return queryset.in_use(value) if value else queryset


class _OnDayFilter(django_filters.FilterSet):
    """Pages give `default_day`, so that the list is of one day; without it (the API) rows of all times."""

    def __init__(self, data: Any = None, *args: Any, default_day: date | None = None, **kwargs: Any) -> None:
        super().__init__(default_on(data, default_day), *args, **kwargs)


class RequirementFilter(_OnDayFilter):
    on = DayFilter(label="Asked for on", field_name="during", lookup_expr="contains")
    skill = django_filters.ModelChoiceFilter(queryset=_of_request(Skill), empty_label="Every skill")
    role = django_filters.ModelChoiceFilter(queryset=_of_request(Role), empty_label="Every role")
    post = django_filters.CharFilter(
        label="Post reference", field_name="post__reference", lookup_expr="iexact"
    )

    class Meta:
        model = SkillRequirement
        fields: list[str] = []


class PersonSkillFilter(_OnDayFilter):
    on = DayFilter(label="In date on", field_name="during", lookup_expr="contains")
    skill = django_filters.ModelChoiceFilter(queryset=_of_request(Skill), empty_label="Every skill")
    state = django_filters.ChoiceFilter(choices=SkillState, empty_label=ANY)
    person = django_filters.NumberFilter(label="Person", field_name="person_id")
    expires_before = DayFilter(label="Expires before", method="expiring")

    class Meta:
        model = PersonSkill
        fields: list[str] = []

    def expiring(self, queryset: QuerySet, name: str, value: date | None) -> QuerySet:
        return queryset.filter(during__endswith__lte=value) if value else queryset


class WaitingFilter(django_filters.FilterSet):
    """Self-assessments that wait."""

    skill = django_filters.ModelChoiceFilter(queryset=_of_request(Skill), empty_label="Every skill")
    q = django_filters.CharFilter(label="Name or number", method="named")

    class Meta:
        model = PersonSkill
        fields: list[str] = []

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        model = queryset.model._meta.get_field("person").related_model
        people = people_named(model.objects.order_by(), value)
        return queryset.filter(person__in=people.values("pk"))


class CourseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Title or provider", method="named")
    skill = django_filters.ModelChoiceFilter(queryset=_of_request(Skill), empty_label="Every skill")
    state = django_filters.ChoiceFilter(choices=CourseState, empty_label=ANY)
    since = DayFilter(label="Ends on or after", field_name="during__endswith", lookup_expr="gt")
    until = DayFilter(label="Begins on or before", field_name="during__startswith", lookup_expr="lte")

    class Meta:
        model = Course
        fields: list[str] = []

    def named(self, queryset: QuerySet[Course], name: str, value: str) -> QuerySet[Course]:
        return queryset.filter(Q(title__icontains=value) | Q(provider__icontains=value))


class CoursePlaceFilter(django_filters.FilterSet):
    course = django_filters.ModelChoiceFilter(queryset=_of_request(Course), empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=PlaceState, empty_label=ANY)
    person = django_filters.NumberFilter(label="Person", field_name="person_id")

    class Meta:
        model = CoursePlace
        fields: list[str] = []


class BehindFilter(CoverageFilter):
    """The people behind a figure."""

    group = None
    skill = django_filters.ModelChoiceFilter(
        label="Skill", queryset=_of_request(Skill), empty_label=None, method="keep"
    )
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[(name, words) for name, (words, _) in SHOWS.items()],
        empty_label=None,
        method="keep",
    )

    class Meta:
        model = Post
        fields: list[str] = []

    @property
    def shown(self) -> str:
        return self.cleaned.get("show") or "required"


class HolderFilter(PersonSkillFilter):
    """Records of people's skills."""

    person = None

    class Meta:
        model = PersonSkill
        fields: list[str] = []
