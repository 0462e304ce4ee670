"""The message with which somebody sets their first password, or a new one."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from peelsite.accounts.models import User


def password_link_send(request: HttpRequest, user: User) -> None:
    """Send the message of a forgotten password: its link sets one, and ends with its first use."""
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
