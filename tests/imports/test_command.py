"""manage.py import_posts and import_people: counts, sentences, exit codes, and nothing left of a dry run."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from peelsite.imports.models import ImportBatch
from tests import factories
from tests.imports import planted
from workforce.establishment.models import Post
from workforce.people.models import Person


@pytest.fixture
def book(force, tmp_path: Path) -> Path:
    path = tmp_path / "hr.xlsx"
    planted.planted_workbook(path, force)
    return path


def run(command: str, *args: str, force, **options) -> tuple[int, str]:
    """(exit code, what it wrote)."""
    out = io.StringIO()
    try:
        call_command(command, *map(str, args), force=force.slug, stdout=out, **options)
    except CommandError as ended:
        return ended.returncode, f"{out.getvalue()}{ended}"
    return 0, out.getvalue()


def files_left(settings) -> list[Path]:
    return [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]


def test_posts_then_people(force, book: Path) -> None:
    code, words = run("import_posts", book, force=force)
    assert code == 3
    assert "Row 26, column Start date: '31/02/2026' is not a date." in words
    assert "20 new, 0 changed, 0 unchanged, 6 refused, 0 on the site and not in the file." in words
    code, words = run("import_people", book, force=force)
    assert code == 3
    assert "12 new, 0 changed, 0 unchanged, 6 refused" in words
    assert (Post.objects.count(), Person.objects.count()) == (planted.GOOD_POSTS, planted.GOOD_PEOPLE)
    assert ImportBatch.objects.filter(state="loaded").count() == 2


def test_a_dry_run_leaves_nothing(force, book: Path, settings) -> None:
    code, words = run("import_posts", book, force=force, dry_run=True)
    assert code == 3
    assert "20 new" in words
    assert "Nothing was loaded: this was a dry run." in words
    assert not Post.objects.exists()
    assert not ImportBatch.objects.exists()
    assert files_left(settings) == []


def test_strict_loads_all_or_nothing(force, book: Path, settings) -> None:
    code, words = run("import_posts", book, force=force, strict=True)
    assert code == 1
    assert "Nothing was loaded, as rows were refused." in words
    assert not Post.objects.exists()
    assert files_left(settings) == []


def test_a_sound_file_ends_with_zero(force, tmp_path: Path) -> None:
    factories.post_make(force, "OLD")
    path = tmp_path / "posts.csv"
    path.write_text(
        "Post ref,Rank,Role,Unit,Location,Start\nB-1,PC,New role,Operations / New team,Watchford,01/04/2016\n"
    )
    code, words = run("import_posts", path, force=force, option_add_new=True, full_extract_as_at="2016-05-01")
    assert code == 0, words
    assert "Added as well: role New role" in words
    assert Post.objects.get(reference="OLD").during.upper.isoformat() == "2016-05-01"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "", "The file is empty."),
        ("a.pdf", "x", "The file must be a spreadsheet"),
        ("a.csv", "Collar no,Surname,Date joined\n1,Sample,01/04/2016\n", "use import_people"),
        ("a.csv", "Post ref,Rank\n1,PC\n", "Choose the column that holds Role."),
    ],
)
def test_what_cannot_be_taken_ends_with_one(force, tmp_path: Path, settings, name, text, words) -> None:
    path = tmp_path / name
    path.write_text(text)
    code, said = run("import_posts", path, force=force)
    assert code == 1
    assert words in said
    assert files_left(settings) == []


def test_unknown_force_and_file(force, tmp_path: Path) -> None:
    assert run("import_posts", tmp_path / "none.csv", force=force)[0] == 1
    force.slug = "nowhere"
    assert "There is no force with the slug 'nowhere'." in run("import_posts", tmp_path, force=force)[1]
