"""First step of `make run` and `make test`: the virtual environment with its pinned requirements.

Run by path with whatever Python the machine has, before anything is installed: standard library only, and
readable by an old Python, so that it can say in words that it is too old. It ends by becoming the command.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)

# What each command installs; the last named file brings the others in.
REQUIREMENTS = {
    "run": ["constraints.txt", "requirements.txt"],
    "build": ["constraints.txt", "requirements.txt"],
    "test": ["constraints.txt", "requirements.txt", "requirements-test.txt"],
    "lock": [],
}
MODULES = {
    "run": "peelsite.local.run",
    "build": "peelsite.local.frontend",
    "test": "peelsite.local.checks",
    "lock": "peelsite.local.lock",
}

TOO_OLD = (
    "Peelsite needs Python {wanted} or later, and {executable} is {version}. "
    "Install a newer one, or name it: make {command} PYTHON=/path/to/python3."
)
NO_VENV = (
    "{executable} cannot make virtual environments here. On Debian and Ubuntu: apt-get install python3-venv. "
    "Then run the command again."
)
NO_INSTALL = (
    "The pinned requirements could not be installed (the messages above say why). "
    "Is the package index reachable? Nothing was started."
)


def main(command: str) -> None:
    """Make the environment ready and become `command` in it."""
    os.chdir(ROOT)
    python = suitable_python(command)
    if Path(python) != Path(sys.executable):
        os.execv(python, [python, __file__, command])
    make_environment()
    install(REQUIREMENTS[command])
    os.execv(str(VENV_PYTHON), [str(VENV_PYTHON), "-m", MODULES[command]])


def suitable_python(command: str) -> str:
    """This Python when new enough, else a newer one on PATH; exits with a sentence when there is none."""
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for minor in range(20, OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    wanted, version = ".".join(map(str, OLDEST)), ".".join(map(str, sys.version_info[:3]))
    sys.exit(TOO_OLD.format(wanted=wanted, executable=sys.executable, version=version, command=command))


def make_environment() -> None:
    """Make .venv unless a working one is there (one whose Python was removed is made anew)."""
    if VENV_PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    print("Making the virtual environment in .venv", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if made.returncode:
        sys.exit(NO_VENV.format(executable=sys.executable))


def install(files: list[str]) -> None:
    """Install the last of `files` unless exactly these contents were installed before."""
    if not files:
        return
    stamp, digest = stamp_of(files)
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"Installing the pinned requirements ({files[-1]})", flush=True)
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    if subprocess.run([*pip, "-r", files[-1]], cwd=str(ROOT)).returncode:
        sys.exit(NO_INSTALL)
    stamp.write_text(digest)
    if len(files) > 2:  # what `make test` installs holds all that `make run` needs
        lesser, lesser_digest = stamp_of(files[:-1])
        lesser.write_text(lesser_digest)


def stamp_of(files: list[str]) -> tuple[Path, str]:
    """Where the digest of installed `files` is kept, and what it is for their present contents."""
    digest = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in files))
    return VENV / f"installed-{files[-1]}", digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
