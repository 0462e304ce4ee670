"""A force's identity provider: a real OpenID Connect provider as a process on loopback."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from peelsite.accounts.provider_settings import IdentityProvider, read_identity_providers
from peelsite.local.servers import free_port

DOMAIN = "testshire.invalid"


@contextmanager
def identity_provider(*people: dict[str, Any]) -> Iterator[str]:
    """The issuer's address while it runs. People are claims: `sub`, `email`, `email_verified`, `amr`."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    options = [option for person in people for option in ("--user-claims", json.dumps(person))]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{issuer}/.well-known/openid-configuration", process)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"The identity provider did not start: {address}")


def use_provider(settings: Any, issuer: str, slug: str = "testshire") -> IdentityProvider:
    """Let the site take the provider for that of the force with this slug."""
    entry = {
        "name": "Testshire Police",
        "issuer": issuer,
        "client_id": "peelsite",
        "secret": "not-a-secret-for-a-test",
        "email_domains": [DOMAIN],
    }
    settings.IDENTITY_PROVIDERS = read_identity_providers(json.dumps({slug: entry}))
    provider = settings.IDENTITY_PROVIDERS[slug]
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [provider.as_app], "OAUTH_PKCE_ENABLED": True}
    }
    return provider
