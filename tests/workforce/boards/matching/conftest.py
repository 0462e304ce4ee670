from dataclasses import dataclass

import pytest

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role as UserRole
from tests import factories
from tests.workforce.boards.invented import World, world_make
from workforce.boards.decisions.models import PostToFill


@dataclass
class Asked:
    """The world of the boards' tests, whose Response has a head of its own; B-1 and B-2 wait for a person."""

    world: World
    other_head: User

    def to_fill(self, reference: str = "B-1") -> PostToFill:
        return PostToFill.objects.with_labels().select_related("force").get(post=self.world.posts[reference])


def asked_make() -> Asked:
    world = world_make()
    world.publish()
    world.decide("B-1", "B-2")
    other = factories.user_make(UserRole.UNIT_HEAD, world.force, unit=world.response)
    return Asked(world, other)


@pytest.fixture
def asked(db) -> Asked:
    return asked_make()
