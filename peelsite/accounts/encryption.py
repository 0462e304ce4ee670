"""What the database, Redis and the disk hold of secrets, half-sent forms and exports: encrypted with a key
from SECRET_KEY.

A copy of any, without the site's settings, shows nothing. SECRET_KEY_FALLBACKS can still be read after the
key was changed.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def encrypted(text: str) -> str:
    """The text, readable again by `decrypted` only."""
    return _keys().encrypt(text.encode()).decode("ascii")


def decrypted(text: str) -> str:
    """What `encrypted` was given. Raises ValueError for anything else, and after a change of keys."""
    try:
        return _keys().decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise ValueError("This was not encrypted with a key of this site.") from error


def encrypted_bytes(content: bytes) -> bytes:
    """The content of a file, readable again by `decrypted_bytes` only. It is held in memory whole."""
    return _keys().encrypt(content)


def decrypted_bytes(content: bytes) -> bytes:
    """What `encrypted_bytes` was given. Raises ValueError for anything else, and after a change of keys."""
    try:
        return _keys().decrypt(content)
    except InvalidToken as error:
        raise ValueError("This was not encrypted with a key of this site.") from error


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"peelsite.accounts.encryption")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
