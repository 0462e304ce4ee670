"""Skills for programs: the same services and rules as the pages."""

from typing import Any

from django.db.models import Q
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from peelsite.accounts.access import ActionPermission, ForceScopedMixin, force_of, require
from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.history.api import ReasonedMixin
from peelsite.web.editing.api import GuardedMixin, written
from workforce.filters import OfForceFilter
from workforce.people.models import Person
from workforce.skills import filters, services
from workforce.skills import serializers as shapes
from workforce.skills.models import Course, CoursePlace, PersonSkill, Skill, SkillRequirement
from workforce.skills.selectors import basis_of, coverage_on, shortages_in
from workforce.writing import EndSerializer


class _RoomViewSet(
    GuardedMixin, ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Counts and the catalogue are seen with the establishment; HR keeps them."""

    read_action, write_action = Action.ESTABLISHMENT_VIEW, Action.SKILLS_EDIT

    def given(self, serializer_class: Any) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def shown(self, row: Any, status: int = 200) -> Response:
        fresh = self.get_queryset().get(pk=row.pk)
        return Response(self.get_serializer(fresh).data, status=status)

    def by(self, row: Any) -> dict[str, Any]:
        """Who does it, and on which day of the force."""
        return {"user": self.request.user, "day": opening_day(row.force)}


class SkillApiFilter(filters.SkillFilter, OfForceFilter):
    class Meta(filters.SkillFilter.Meta):
        pass


class RequirementApiFilter(filters.RequirementFilter, OfForceFilter):
    class Meta(filters.RequirementFilter.Meta):
        pass


class PersonSkillApiFilter(filters.PersonSkillFilter, OfForceFilter):
    class Meta(filters.PersonSkillFilter.Meta):
        pass


class CourseApiFilter(filters.CourseFilter, OfForceFilter):
    class Meta(filters.CourseFilter.Meta):
        pass


class CoursePlaceApiFilter(filters.CoursePlaceFilter, OfForceFilter):
    class Meta(filters.CoursePlaceFilter.Meta):
        pass


class SkillViewSet(_RoomViewSet):
    """The catalogue. A skill that is not asked for any more is retired; one added by mistake is removed."""

    queryset = Skill.objects.select_related("force")
    serializer_class = shapes.SkillSerializer
    guarded = GuardedMixin.guarded | {"retire"}
    filterset_class = SkillApiFilter
    ordering_fields = ["name", "code", "group"]

    @extend_schema(request=shapes.SkillCreateSerializer, responses={201: shapes.SkillSerializer})
    def create(self, request):
        given = self.given(shapes.SkillCreateSerializer)
        force = given.pop("force")
        values = services.SkillValues(**given)
        return self.shown(written(services.skill_create, force=force, values=values), 201)

    @extend_schema(request=shapes.SkillValuesSerializer, responses=shapes.SkillSerializer)
    def update(self, request, pk=None):
        skill = self.get_object()
        values = services.SkillValues(**self.given(shapes.SkillValuesSerializer))
        return self.shown(written(services.skill_change, skill=skill, values=values, seen=self.seen()))

    @extend_schema(request=shapes.RetireSerializer, responses=shapes.SkillSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request, pk=None):
        """Ask nobody for the skill from a day on, or take it up again."""
        skill = self.get_object()
        given = self.given(shapes.RetireSerializer)
        return self.shown(written(services.skill_retire, skill=skill, seen=self.seen(), **given))

    @extend_schema(responses={204: None})
    def destroy(self, request, pk=None):
        """Remove a skill that was added by mistake."""
        written(services.skill_remove, skill=self.get_object(), seen=self.seen())
        return Response(status=204)


class RequirementViewSet(_RoomViewSet):
    """What roles and posts ask for. Without `on`, of all times."""

    queryset = SkillRequirement.objects.select_related("force")
    serializer_class = shapes.RequirementSerializer
    guarded = GuardedMixin.guarded | {"end"}
    filterset_class = RequirementApiFilter
    ordering_fields = ["during"]

    @extend_schema(request=shapes.RequirementCreateSerializer, responses={201: shapes.RequirementSerializer})
    def create(self, request):
        given = self.given(shapes.RequirementCreateSerializer)
        return self.shown(written(services.requirement_create, **given), 201)

    @extend_schema(request=EndSerializer, responses=shapes.RequirementSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Let the requirement end."""
        requirement, given = self.get_object(), self.given(EndSerializer)
        return self.shown(
            written(services.requirement_end, requirement=requirement, seen=self.seen(), **given)
        )

    @extend_schema(responses={204: None})
    def destroy(self, request, pk=None):
        """Take out a requirement that should never have been there."""
        written(services.requirement_remove, requirement=self.get_object(), seen=self.seen())
        return Response(status=204)


def _of_people_within(reach: Reach, force: Force) -> Q:
    people = Person.objects.of_force(force).within(reach, opening_day(force))
    return Q(person__in=people.order_by().values("pk"))


class PersonSkillViewSet(ReasonedMixin, _RoomViewSet):
    """Who holds what. Without `on`, of all times. Nobody decides on their own."""

    queryset = PersonSkill.objects.select_related("force")
    serializer_class = shapes.PersonSkillSerializer
    read_action, write_action = Action.PEOPLE_VIEW, Action.SKILLS_CONFIRM
    narrowed = staticmethod(_of_people_within)
    guarded = GuardedMixin.guarded | {"confirm", "refuse", "end"}
    reasoned = frozenset({"destroy"})
    filterset_class = PersonSkillApiFilter
    ordering_fields = ["during", "stated_on"]

    @extend_schema(request=shapes.PersonSkillCreateSerializer, responses={201: shapes.PersonSkillSerializer})
    def create(self, request):
        """Record a proven skill of a person within reach."""
        given = self.given(shapes.PersonSkillCreateSerializer)
        person_within(request, given["person"])
        return self.shown(written(services.skill_record, **given, **self.by(given["person"])), 201)

    @extend_schema(request=None, responses=shapes.PersonSkillSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk=None):
        """Confirm a self-assessment."""
        held = self.get_object()
        return self.shown(written(services.skill_confirm, held=held, seen=self.seen(), **self.by(held)))

    @extend_schema(request=shapes.RefuseSerializer, responses=shapes.PersonSkillSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request, pk=None):
        """Do not confirm a self-assessment; the person reads the reason."""
        held, given = self.get_object(), self.given(shapes.RefuseSerializer)
        return self.shown(
            written(services.skill_refuse, held=held, seen=self.seen(), **given, **self.by(held))
        )

    @extend_schema(request=EndSerializer, responses=shapes.PersonSkillSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Let a skill expire on another day."""
        held, given = self.get_object(), self.given(EndSerializer)
        return self.shown(
            written(services.skill_end, held=held, seen=self.seen(), user=request.user, **given)
        )

    @extend_schema(responses={204: None})
    def destroy(self, request, pk=None):
        """Withdraw a record that should not be there."""
        held = self.get_object()
        written(services.skill_withdraw, held=held, user=request.user, seen=self.seen())
        return Response(status=204)


class CourseViewSet(_RoomViewSet):
    """Courses that give a skill."""

    queryset = Course.objects.select_related("force").with_taken().order_by("during", "pk")
    serializer_class = shapes.CourseSerializer
    guarded = GuardedMixin.guarded | {"cancel"}
    filterset_class = CourseApiFilter
    ordering_fields = ["during", "title"]

    @extend_schema(request=shapes.CourseValuesSerializer, responses={201: shapes.CourseSerializer})
    def create(self, request):
        values = services.CourseValues(**self.given(shapes.CourseValuesSerializer))
        return self.shown(written(services.course_create, force=values.skill.force, values=values), 201)

    @extend_schema(request=shapes.CourseValuesSerializer, responses=shapes.CourseSerializer)
    def update(self, request, pk=None):
        course = self.get_object()
        values = services.CourseValues(**self.given(shapes.CourseValuesSerializer))
        return self.shown(written(services.course_change, course=course, values=values, seen=self.seen()))

    @extend_schema(request=None, responses=shapes.CourseSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request, pk=None):
        """Cancel the course; its places are given up."""
        return self.shown(written(services.course_cancel, course=self.get_object(), seen=self.seen()))

    @extend_schema(responses={204: None})
    def destroy(self, request, pk=None):
        """Remove a course that was planned by mistake."""
        written(services.course_remove, course=self.get_object(), seen=self.seen())
        return Response(status=204)


class CoursePlaceViewSet(_RoomViewSet):
    """Who asked for a place of a course, and who has one."""

    queryset = CoursePlace.objects.select_related("force")
    serializer_class = shapes.CoursePlaceSerializer
    read_action, write_action = Action.PEOPLE_VIEW, Action.SKILLS_CONFIRM
    actions_by_name = {"move": Action.SKILLS_EDIT}
    narrowed = staticmethod(_of_people_within)
    guarded = GuardedMixin.guarded | {"move"}
    filterset_class = CoursePlaceApiFilter
    ordering_fields = ["state"]

    @extend_schema(request=shapes.CoursePlaceCreateSerializer, responses={201: shapes.CoursePlaceSerializer})
    def create(self, request):
        """Ask for a place for a person within reach."""
        given = self.given(shapes.CoursePlaceCreateSerializer)
        person_within(request, given["person"])
        return self.shown(written(services.place_ask, **given, **self.by(given["person"])), 201)

    @extend_schema(request=shapes.PlaceMoveSerializer, responses=shapes.CoursePlaceSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request, pk=None):
        """Offer a place that was asked for, or say what became of one. Who passes holds the skill."""
        place, given = self.get_object(), self.given(shapes.PlaceMoveSerializer)
        return self.shown(
            written(services.place_move, place=place, seen=self.seen(), **given, **self.by(place))
        )


def person_within(request: Any, person: Person) -> None:
    """Raise PermissionDenied for somebody who is in none of the units of the user."""
    reach = request.user.reach(Action.SKILLS_CONFIRM, person.force)
    if not Person.objects.filter(pk=person.pk).within(reach, opening_day(person.force)).exists():
        raise PermissionDenied


_COMPUTED = [
    OpenApiParameter("force", OpenApiTypes.STR, required=True, description="Slug of the force"),
    OpenApiParameter("on", OpenApiTypes.DATE, description="The day; else the day the force opens on"),
    OpenApiParameter("at", OpenApiTypes.DATE, description="A later day to look ahead to; else the same"),
    OpenApiParameter("unit", OpenApiTypes.INT, description="Id of a unit, with all below it"),
]


class _AheadFilter(filters.CoverageFilter):
    """The page's filter, and a later day to look ahead to."""

    at = filters.DayFilter(label="Look ahead to", method="keep")


class SkillCoverageViewSet(viewsets.ViewSet):
    """What is required and held, by skill and department, on a day or as expected on a later one."""

    permission_classes = [ActionPermission]
    read_action = write_action = Action.ESTABLISHMENT_VIEW
    filter_backends: list[type] = []
    pagination_class = None

    @extend_schema(parameters=_COMPUTED, responses=shapes.CoverageSerializer(many=True))
    def list(self, request):
        request.force = force_of(request.user, request.query_params.get("force", ""))
        require(request.user, self.read_action, request.force)
        asked = _AheadFilter(request.query_params, request=request, default_day=opening_day(request.force))
        if not asked.form.is_valid():
            raise serializers.ValidationError(asked.form.errors)
        on = max(asked.cleaned.get("at") or asked.day, asked.day)
        found = coverage_on(basis_of(request.force, asked.day), on, looks_ahead=True)
        short = {(each.skill.pk, each.unit.pk) for each in shortages_in(found)}
        rows = [
            {**vars(figures), "low": figures.low, "high": figures.high}
            | {"skill": skill, "unit": unit, "is_short": (skill, unit) in short}
            for (skill, unit), figures in sorted(found.within(asked.chosen_unit).by_place.items())
        ]
        return Response(shapes.CoverageSerializer(rows, many=True).data)


api_routes = [
    ("skills", SkillViewSet, "skill"),
    ("skill-requirements", RequirementViewSet, "skill-requirement"),
    ("person-skills", PersonSkillViewSet, "person-skill"),
    ("courses", CourseViewSet, "course"),
    ("course-places", CoursePlaceViewSet, "course-place"),
    ("skill-coverage", SkillCoverageViewSet, "skill-coverage"),
]
