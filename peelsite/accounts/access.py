"""How pages and the API ask: which force is this, and may this user do that here?"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.permissions import BasePermission

from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.accounts.token_scope import check_action, check_force, check_force_named
from peelsite.forces.models import Force, ForceQuerySet


def force_of(user, slug: str) -> Force:
    """The force with this slug if the user is a member; else Http404, so that a stranger learns nothing."""
    for force in user.forces():
        if force.slug == slug:
            return force
    check_force_named(user, slug)
    raise Http404


def require(user, action: Action, force: Force) -> None:
    """Raise PermissionDenied unless one of the user's roles allows the action in the whole force."""
    check_action(user, action)
    check_force(user, force)
    if not user.may(action, force):
        raise PermissionDenied


def forces_allowing(user, action: Action) -> ForceQuerySet:
    """Forces in the whole of which the user may do `action`: the filter under lists that span forces."""
    return Force.objects.filter(pk__in=[force.pk for force in _forces_of(user) if user.may(action, force)])


def forces_reached(user, action: Action) -> list[Force]:
    """Forces in which the user may do `action` at all, if only in some units."""
    return [force for force in _forces_of(user) if user.reach(action, force)]


def rows_within(
    user, action: Action, *, force_field: str = "force", narrowed: Callable[[Reach, Force], Q] | None = None
) -> Q:
    """The condition on rows that the user may do `action` with, in all their forces.

    `narrowed` says which rows a reach of less than the whole force covers; without it there are none.
    """
    whole, found = [], Q(pk__in=[])
    for force in forces_reached(user, action):
        reach = user.reach(action, force)
        if reach.is_whole:
            whole.append(force.pk)
        elif narrowed is not None:
            found |= Q(**{force_field: force}) & narrowed(reach, force)
    return found | Q(**{f"{force_field}__in": whole})


def _forces_of(user) -> list[Force]:
    return user.forces() if user.is_authenticated else []


def force_page(action: Action, *, narrows: bool = False) -> Callable:
    """View decorator for pages under /<force>/…: signs in, finds the force, asks for the action.

    The view receives the Force in place of its slug; the template finds it as `request.force`. A user who may
    do it only in some units, or with their own record, is refused, unless the view says that it `narrows`
    what it shows to `request.reach`.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def checked(request: HttpRequest, force: str, *args, **kwargs) -> HttpResponse:
            request.force = force_of(request.user, force)
            request.reach = request.user.reach(action, request.force)
            if not (request.reach if narrows else request.reach.is_whole):
                raise PermissionDenied
            return view(request, request.force, *args, **kwargs)

        checked.required_action = action
        checked.narrows = narrows
        return checked

    return decorate


class ActionPermission(BasePermission):
    """DRF permission: a viewset names `read_action` and `write_action`; rows are those of `rows_within`.

    Use with `ForceScopedMixin`, which filters the queryset by the same actions: other forces' rows are 404s.
    """

    def has_permission(self, request, view) -> bool:
        if not request.user.is_authenticated:
            return False
        action = action_of(request, view)
        check_action(request.user, action)
        check_force_named(request.user, request.query_params.get("force", ""))
        return bool(forces_reached(request.user, action))


def action_of(request, view) -> Action:
    """The action a request to this viewset asks for."""
    named = getattr(view, "actions_by_name", {}).get(getattr(view, "action", None))
    if named is not None:
        return named
    return view.read_action if request.method in ("GET", "HEAD", "OPTIONS") else view.write_action


class ForceScopedMixin:
    """Viewset mixin: the queryset holds only rows with which the user may do what is asked."""

    permission_classes = [ActionPermission]
    force_field = "force"
    read_action: Action
    write_action: Action
    # Which rows a reach of less than the whole force covers: a function of the reach and the force.
    narrowed: Callable[[Reach, Force], Q] | None = None

    def initial(self, request, *args, **kwargs) -> None:
        """Another force's row is not there, whatever else is wrong with the request: that is asked first."""
        super().initial(request, *args, **kwargs)
        if (self.lookup_url_kwarg or self.lookup_field) in self.kwargs:
            try:
                self.get_object()
            except Http404:
                self._check_token()
                raise

    def _check_token(self) -> None:
        """Say that it is the token that does not reach the row, if its user would."""
        if self.request.user.token is None:
            return
        lookup = self.lookup_url_kwarg or self.lookup_field
        row = super().get_queryset().filter(**{self.lookup_field: self.kwargs[lookup]}).first()
        if row is not None:
            for part in self.force_field.split("__"):
                row = getattr(row, part)
            check_force(self.request.user, row)

    def get_queryset(self):
        queryset = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return queryset.none()
        return queryset.filter(
            rows_within(
                self.request.user,
                action_of(self.request, self),
                force_field=self.force_field,
                narrowed=self.narrowed,
            )
        )
