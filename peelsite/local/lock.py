"""`make lock`: writes constraints.txt, the exact version of all that the pins bring with them.

The pins are installed into an environment of its own, so that what somebody has tried out in .venv stays out.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEADER = "# Written by `make lock`: the versions of all that the pins bring with them. Edit the pins instead."


def main() -> None:
    """Write constraints.txt from a clean installation of requirements-test.txt."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = f"{folder}/bin/python"
        pins = []
        for name in ("requirements.txt", "requirements-test.txt"):
            lines = (ROOT / name).read_text().splitlines()
            pins += [line for line in lines if line and not line.startswith(("#", "-"))]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *pins], check=True)
        frozen = subprocess.run(
            [python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True
        ).stdout
    pinned = {name_of(pin) for pin in pins}
    brought = [line for line in frozen.splitlines() if name_of(line) not in pinned]
    (ROOT / "constraints.txt").write_text("\n".join([HEADER, *brought]) + "\n")


def name_of(pin: str) -> str:
    """The package of a pin, as the index compares names."""
    return re.split(r"[\[=<>~ ]", pin, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


if __name__ == "__main__":
    main()
