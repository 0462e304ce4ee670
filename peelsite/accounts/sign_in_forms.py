"""The sign-in library's forms in the site's words."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}


def _code_field(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=32, widget=forms.TextInput(attrs=_DIGITS)
    )


class _CodeWithoutSpaces(forms.Form):
    """Apps show a code in two groups, and people copy the space between."""

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()


class ActivateAppForm(_CodeWithoutSpaces, ActivateTOTPForm):
    code = _code_field("Code from the app", "6 digits. The app shows new ones every 30 seconds.")


class CodeForm(_CodeWithoutSpaces, AuthenticateForm):
    code = _code_field("Code", "6 digits from your app, or one of your recovery codes.")


class CodeAgainForm(_CodeWithoutSpaces, ReauthenticateForm):
    code = _code_field("Code", "6 digits from your app, or one of your recovery codes.")


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        max_length=60, help_text="So that you know it among others, for example Work laptop."
    )
    passwordless = forms.BooleanField(
        label="Sign in with this passkey alone, without a password", required=False, initial=True
    )
    field_order = ("name", "passwordless", "credential")


class RenamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(max_length=60)
