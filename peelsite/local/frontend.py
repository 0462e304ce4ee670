"""Front-end files: npm packages by the lock file into node_modules, and what pages load into build/static.

Nothing third-party is kept in the tree. Neither the crest and icons of GOV.UK nor its typeface is copied:
they are not ours to use.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "build" / "static"
# Where a server's `manage.py collectstatic` writes; WhiteNoise wants it to exist everywhere.
COLLECTED = ROOT / "build" / "collected"
STYLES = ROOT / "peelsite" / "web" / "styles"
NODE_REQUIREMENTS = ROOT / "requirements-node.txt"

# sass needs this much; an older Node of the machine is passed over for the one in requirements-node.txt.
OLDEST_NODE = (20, 19)

COPIED = [
    "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js",
]


class FrontendError(Exception):
    """The front-end files could not be installed or built; the text says what to do."""


def ensure(*, development: bool = False) -> None:
    """Install and build what is missing or out of date. Raises FrontendError.

    `development` also installs what only tests use.
    """
    install_packages(development=development)
    build()
    COLLECTED.mkdir(exist_ok=True)


def install_packages(*, development: bool) -> None:
    """`npm ci` by the lock file, unless the same lock file was installed before."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    full, lean = MODULES / ".installed-all", MODULES / ".installed-run"
    wanted = [full] if development else [full, lean]
    if any(stamp.exists() and stamp.read_text() == digest for stamp in wanted):
        return
    print("Installing the front-end packages", flush=True)
    _run(["npm", "ci", "--loglevel=error", *([] if development else ["--omit=dev"])])
    (full if development else lean).write_text(digest)


def build() -> None:
    """Write build/static anew when a source, the lock file or this file changed."""
    digest = _sources_digest()
    stamp = STATIC.parent / "static.digest"
    if stamp.exists() and stamp.read_text() == digest and all(path.exists() for path in outputs()):
        return
    print("Building the front-end files", flush=True)
    STATIC.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="static.", dir=STATIC.parent) as folder:
        fresh = Path(folder) / "static"
        fresh.mkdir()
        _write_files(fresh)
        shutil.rmtree(STATIC, ignore_errors=True)
        fresh.rename(STATIC)
    stamp.write_text(digest)


def _write_files(fresh: Path) -> None:
    for name in COPIED:
        (fresh / Path(name).name).write_text(_without_map((MODULES / name).read_text()))
    for path in own_files():
        shutil.copy(path, fresh)
    style = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={MODULES}"]
    _run(["sass", *style, str(STYLES / "site.scss"), str(fresh / "site.css")])


def _without_map(script: str) -> str:
    """The script without the name of its source map: no map is served, and collectstatic would want one."""
    return re.sub(r"//# sourceMappingURL=\S+\s*$", "", script)


def own_files() -> list[Path]:
    """Our own scripts and pictures, from the scripts folder of any app."""
    return sorted(path for path in ROOT.glob("peelsite/*/scripts/*") if path.is_file())


def outputs() -> list[Path]:
    """Every file that a build leaves in build/static."""
    names = [*(Path(name).name for name in COPIED), "site.css"]
    return [STATIC / name for name in names + [path.name for path in own_files()]]


def _sources_digest() -> str:
    sources = [
        ROOT / "package-lock.json",
        Path(__file__),
        *sorted(STYLES.rglob("*.scss")),
        *own_files(),
    ]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _run(command: list[str]) -> None:
    """Run a Node command with its own messages kept for the case that it fails."""
    environment = os.environ | {
        # A force's network may inspect TLS with a certificate that only the machine's own store knows.
        "NODE_USE_SYSTEM_CA": "1",
        "PATH": f"{MODULES / '.bin'}{os.pathsep}{_node_folder()}{os.pathsep}{os.environ['PATH']}",
    }
    program = shutil.which(command[0], path=environment["PATH"])
    done = subprocess.run(
        [program or command[0], *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise FrontendError(f"{command[0]} failed:\n{done.stdout}{done.stderr}".rstrip())


def _node_folder() -> str:
    """Folder of node and npm: the machine's if new enough, else those in .venv, installed when needed."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return str(Path(node).parent)
    folder = Path(sys.executable).parent
    if not (folder / "npm").exists():
        print("Installing Node for the front-end files", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
        if subprocess.run([*pip, "-r", str(NODE_REQUIREMENTS)]).returncode:
            raise FrontendError(
                "Node could not be installed: install Node 22 or later with npm, then run this again."
            )
    return str(folder)


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2] if part.isdigit())


def main() -> None:
    """`make build`."""
    try:
        ensure()
    except FrontendError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
