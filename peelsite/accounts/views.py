"""Members of a force, for its administrator; and each user's own account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.filters import MembershipFilter
from peelsite.accounts.forms import MemberForm, RoleForm, TokenForm
from peelsite.accounts.invitations import password_link_send
from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Action
from peelsite.accounts.selectors import memberships_of_force, memberships_of_user, tokens_of
from peelsite.accounts.services import (
    member_add,
    membership_change,
    membership_end,
    membership_renew,
    token_create,
    token_revoke,
)
from peelsite.accounts.tables import MembershipTable
from peelsite.web.lists import ListPage


def _home_crumb(force) -> tuple[str, str]:
    return ("Members", reverse("accounts:members", args=[force.slug]))


@require_safe
@force_page(Action.ACCOUNTS_EDIT)
def members(request, force):
    page = ListPage(
        request,
        table_class=MembershipTable,
        queryset=memberships_of_force(force),
        filterset_class=MembershipFilter,
        title="Members",
        row_words="membership,memberships",
    )
    return page.download() or render(
        request, "accounts/members.html", {"list_page": page, "heading": "Members", "force": force}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@force_page(Action.ACCOUNTS_EDIT)
def member_new(request, force):
    form = MemberForm(request.POST or None, force=force)
    if request.method == "POST" and form.is_valid():
        try:
            membership = member_add(force=force, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            if not membership.user.has_usable_password():
                password_link_send(request, membership.user)
            messages.success(request, f"{membership.user} is now {membership.described} in {force.name}.")
            return redirect("accounts:members", force.slug)
    context = {"form": form, "heading": "Add a member", "breadcrumbs": [_home_crumb(force)], "force": force}
    return render(request, "accounts/member_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@force_page(Action.ACCOUNTS_EDIT)
def member(request, force, membership_id):
    membership = _membership(force, membership_id)
    form = RoleForm.of(membership, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership_change(membership=membership, **form.cleaned_data)
        except ValidationError as refused:
            membership = _membership(force, membership_id)
            form.add_error(None, refused)
        else:
            messages.success(request, f"{membership.user} is now {membership.described}.")
            return redirect("accounts:members", force.slug)
    user = membership.user
    context = {
        "form": form,
        "membership": membership,
        "heading": user.name,
        "breadcrumbs": [_home_crumb(force)],
        "rows": [
            {"term": "Email address", "value": user.email},
            {"term": "Role", "value": membership.described},
            {"term": "State", "value": "Active" if membership.is_active else "Ended"},
            {"term": "Password", "value": "Set" if user.has_usable_password() else "Not set yet"},
        ],
    }
    return render(request, "accounts/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@force_page(Action.ACCOUNTS_EDIT)
def member_end(request, force, membership_id):
    membership = _membership(force, membership_id)
    cancel_href = reverse("accounts:member", args=[force.slug, membership.pk])
    if request.method == "POST":
        try:
            membership_end(membership=membership)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(cancel_href)
        messages.success(request, f"{membership.user} is no longer {membership.described}.")
        return redirect("accounts:members", force.slug)
    context = {
        "heading": f"End the membership of {membership.user}?",
        "text": f"{membership.user} will no longer be {membership.described} in {force.name}. "
        "What they did stays in the records, and the membership can be renewed.",
        "button": "End the membership",
        "cancel_href": cancel_href,
        "danger": True,
        "breadcrumbs": [_home_crumb(force), (membership.user.name, cancel_href)],
    }
    return render(request, "components/confirm.html", context)


@require_POST
@force_page(Action.ACCOUNTS_EDIT)
def member_renew(request, force, membership_id):
    membership = membership_renew(membership=_membership(force, membership_id))
    messages.success(request, f"{membership.user} is {membership.described} again.")
    return redirect("accounts:member", force.slug, membership.pk)


@require_POST
@force_page(Action.ACCOUNTS_EDIT)
def member_password(request, force, membership_id):
    membership = _membership(force, membership_id)
    password_link_send(request, membership.user)
    messages.success(request, f"A link to set a password was sent to {membership.user.email}.")
    return redirect("accounts:member", force.slug, membership.pk)


def _membership(force, membership_id: int) -> Membership:
    return get_object_or_404(memberships_of_force(force), pk=membership_id)


@require_safe
@login_required
@never_cache
def me(request):
    user = request.user
    context = {
        "heading": "Your account",
        "rows": [
            {"term": "Name", "value": user.name},
            {"term": "Email address", "value": user.email},
            {
                "term": "Password",
                "value": "Set",
                "href": reverse("account_change_password"),
                "action": "Change",
            },
        ],
        "memberships": memberships_of_user(user),
        "tokens": tokens_of(user),
    }
    return render(request, "accounts/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def token_new(request) -> HttpResponse:
    """The secret is in the answer to the form and on no other page."""
    form = TokenForm(request.POST or None)
    breadcrumbs = [("Your account", reverse("accounts:me"))]
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = token_create(user=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            context = {
                "token": token,
                "secret": secret,
                "heading": "Copy your token now",
                "breadcrumbs": breadcrumbs,
            }
            return render(request, "accounts/token_made.html", context)
    context = {"form": form, "heading": "Make a token", "breadcrumbs": breadcrumbs}
    return render(request, "accounts/token_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def token_end(request, token_id) -> HttpResponse:
    token = get_object_or_404(tokens_of(request.user), pk=token_id)
    if request.method == "POST":
        token_revoke(token=token)
        messages.success(request, f"The token {token.name} is revoked.")
        return redirect("accounts:me")
    context = {
        "heading": f"Revoke the token {token.name}?",
        "text": "A program that uses it is refused from its next call on. This cannot be taken back.",
        "button": "Revoke the token",
        "cancel_href": reverse("accounts:me"),
        "danger": True,
        "breadcrumbs": [("Your account", reverse("accounts:me"))],
    }
    return render(request, "components/confirm.html", context)
