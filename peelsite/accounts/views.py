"""Members of a force, for its administrator; and each user's own account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.filters import MembershipFilter
from peelsite.accounts.forms import MemberForm, MembershipEndForm, MembershipRenewForm, RoleForm, TokenForm
from peelsite.accounts.invitations import password_link_send
from peelsite.accounts.kept_forms import kept_form_of
from peelsite.accounts.lockouts import lock_out_lift, locked_until
from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Action
from peelsite.accounts.second_factor import is_required
from peelsite.accounts.selectors import (
    factors_of,
    memberships_of_force,
    memberships_of_user,
    sessions_of,
    sign_ins_of,
    tokens_of,
)
from peelsite.accounts.services import (
    factors_reset,
    sessions_end,
    token_create,
    token_revoke,
)
from peelsite.accounts.tables import MembershipTable
from peelsite.web.editing.once import saved_once
from peelsite.web.editing.pages import form_methods, form_page, status_of
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


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
@reauthentication_required(allow_get=True)
def member_new(request, force):
    form = MemberForm(request.POST or None, force=force)
    made: list[Membership] = []

    def done(membership: Membership) -> tuple[str, str]:
        made.append(membership)
        sentence = f"{membership.user} is now {membership.described} in {force.name}."
        return reverse("accounts:members", args=[force.slug]), sentence

    if request.method == "POST" and (answer := saved_once(request, form, done)) is not None:
        # After the transaction, and not again for a page that was sent twice.
        for membership in made:
            if not membership.user.has_usable_password():
                password_link_send(request, membership.user)
        messages.success(request, answer[1])
        return redirect(answer[0])
    context = {"form": form, "heading": "Add a member", "breadcrumbs": [_home_crumb(force)], "force": force}
    return render(request, "accounts/member_new.html", context, status=status_of(form))


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
@reauthentication_required(allow_get=True)
def member(request, force, membership_id):
    membership = _membership(force, membership_id)
    form = RoleForm(request.POST or None, membership=membership, session_key=request.session.session_key)
    if request.method == "POST":
        if (changed := form.saved()) is not None:
            messages.success(request, f"{changed.user} is now {changed.described}.")
            return redirect("accounts:members", force.slug)
        membership = _membership(force, membership_id)
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
            {"term": "Second factor", "value": _factor_words(user)},
            *([{"term": "Locked out", "value": lock}] if (lock := _lock_words(user)) else []),
        ],
        "is_locked": bool(lock),
        "sign_ins": sign_ins_of(user),
    }
    return render(request, "accounts/member.html", context, status=status_of(form))


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
@reauthentication_required(allow_get=True)
def member_end(request, force, membership_id):
    membership = _membership(force, membership_id)
    session_key = request.session.session_key
    return form_page(
        request,
        MembershipEndForm(request.POST or None, membership=membership, session_key=session_key),
        heading=f"End the membership of {membership.user}?",
        intro=f"{membership.user} will no longer be {membership.described} in {force.name}. "
        "What they did stays in the records, and the membership can be renewed.",
        button="End the membership",
        back=_back(force, membership),
        breadcrumbs=[_home_crumb(force)],
        done=lambda ended: (
            reverse("accounts:members", args=[force.slug]),
            f"{ended.user} is no longer {ended.described}.",
        ),
    )


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
@reauthentication_required(allow_get=True)
def member_renew(request, force, membership_id):
    membership = _membership(force, membership_id)
    back = _back(force, membership)
    return form_page(
        request,
        MembershipRenewForm(request.POST or None, membership=membership),
        heading=f"Renew the membership of {membership.user}?",
        intro=f"{membership.user} will be {membership.described} in {force.name} again, from now on.",
        button="Renew the membership",
        back=back,
        breadcrumbs=[_home_crumb(force)],
        done=lambda renewed: (back[1], f"{renewed.user} is {renewed.described} again."),
    )


def _back(force, membership: Membership) -> tuple[str, str]:
    return membership.user.name, reverse("accounts:member", args=[force.slug, membership.pk])


@require_POST
@force_page(Action.ACCOUNTS_EDIT)
def member_unlock(request, force, membership_id):
    membership = _membership(force, membership_id)
    lock_out_lift(membership.user)
    messages.success(request, f"{membership.user} can try to sign in again.")
    return redirect("accounts:member", force.slug, membership.pk)


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
@reauthentication_required(allow_get=True)
def member_factors(request, force, membership_id):
    """For somebody whose phone or passkey was lost: the administrator has seen or rung them."""
    membership = _membership(force, membership_id)
    back = reverse("accounts:member", args=[force.slug, membership.pk])
    if request.method == "POST":
        factors_reset(user=membership.user)
        messages.success(request, f"{membership.user} sets up a new second factor when they next sign in.")
        return redirect(back)
    context = {
        "heading": f"Reset the second factor of {membership.user}?",
        "text": f"Make sure first that it is {membership.user} who asks: see them or ring them. They are "
        "signed out everywhere, sign in with their password alone and set up a new second factor.",
        "button": "Reset the second factor",
        "cancel_href": back,
        "danger": True,
        "breadcrumbs": [_home_crumb(force), (membership.user.name, back)],
    }
    return render(request, "components/confirm.html", context)


@require_POST
@force_page(Action.ACCOUNTS_EDIT)
def member_password(request, force, membership_id):
    membership = _membership(force, membership_id)
    password_link_send(request, membership.user)
    messages.success(request, f"A link to set a password was sent to {membership.user.email}.")
    return redirect("accounts:member", force.slug, membership.pk)


def _factor_words(user) -> str:
    if factors := [factor.name for factor in factors_of(user)]:
        return ", ".join(factors)
    return "None yet; needed at the next sign-in" if is_required(user) else "None"


def _lock_words(user) -> str:
    """'Until 14:05, after too many wrong passwords or codes', or nothing."""
    until = locked_until(user)
    return (
        f"Until {timezone.localtime(until):%H:%M}, after too many wrong passwords or codes" if until else ""
    )


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
            {
                "term": "Second factor",
                "value": ", ".join(factor.name for factor in factors_of(user)) or "None",
                "href": reverse("mfa_index"),
                "action": "Manage",
            },
        ],
        "sessions": sessions_of(user),
        "sign_ins": sign_ins_of(user),
        "this_session": request.session.session_key,
        "memberships": memberships_of_user(user),
        "tokens": tokens_of(user),
    }
    return render(request, "accounts/me.html", context)


@require_POST
@login_required
def sessions_leave(request) -> HttpResponse:
    """Sign out everywhere else."""
    count = sessions_end(user=request.user, but_not=request.session.session_key)
    others = "1 other browser" if count == 1 else f"{count} other browsers"
    messages.success(request, f"Signed out of {others}." if count else "You are signed in nowhere else.")
    return redirect("accounts:me")


@require_safe
@login_required
@never_cache
def kept_form(request, key) -> HttpResponse:
    """What its user typed into a page after the session had ended, to be sent again or left."""
    kept = kept_form_of(request.user, key)
    return render(request, "accounts/kept_form.html", {"heading": "Send what you typed?", "kept": kept})


@form_methods
@login_required
@never_cache
@reauthentication_required
def token_new(request) -> HttpResponse:
    """The secret is in the answer to the form and on no other page."""
    form = TokenForm(request.POST or None, user=request.user)
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


@form_methods
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
