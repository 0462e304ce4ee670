"""A force with the structure that imports name, and files of it."""

from pathlib import Path
from typing import Any

import pytest

from peelsite.forces.models import Force
from tests import factories


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def force(db: None) -> Force:
    """Testshire: command Operations with department Response, role Response officer, location Watchford."""
    force = factories.force_make()
    operations = factories.unit_make(force, "Operations", code="OPS")
    factories.unit_make(force, "Response", code="RES", parent=operations)
    factories.role_make(force, "Response officer")
    factories.location_make(force, "Watchford")
    factories.funding_make(force)
    return force


@pytest.fixture
def hr(force: Force) -> Any:
    """A user who may import into the force."""
    return factories.user_make("hr", force)
