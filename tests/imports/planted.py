"""A workbook of posts and people as HR sends it, with twelve faults planted in it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peelsite.forces.models import Force
from tests.imports.files import xlsx

POSTS_SHEET, PEOPLE_SHEET = "Establishment", "Staff in post"
POST_HEADINGS = [
    "Post ref",
    "Rank/Grade",
    "Job title",
    "Unit",
    "Station",
    "FTE",
    "Start date",
    "End date",
    "Notes",
]
PEOPLE_HEADINGS = [
    "Collar no", "Name", "Date joined", "Rank", "Post ref", "Posting type", "Start in post", "Until", "FTE",
    "Cost code",
]  # fmt: skip
GOOD_POSTS, GOOD_PEOPLE = 20, 12


@dataclass(frozen=True)
class Fault:
    """One planted fault: `target` "posts" or "people", the sheet's row number, the file's own heading of the
    column, and how the site's sentence begins."""

    target: str
    row: int
    column: str
    starts_with: str


def planted_workbook(path: Path, force: Force) -> list[Fault]:
    """Write the workbook for a force that has a unit, a role and a location, and return its faults.

    The sheet of posts has two title rows above its headings. References begin with W-, numbers with W9.
    """
    unit, role, location = force.units.first(), force.roles.first(), force.locations.first()
    assert unit is not None
    assert role is not None
    assert location is not None

    def post(reference, *, rank="PC", unit=unit.code, fte=1, starts=date(2016, 4, 1), ends=None):
        return [reference, rank, role.name, unit, location.name, fte, starts, ends, "as agreed"]

    posts = [post(f"W-{2001 + number}") for number in range(GOOD_POSTS)]
    bad_posts = [
        (post("W-2001"), "Post ref", "W-2001 is in row 4 too"),
        (post("W-2901", unit="Moon Base Unit"), "Unit", "'Moon Base Unit' is not a unit of this force."),
        (post("W-2902", starts="31/02/2026"), "Start date", "'31/02/2026' is not a date."),
        (post("W-2903", fte="half"), "FTE", "'half' is not a number."),
        (
            post("W-2904", ends=date(2016, 3, 1)),
            "End date",
            "The end date 1 March 2016 is before the start date",
        ),
        (post("W-2905", rank="Astronaut"), "Rank/Grade", "'Astronaut' is not a rank or grade of this force."),
    ]
    people = [
        [f"W9{number:03d}", f"Planted{number}, Pat", date(2012, 9, 3), "Constable", f"W-{2001 + number}",
         "Substantive", date(2016, 4, 1), None, 1, "AB12"]
        for number in range(GOOD_PEOPLE)
    ]  # fmt: skip

    def person(
        number, post_ref, *, name="Planted, Sam", joined="03/09/2012", rank="PC", starts="01/04/2016", fte=1
    ):
        return [number, name, joined, rank, post_ref, "", starts, "", fte, "AB12"]

    bad_people = [
        (person("W9901", "W-9999"), "Post ref", "W-9999 is not a post of this force."),
        (person("W9000", "W-2015", name="Other, Name"), "Collar no", "W9000 is in row 2 too"),
        (person("W9902", "W-2001"), "Post ref", "W-2001 is already held by W9000 (row 2)"),
        (
            person("W9903", "W-2014", joined="01/05/2016"),
            "Start in post",
            "The posting starts on 1 April 2016, before",
        ),
        (person("W9904", "W-2016", rank="Sgt"), "Rank", "W-2016 is a post for a Constable"),
        (person("W9905", "W-2017", fte="1.2"), "FTE", "The FTE of a posting must be above 0 and not above 1"),
    ]
    xlsx(
        path,
        {
            POSTS_SHEET: [
                [f"{force.name}: establishment"], [None, "Prepared by HR"], POST_HEADINGS,
                *posts, *(row for row, _, _ in bad_posts),
            ],
            PEOPLE_SHEET: [PEOPLE_HEADINGS, *people, *(row for row, _, _ in bad_people)],
        },
    )  # fmt: skip
    first_bad_post, first_bad_person = 4 + GOOD_POSTS, 2 + GOOD_PEOPLE
    return [
        Fault("posts", first_bad_post + place, column, words)
        for place, (_, column, words) in enumerate(bad_posts)
    ] + [
        Fault("people", first_bad_person + place, column, words)
        for place, (_, column, words) in enumerate(bad_people)
    ]
