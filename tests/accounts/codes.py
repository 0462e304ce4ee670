"""What an authenticator app shows, computed apart from the library that checks it (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time


def totp_code(secret: str, *, steps_ahead: int = 0) -> str:
    """Six digits for the shared key, 30 seconds a step."""
    key = base64.b32decode(secret)
    counter = struct.pack(">Q", int(time.time()) // 30 + steps_ahead)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
