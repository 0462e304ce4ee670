"""People, postings, absences and limited duties, for programs. Health records need `health.view`."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, require
from peelsite.accounts.permissions import Action
from peelsite.web.editing.api import GuardedMixin, VersionField, written
from workforce.establishment.models import Post
from workforce.people import filters, services
from workforce.people.models import (
    Absence,
    AbsenceKind,
    LeavingReason,
    LimitedDuty,
    LimitedDutyKind,
    Person,
    Posting,
    PostingKind,
)
from workforce.writing import EndSerializer, ForceField, OfForceField

_EDIT = {"action": Action.PEOPLE_EDIT}


class PersonSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    employed_from = serializers.DateField(source="employed.lower", read_only=True)
    employed_until = serializers.DateField(source="employed.upper", read_only=True, allow_null=True)
    version = VersionField()

    class Meta:
        model = Person
        fields = [
            "id",
            "force",
            "number",
            "family_name",
            "given_names",
            "employed_from",
            "employed_until",
            "leaving_reason",
            "version",
        ]


class PersonCorrectSerializer(serializers.Serializer):
    number = serializers.CharField(max_length=20)
    family_name = serializers.CharField(max_length=80)
    given_names = serializers.CharField(max_length=80, allow_blank=True)
    employed_from = serializers.DateField()


class PersonCreateSerializer(serializers.Serializer):
    force = ForceField(**_EDIT)
    number = serializers.CharField(max_length=20)
    family_name = serializers.CharField(max_length=80)
    given_names = serializers.CharField(max_length=80, allow_blank=True, default="")
    employed_from = serializers.DateField()


class PersonLeaveSerializer(serializers.Serializer):
    leaves_before = serializers.DateField(help_text="First day no longer employed.")
    reason = serializers.ChoiceField(LeavingReason.choices)


class _SpellSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    starts_on = serializers.DateField(source="during.lower", read_only=True)
    ends_before = serializers.DateField(source="during.upper", read_only=True, allow_null=True)
    version = VersionField()


class PostingSerializer(_SpellSerializer):
    class Meta:
        model = Posting
        fields = [
            "id",
            "force",
            "person",
            "post",
            "kind",
            "is_away",
            "fte",
            "is_supernumerary",
            "host",
            "starts_on",
            "ends_before",
            "version",
        ]


class PostingCreateSerializer(serializers.Serializer):
    person = OfForceField(model=Person, **_EDIT)
    post = OfForceField(model=Post, allow_null=True, **_EDIT)
    kind = serializers.ChoiceField(PostingKind.choices, default=PostingKind.SUBSTANTIVE)
    starts_on = serializers.DateField()
    ends_before = serializers.DateField(required=False, allow_null=True)
    fte = serializers.DecimalField(max_digits=5, decimal_places=4, default="1")
    is_supernumerary = serializers.BooleanField(default=False)
    host = serializers.CharField(max_length=100, allow_blank=True, default="")
    ends_present = serializers.BooleanField(
        default=False, help_text="End the posting of the same sort that runs then on the day before."
    )


class AbsenceSerializer(_SpellSerializer):
    class Meta:
        model = Absence
        fields = ["id", "force", "person", "kind", "starts_on", "ends_before", "version"]


class LimitedDutySerializer(_SpellSerializer):
    class Meta:
        model = LimitedDuty
        fields = ["id", "force", "person", "kind", "starts_on", "ends_before", "version"]


class _SpellCreateSerializer(serializers.Serializer):
    person = OfForceField(model=Person, **_EDIT)
    starts_on = serializers.DateField()
    ends_before = serializers.DateField(required=False, allow_null=True)


class AbsenceCreateSerializer(_SpellCreateSerializer):
    kind = serializers.ChoiceField(AbsenceKind.choices)


class LimitedDutyCreateSerializer(_SpellCreateSerializer):
    kind = serializers.ChoiceField(LimitedDutyKind.choices)


class _ForceFilter(django_filters.FilterSet):
    force = django_filters.CharFilter(field_name="force__slug", label="Slug of the force")


class PersonApiFilter(filters.PersonFilter, _ForceFilter):
    class Meta(filters.PersonFilter.Meta):
        pass


class PostingApiFilter(filters.PostingFilter, _ForceFilter):
    class Meta(filters.PostingFilter.Meta):
        pass


class AbsenceApiFilter(filters.AbsenceFilter, _ForceFilter):
    class Meta(filters.AbsenceFilter.Meta):
        pass


class LimitedDutyApiFilter(filters.LimitedDutyFilter, _ForceFilter):
    class Meta(filters.LimitedDutyFilter.Meta):
        pass


class _RecordViewSet(
    GuardedMixin, ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    def given(self, serializer_class) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def shown(self, row: Any, status: int = 200) -> Response:
        return Response(self.get_serializer(row).data, status=status)


class PersonViewSet(_RecordViewSet):
    """People. Without `on`, of all times."""

    queryset = Person.objects.select_related("force")
    serializer_class = PersonSerializer
    read_action, write_action = Action.PEOPLE_VIEW, Action.PEOPLE_EDIT
    guarded = GuardedMixin.guarded | {"leave"}
    filterset_class = PersonApiFilter
    ordering_fields = ["number", "family_name", "employed"]

    @extend_schema(request=PersonCreateSerializer, responses={201: PersonSerializer})
    def create(self, request):
        return self.shown(written(services.person_create, **self.given(PersonCreateSerializer)), 201)

    @extend_schema(request=PersonCorrectSerializer, responses=PersonSerializer)
    def update(self, request, pk=None):
        given = self.given(PersonCorrectSerializer)
        return self.shown(
            written(services.person_correct, person=self.get_object(), seen=self.seen(), **given)
        )

    @extend_schema(request=PersonLeaveSerializer, responses=PersonSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request, pk=None):
        """Record that the person leaves; postings, absences and limited duties end with it."""
        given = self.given(PersonLeaveSerializer)
        return self.shown(written(services.person_leave, person=self.get_object(), seen=self.seen(), **given))


class PostingViewSet(_RecordViewSet):
    """Postings. Without `on`, of all times."""

    queryset = Posting.objects.select_related("force")
    serializer_class = PostingSerializer
    read_action, write_action = Action.PEOPLE_VIEW, Action.PEOPLE_EDIT
    guarded = GuardedMixin.guarded | {"end"}
    filterset_class = PostingApiFilter
    ordering_fields = ["during", "fte"]

    @extend_schema(request=PostingCreateSerializer, responses={201: PostingSerializer})
    def create(self, request):
        return self.shown(written(services.posting_create, **self.given(PostingCreateSerializer)), 201)

    @extend_schema(request=EndSerializer, responses=PostingSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Let the posting end."""
        given = self.given(EndSerializer)
        return self.shown(written(services.posting_end, posting=self.get_object(), seen=self.seen(), **given))

    @extend_schema(responses={204: None})
    def destroy(self, request, pk=None):
        """Withdraw a posting that should not have been recorded; the history keeps it."""
        written(services.posting_withdraw, posting=self.get_object(), seen=self.seen())
        return Response(status=204)


class _HealthViewSet(_RecordViewSet):
    """Reading needs `health.view`; writing needs `people.edit` as well."""

    read_action = write_action = Action.HEALTH_VIEW
    guarded = GuardedMixin.guarded | {"end"}
    ordering_fields = ["during"]

    def require_edit(self, force) -> None:
        for needed in (Action.PEOPLE_EDIT, Action.HEALTH_VIEW):
            require(self.request.user, needed, force)


class AbsenceViewSet(_HealthViewSet):
    """Times away from work. Reading needs `health.view`; writing needs `people.edit` as well."""

    queryset = Absence.objects.select_related("force")
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceApiFilter

    @extend_schema(request=AbsenceCreateSerializer, responses={201: AbsenceSerializer})
    def create(self, request):
        given = self.given(AbsenceCreateSerializer)
        self.require_edit(given["person"].force)
        return self.shown(written(services.absence_record, **given), 201)

    @extend_schema(request=EndSerializer, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Record that the person is back."""
        absence = self.get_object()
        self.require_edit(absence.force)
        given = self.given(EndSerializer)
        return self.shown(written(services.absence_end, absence=absence, seen=self.seen(), **given))


class LimitedDutyViewSet(_HealthViewSet):
    """Times at work but not on full duties. Reading needs `health.view`; writing also needs `people.edit`."""

    queryset = LimitedDuty.objects.select_related("force")
    serializer_class = LimitedDutySerializer
    filterset_class = LimitedDutyApiFilter

    @extend_schema(request=LimitedDutyCreateSerializer, responses={201: LimitedDutySerializer})
    def create(self, request):
        given = self.given(LimitedDutyCreateSerializer)
        self.require_edit(given["person"].force)
        return self.shown(written(services.limited_duty_record, **given), 201)

    @extend_schema(request=EndSerializer, responses=LimitedDutySerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Record that the person is on full duties again."""
        duty = self.get_object()
        self.require_edit(duty.force)
        given = self.given(EndSerializer)
        return self.shown(written(services.limited_duty_end, duty=duty, seen=self.seen(), **given))


api_routes = [
    ("people", PersonViewSet, "person"),
    ("postings", PostingViewSet, "posting"),
    ("absences", AbsenceViewSet, "absence"),
    ("limited-duties", LimitedDutyViewSet, "limited-duty"),
]
