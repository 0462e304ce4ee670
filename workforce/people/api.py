"""People, postings, absences and limited duties, for programs. Health records need `health.view`."""

from typing import Any

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin
from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.audit.models import SensitiveKind
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.history.api import ReasonedMixin
from peelsite.web.editing.api import GuardedMixin, VersionField, written
from workforce.establishment.models import Post
from workforce.filters import OfForceFilter
from workforce.health.reasons import LONGEST, SHORTEST, look_record
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
    person = OfForceField(model=Person, action=Action.HEALTH_EDIT)
    starts_on = serializers.DateField()
    ends_before = serializers.DateField(required=False, allow_null=True)


class AbsenceCreateSerializer(_SpellCreateSerializer):
    kind = serializers.ChoiceField(AbsenceKind.choices)


class LimitedDutyCreateSerializer(_SpellCreateSerializer):
    kind = serializers.ChoiceField(LimitedDutyKind.choices)


class PersonApiFilter(filters.PersonFilter, OfForceFilter):
    class Meta(filters.PersonFilter.Meta):
        pass


class PostingApiFilter(filters.PostingFilter, OfForceFilter):
    class Meta(filters.PostingFilter.Meta):
        pass


class AbsenceApiFilter(filters.AbsenceFilter, OfForceFilter):
    class Meta(filters.AbsenceFilter.Meta):
        pass


class LimitedDutyApiFilter(filters.LimitedDutyFilter, OfForceFilter):
    class Meta(filters.LimitedDutyFilter.Meta):
        pass


class _RecordViewSet(
    GuardedMixin,
    ReasonedMixin,
    ForceScopedMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    def given(self, serializer_class) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def shown(self, row: Any, status: int = 200) -> Response:
        return Response(self.get_serializer(row).data, status=status)


def _people_within(reach: Reach, force: Force) -> Q:
    """As on the pages: who is posted in the units on the day that those open on."""
    people = Person.objects.of_force(force).within(reach, opening_day(force))
    return Q(pk__in=people.order_by().values("pk"))


class PersonViewSet(_RecordViewSet):
    """People. Without `on`, of all times."""

    queryset = Person.objects.select_related("force")
    serializer_class = PersonSerializer
    read_action, write_action = Action.PEOPLE_VIEW, Action.PEOPLE_EDIT
    narrowed = staticmethod(_people_within)
    guarded = GuardedMixin.guarded | {"leave"}
    reasoned = frozenset({"update"})
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
    narrowed = staticmethod(lambda reach, force: reach.in_units("post__unit__path"))
    guarded = GuardedMixin.guarded | {"end"}
    reasoned = frozenset({"destroy"})
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


REASON_HEADER = OpenApiParameter(
    "X-Reason",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="Why these health records are needed; kept with the request.",
)


class _HealthViewSet(_RecordViewSet):
    """Reading needs `health.view`, and a reason, which is logged; writing needs `health.edit`."""

    read_action, write_action = Action.HEALTH_VIEW, Action.HEALTH_EDIT
    guarded = GuardedMixin.guarded | {"end"}
    ordering_fields = ["during"]

    @extend_schema(parameters=[REASON_HEADER])
    def list(self, request, *args, **kwargs):
        reason = self._reason()
        answer = super().list(request, *args, **kwargs)
        rows = answer.data["results"]
        self._look_record(
            Person.objects.filter(pk__in={row["person"] for row in rows}), reason, SensitiveKind.HEALTH_LIST
        )
        return answer

    @extend_schema(parameters=[REASON_HEADER])
    def retrieve(self, request, *args, **kwargs):
        reason = self._reason()
        answer = super().retrieve(request, *args, **kwargs)
        self._look_record(
            Person.objects.filter(pk=answer.data["person"]), reason, SensitiveKind.HEALTH_RECORD
        )
        return answer

    def _reason(self) -> str:
        reason = self.request.headers.get("X-Reason", "").strip()
        if not SHORTEST <= len(reason) <= LONGEST:
            raise serializers.ValidationError(
                {
                    "detail": "Say in the header X-Reason why these health records are needed, "
                    f"in {SHORTEST} to {LONGEST} characters; it is kept with the request."
                }
            )
        return reason

    def _look_record(self, people, reason: str, kind: SensitiveKind) -> None:
        """One entry a force: a list may span those of the user."""
        by_force: dict[Force, list[Person]] = {}
        for person in people.select_related("force"):
            by_force.setdefault(person.force, []).append(person)
        for force, looked_at in by_force.items():
            look_record(self.request, force, looked_at, kind=kind, reason=reason)


class AbsenceViewSet(_HealthViewSet):
    """Times away from work. Reading needs `health.view` and a reason; writing needs `health.edit`."""

    queryset = Absence.objects.select_related("force")
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceApiFilter

    @extend_schema(request=AbsenceCreateSerializer, responses={201: AbsenceSerializer})
    def create(self, request):
        given = self.given(AbsenceCreateSerializer)
        return self.shown(written(services.absence_record, **given), 201)

    @extend_schema(request=EndSerializer, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Record that the person is back."""
        absence = self.get_object()
        given = self.given(EndSerializer)
        return self.shown(written(services.absence_end, absence=absence, seen=self.seen(), **given))


class LimitedDutyViewSet(_HealthViewSet):
    """Times at work but not on full duties. Reading needs `health.view` and a reason."""

    queryset = LimitedDuty.objects.select_related("force")
    serializer_class = LimitedDutySerializer
    filterset_class = LimitedDutyApiFilter

    @extend_schema(request=LimitedDutyCreateSerializer, responses={201: LimitedDutySerializer})
    def create(self, request):
        given = self.given(LimitedDutyCreateSerializer)
        return self.shown(written(services.limited_duty_record, **given), 201)

    @extend_schema(request=EndSerializer, responses=LimitedDutySerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Record that the person is on full duties again."""
        duty = self.get_object()
        given = self.given(EndSerializer)
        return self.shown(written(services.limited_duty_end, duty=duty, seen=self.seen(), **given))


api_routes = [
    ("people", PersonViewSet, "person"),
    ("postings", PostingViewSet, "posting"),
    ("absences", AbsenceViewSet, "absence"),
    ("limited-duties", LimitedDutyViewSet, "limited-duty"),
]
