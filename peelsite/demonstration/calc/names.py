"""Plainly invented names, and numbers in the order of joining."""

import random
import tomllib
from collections import defaultdict
from pathlib import Path

from peelsite.demonstration.calc.plan import Plan
from peelsite.demonstration.calc.rows import Person

NAMES_FILE = Path(__file__).parent.parent / "plan" / "names.toml"


def names_give(plan: Plan, people: list[Person], rng: random.Random) -> None:
    """Name everyone and number them within their category, the longest serving first."""
    words = {key: text.split() for key, text in tomllib.loads(NAMES_FILE.read_text(encoding="utf-8")).items()}
    following = defaultdict(int, plan.first_number)
    for person in sorted(people, key=lambda person: person.joined):
        person.given_names = rng.choice(words["given"])
        person.family_name = rng.choice(words["family_first"]) + rng.choice(words["family_last"])
        person.number = str(following[person.group.category])
        following[person.group.category] += 1
