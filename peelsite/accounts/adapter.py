"""Sign-up is closed: an administrator makes accounts."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUpAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": (
            "Too many wrong passwords. Wait 5 minutes and try again, or ask for a new password."
        ),
        "email_password_mismatch": "The email address or the password is not right. Check both.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "Give the password that you use now.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False
