"""Settings of the tests: those of the site, on servers that the tests start unless variables name others."""

import importlib
import os
from pathlib import Path

from tests.services import ensure_services

ensure_services()

globals().update(
    {
        name: value
        for name, value in vars(importlib.import_module("peelsite.settings")).items()
        if name.isupper()
    }
)

# Signing in hundreds of times with the real hasher would take longer than the tests themselves.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# WhiteNoise warns of a missing folder, and a warning fails a test; tests take static files from build/static.
Path(globals()["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)

# Tests ask more often in a minute than a program may in ten; tests of the limits set limits of their own.
REST_FRAMEWORK = globals()["REST_FRAMEWORK"] | {"DEFAULT_THROTTLE_RATES": {"member": None, "nobody": None}}

# `make test` has migrated this database already; a test session by itself migrates its own.
if template := os.environ.get("TEST_DATABASE_TEMPLATE"):
    globals()["DATABASES"]["default"]["TEST"] = {"TEMPLATE": template}
