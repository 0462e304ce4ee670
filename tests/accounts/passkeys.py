"""A passkey in the database, as a browser would have registered it: a key that no device holds."""

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from peelsite.accounts.models import User


def passkey_make(user: User, name: str = "Laptop") -> Authenticator:
    """A passkey of the user that asks for a PIN and can sign in alone."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(b"\0" * 16, b"\1" * 16, key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(b"\0" * 32, flags, 0, bytes(credential))
    attestation = AttestationObject.create("none", data, {})
    client_data = b'{"type": "webauthn.create", "challenge": "AA", "origin": "http://localhost"}'
    registered = {
        "id": websafe_encode(b"\1" * 16),
        "rawId": websafe_encode(b"\1" * 16),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": websafe_encode(client_data),
            "attestationObject": websafe_encode(bytes(attestation)),
        },
    }
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": registered}
    )
