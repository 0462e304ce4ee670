"""IDENTITY_PROVIDERS: forces' own identity providers, read from the environment when the process starts.

    {"hertfordshire": {
        "name": "Hertfordshire Constabulary",
        "issuer": "https://login.example.police.uk",
        "client_id": "...",
        "secret": "...",
        "email_domains": ["herts.example.police.uk"],
        "second_factor": {"amr": ["mfa"], "acr": []}
    }}

The key is the force's slug: whoever signs in by its provider must be a member of that force. No model here:
the settings read it.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = ("name", "issuer", "client_id", "secret", "email_domains")
KNOWN = {*NEEDED, "second_factor", "addresses_are_verified"}
# RFC 8176: the values of "amr" that say that more than one kind of proof was given.
MULTIPLE_FACTORS = frozenset({"mfa", "mca"})
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class IdentityProvider:
    """One force's provider. `amr` and `acr`: claims that say that it asked for a second factor itself."""

    force_slug: str
    name: str
    issuer: str
    client_id: str
    secret: str
    email_domains: frozenset[str]
    amr: frozenset[str] = MULTIPLE_FACTORS
    acr: frozenset[str] = frozenset()
    # For providers that own the addresses they name and so do not send `email_verified`.
    addresses_are_verified: bool = False

    @property
    def origin(self) -> str:
        """Scheme and host of the provider, for the policy of the page that leads to it."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def as_app(self) -> dict[str, Any]:
        """The provider as the sign-in library reads it."""
        return {
            "provider_id": self.force_slug,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.issuer, "uid_field": "sub"},
        }

    def takes(self, email: str) -> bool:
        """Whether the provider may vouch for this address."""
        return email.rpartition("@")[2].lower() in self.email_domains

    def second_factor_in(self, claims: dict[str, Any]) -> bool:
        """Whether an ID token's claims say that the provider asked for a second factor."""
        methods = claims.get("amr") or []
        given = {methods} if isinstance(methods, str) else {str(method) for method in methods}
        return bool(given & self.amr) or str(claims.get("acr", "")) in self.acr


def read_identity_providers(text: str) -> dict[str, IdentityProvider]:
    """The providers by force slug. Raises ImproperlyConfigured with what is wrong and where."""
    if not text.strip():
        return {}
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise ImproperlyConfigured(f"IDENTITY_PROVIDERS is not JSON: {error}") from error
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        raise ImproperlyConfigured("IDENTITY_PROVIDERS must map each force's slug to its provider.")
    return {slug: _provider(slug, entry) for slug, entry in entries.items()}


def _provider(slug: str, entry: dict[str, Any]) -> IdentityProvider:
    def wrong(sentence: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"IDENTITY_PROVIDERS, {slug}: {sentence}")

    if missing := [name for name in NEEDED if not entry.get(name)]:
        raise wrong(f"{', '.join(missing)} must be given.")
    if unknown := sorted(set(entry) - KNOWN):
        raise wrong(f"{', '.join(unknown)} is not known; give {', '.join(sorted(KNOWN))}.")
    issuer = urlsplit(entry["issuer"])
    if issuer.scheme != "https" and issuer.hostname not in LOOPBACK:
        raise wrong("the issuer must be an https address.")
    domains, factor = entry["email_domains"], entry.get("second_factor") or {}
    if not isinstance(domains, list) or not isinstance(factor, dict):
        raise wrong("email_domains is a list, and second_factor maps amr and acr to lists.")
    return IdentityProvider(
        force_slug=slug,
        name=entry["name"],
        issuer=entry["issuer"].rstrip("/"),
        client_id=entry["client_id"],
        secret=entry["secret"],
        email_domains=frozenset(domain.lower().lstrip("@") for domain in domains),
        amr=frozenset(factor.get("amr", MULTIPLE_FACTORS)),
        acr=frozenset(factor.get("acr", ())),
        addresses_are_verified=entry.get("addresses_are_verified") is True,
    )
