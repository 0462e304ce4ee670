import pytest

from tests.workforce.boards.invented import World, world_make


@pytest.fixture
def world(db) -> World:
    return world_make()
