"""Sign-up is closed: an administrator makes accounts."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUpAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
