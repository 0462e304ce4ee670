"""Accounts for programs: who the token belongs to, its owner's tokens, and a force's members."""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.core.exceptions import ValidationError as Refused
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, force_of, require
from peelsite.accounts.invitations import password_link_send
from peelsite.accounts.models import ApiToken, Membership
from peelsite.accounts.permissions import ROLE_ACTIONS, Action, Role
from peelsite.accounts.selectors import memberships_of_user, tokens_of
from peelsite.accounts.services import (
    member_add,
    membership_change,
    membership_end,
    membership_renew,
    token_create,
    token_revoke,
)
from peelsite.forces.models import Force, Unit
from peelsite.history.api import ReasonedMixin
from peelsite.web.editing.api import GuardedMixin, VersionField, written
from peelsite.web.editing.records import Seen
from peelsite.web.editing.turns import in_turn


class OwnMembershipSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    unit = serializers.SlugRelatedField(slug_field="code", read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = ["force", "role", "unit", "actions"]

    def get_actions(self, membership) -> list[str]:
        allowed, token = set(ROLE_ACTIONS[membership.role]), self.context["request"].user.token
        return sorted(allowed if token is None else allowed & set(token.actions))


class MeSerializer(serializers.Serializer):
    email = serializers.EmailField()
    name = serializers.CharField()
    memberships = OwnMembershipSerializer(many=True)


class MeViewSet(viewsets.ViewSet):
    """The user of this request, and what they may do where."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=MeSerializer, operation_id="me_retrieve")
    def list(self, request) -> Response:
        user = request.user
        memberships = memberships_of_user(user)
        if user.token is not None and user.token.force_id is not None:
            memberships = memberships.filter(force=user.token.force_id)
        shown = {"email": user.email, "name": user.name, "memberships": memberships}
        return Response(MeSerializer(shown, context={"request": request}).data)


class OwnForceField(serializers.SlugRelatedField):
    """The slug of one of the user's own forces."""

    def __init__(self, **kwargs) -> None:
        super().__init__(slug_field="slug", **kwargs)

    def get_queryset(self):
        user = self.context["request"].user
        return Force.objects.filter(pk__in=[force.pk for force in user.forces()])


class TokenSerializer(serializers.ModelSerializer):
    actions = serializers.ListField(
        child=serializers.ChoiceField(choices=[(action.value, action.value) for action in Action]),
        allow_empty=False,
        help_text="What the token is for, of what its user may do.",
    )
    force = OwnForceField(
        required=False,
        allow_null=True,
        help_text="The only force that it reaches; null for all of its user's.",
    )
    expires_on = serializers.DateField(write_only=True)
    secret = serializers.CharField(
        read_only=True, help_text="Given once, in the answer that makes the token."
    )

    class Meta:
        model = ApiToken
        fields = [
            "id",
            "name",
            "actions",
            "force",
            "created_at",
            "expires_on",
            "expires_at",
            "revoked_at",
            "last_used_at",
            "secret",
        ]
        read_only_fields = ["created_at", "expires_at", "revoked_at", "last_used_at"]


class TokenViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet,
):
    """The user's own tokens, each for some actions and perhaps one force only.

    A program cannot make one, for who stole a token could then keep access for ever, and sees only its own.
    """

    permission_classes = [IsAuthenticated]
    serializer_class = TokenSerializer
    queryset = ApiToken.objects.none()

    def get_queryset(self):
        tokens = tokens_of(self.request.user)
        if isinstance(self.request.auth, ApiToken):
            return tokens.filter(pk=self.request.auth.pk)
        return tokens

    def perform_create(self, serializer) -> None:
        if isinstance(self.request.auth, ApiToken):
            raise PermissionDenied("Sign in to make a token; a token cannot make another.")
        if is_reauthentication_required(self.request, app=""):
            raise PermissionDenied("Sign in again to make a token: you signed in more than 15 minutes ago.")
        try:
            token, secret = token_create(user=self.request.user, **serializer.validated_data)
        except Refused as refused:
            raise ValidationError(_detail(refused)) from refused
        token.secret = secret
        serializer.instance = token

    def perform_destroy(self, instance) -> None:
        token_revoke(token=instance)


class MemberSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    unit = serializers.SlugRelatedField(slug_field="code", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)
    version = VersionField()

    class Meta:
        model = Membership
        fields = ["id", "force", "email", "name", "role", "unit", "is_active", "version"]


class NewMemberSerializer(serializers.Serializer):
    force = serializers.SlugField()
    email = serializers.EmailField()
    name = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=Role.choices)
    unit = serializers.CharField(required=False, allow_blank=True, help_text="Code of a unit head's unit.")


class MemberChangeSerializer(serializers.Serializer):
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    unit = serializers.CharField(required=False, allow_blank=True)
    is_active = serializers.BooleanField(required=False)


class MemberViewSet(GuardedMixin, ReasonedMixin, ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    """Memberships of the forces whose accounts the user looks after."""

    queryset = Membership.objects.select_related("user", "force", "unit").order_by("pk")
    serializer_class = MemberSerializer
    read_action = write_action = Action.ACCOUNTS_EDIT
    reasoned = frozenset({"partial_update"})
    filterset_fields = ["force__slug", "role", "is_active"]

    @extend_schema(request=NewMemberSerializer, responses={201: MemberSerializer})
    def create(self, request) -> Response:
        """Add a member; somebody who is new is sent a link to set a password."""
        asked = NewMemberSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        force = force_of(request.user, values.pop("force"))
        require(request.user, Action.ACCOUNTS_EDIT, force)
        unit = _unit(force, values.pop("unit", ""))
        try:
            membership = member_add(force=force, unit=unit, **values)
        except Refused as refused:
            raise ValidationError(_detail(refused)) from refused
        if not membership.user.has_usable_password():
            password_link_send(request, membership.user)
        return Response(MemberSerializer(membership).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=MemberChangeSerializer, responses=MemberSerializer)
    def partial_update(self, request, pk=None) -> Response:
        """Change the role, or end and renew the membership."""
        membership = self.get_object()
        asked = MemberChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        changed = written(_member_change, membership=membership, seen=self.seen(), **values)
        return Response(MemberSerializer(changed).data)


@in_turn
def _member_change(*, membership: Membership, seen: Seen, **values: Any) -> Membership:
    """All of a request or none of it; the first step compares what was seen, the others follow it."""
    if "role" in values or "unit" in values:
        unit = _unit(membership.force, values.get("unit", ""))
        role = values.get("role", membership.role)
        membership, seen = membership_change(membership=membership, role=role, unit=unit, seen=seen), None
    if values.get("is_active") is False and membership.is_active:
        membership, seen = membership_end(membership=membership, seen=seen), None
    if values.get("is_active") is True:
        membership = membership_renew(membership=membership, seen=seen)
    return membership


def _unit(force, code: str) -> Unit | None:
    if not code:
        return None
    unit = Unit.objects.filter(force=force, code=code).first()
    if unit is None:
        raise ValidationError({"unit": [f"{force.name} has no unit with the code {code}."]})
    return unit


def _detail(refused: Refused) -> dict[str, list[str]]:
    return refused.message_dict if hasattr(refused, "error_dict") else {"non_field_errors": refused.messages}


api_routes = [
    ("me", MeViewSet, "me"),
    ("tokens", TokenViewSet, "token"),
    ("members", MemberViewSet, "member"),
]
