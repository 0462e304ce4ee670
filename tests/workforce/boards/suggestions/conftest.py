import pytest

from tests.workforce.boards.invented import World, world_make
from tests.workforce.boards.suggestions.invented import planned


@pytest.fixture
def asked(db) -> World:
    """The pack is published: custody is three short, the control room two over."""
    return planned(world_make())
