"""The front-end files are built from the lock file, complete, and without what is not ours to use."""

import json
import re

import pytest

from peelsite.local import frontend


def test_every_file_that_pages_load_is_built(built_files):
    names = {path.name for path in frontend.STATIC.iterdir()}
    assert names == {path.name for path in frontend.outputs()}
    assert {"site.css", "site.js", "htmx.min.js", "govuk-frontend.min.js"} <= names
    assert all(path.stat().st_size > 200 for path in frontend.outputs())


def test_the_style_has_neither_the_typeface_nor_a_font_file(built_files):
    style = (frontend.STATIC / "site.css").read_text()
    assert ".govuk-button" in style
    assert "GDS Transport" not in style
    assert "@font-face" not in style


def test_a_build_without_changes_builds_nothing(built_files, monkeypatch):
    monkeypatch.setattr(frontend, "_run", lambda command: pytest.fail(f"ran {command}"))
    frontend.ensure(development=True)


def test_a_build_that_fails_says_what_failed_and_keeps_the_old_files(built_files, monkeypatch, tmp_path):
    (tmp_path / "site.scss").write_text("@use 'nowhere';")
    monkeypatch.setattr(frontend, "STYLES", tmp_path)
    before = (frontend.STATIC / "site.css").read_bytes()
    with pytest.raises(frontend.FrontendError, match="sass failed"):
        frontend.build()
    assert (frontend.STATIC / "site.css").read_bytes() == before


def test_the_lock_file_pins_every_package_by_digest_and_names_no_registry():
    lock = json.loads((frontend.ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    wanted = json.loads((frontend.ROOT / "package.json").read_text())
    versions = (wanted["dependencies"] | wanted["devDependencies"]).values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
