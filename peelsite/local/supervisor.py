"""Keeps the programs of the local site running: starts them, starts again what ends, stops them all.

Each program leads a process group of its own, so that Ctrl-C reaches the supervisor alone, and it alone
decides who is stopped and in which order. The process ids stand in a record file, by which the next run finds
and ends what a killed supervisor left behind; an id is believed only with the moment its process was started.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# A program that ran this long was well: the next end of it begins with the first pause again.
WELL_AFTER = 60.0
KILL_WAIT = 5.0
# The start of a process is told from the machine's clock, which may be corrected meanwhile (seconds).
SAME_START = 2.0


@dataclass(frozen=True)
class Program:
    """What is to be kept running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    # Seconds it may take to end in good order before its process group is killed.
    patience: float = 10.0
    # Whether the others need it: it is stopped after them.
    serves: bool = False


class _Child:
    """One running process of a program, and its output."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.output, writing_end = os.pipe()
        os.set_blocking(self.output, False)
        self.process = subprocess.Popen(
            program.command,
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=writing_end,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        os.close(writing_end)
        self.started = time.monotonic()
        self.unfinished_line = b""

    def read_lines(self) -> list[str] | None:
        """Whole lines written since; None when the program has closed its output."""
        try:
            chunk = os.read(self.output, 65536)
        except BlockingIOError:
            return []
        if not chunk:
            return None
        *lines, self.unfinished_line = (self.unfinished_line + chunk).split(b"\n")
        return [line.decode(errors="replace") for line in lines]


@dataclass
class _Kept:
    """A program that is to run, its process if it does, and when to start it again if not."""

    program: Program
    child: _Child | None = None
    due: float = 0.0
    pause: float = FIRST_PAUSE


class Supervisor:
    """Runs programs until a signal says stop; `record` is the file of their process ids."""

    def __init__(self, record: Path, *, write: Callable[[str], None] | None = None) -> None:
        self.record = record
        self.stopping = False
        self._hasty = False
        self._kept: dict[str, _Kept] = {}
        self._write = write or _to_standard_output
        self._selector = selectors.DefaultSelector()
        # A signal writes a byte here, which wakes the loop at once.
        self._wake_reader, self._wake_writer = os.pipe()
        os.set_blocking(self._wake_reader, False)
        os.set_blocking(self._wake_writer, False)
        self._selector.register(self._wake_reader, selectors.EVENT_READ)

    def catch_signals(self) -> None:
        """Let SIGINT, SIGTERM and SIGHUP stop everything; a second one does so without patience."""
        signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop())

    def stop(self) -> None:
        """Ask the loop to end; asked twice, it kills what does not end at once."""
        self._hasty = self.stopping
        self.stopping = True

    def start(self, program: Program) -> None:
        """Start `program` and keep it running from now on."""
        kept = self._kept[program.name] = _Kept(program)
        self._launch(kept)

    def wait(self, seconds: float) -> None:
        """Relay output and mend what ended, for `seconds` or until something happened."""
        now = time.monotonic()
        due = [kept.due - now for kept in self._kept.values() if kept.child is None]
        self._listen(max(0.0, min([seconds, *due])))
        for kept in self._kept.values():
            if kept.child is not None and kept.child.process.poll() is not None:
                self._note_end(kept, kept.child)
            if kept.child is None and not self.stopping and time.monotonic() >= kept.due:
                self._launch(kept)

    def run(self, every_second: Callable[[], None] = lambda: None) -> None:
        """Keep everything running until `stop`."""
        checked = 0.0
        while not self.stopping:
            self.wait(1.0)
            if time.monotonic() - checked >= 1.0:
                every_second()
                checked = time.monotonic()

    def end_all(self) -> None:
        """End every program, those that serve others last, and forget the record."""
        self.stopping = True
        for serves in (False, True):
            wave = [kept for kept in self._kept.values() if kept.program.serves == serves]
            for child in [kept.child for kept in wave if kept.child is not None]:
                _signal_quietly(child.process.pid, signal.SIGTERM)
            asked = time.monotonic()
            for kept in wave:
                if kept.child is not None:
                    self._end(kept, kept.child, asked + kept.program.patience)
        self._kept.clear()
        self.record.unlink(missing_ok=True)

    def _launch(self, kept: _Kept) -> None:
        kept.child = child = _Child(kept.program)
        self._keep_record()
        self._selector.register(child.output, selectors.EVENT_READ, child)

    def _listen(self, seconds: float) -> None:
        """Relay what the programs write, waiting up to `seconds` for the first of it."""
        for key, _ in self._selector.select(seconds):
            if key.fd == self._wake_reader:
                os.read(self._wake_reader, 4096)
            else:
                self._relay(key.data)

    def _relay(self, child: _Child) -> None:
        lines = child.read_lines()
        if lines is None:  # closed by the program: nothing more to wait for here
            self._unregister(child)
            return
        for line in lines:
            self._line(child.program.name, line)

    def _unregister(self, child: _Child) -> None:
        if child.output in self._selector.get_map():
            self._selector.unregister(child.output)

    def _note_end(self, kept: _Kept, child: _Child) -> None:
        """Write down that a program ended, and when it is to be started again."""
        if time.monotonic() - child.started > WELL_AFTER:
            kept.pause = FIRST_PAUSE
        self._bury(kept, child)
        code = child.process.returncode
        how = f"signal {-code}" if code < 0 else f"code {code}"
        kept.due = time.monotonic() + kept.pause
        self._line("peelsite", f"{child.program.name} ended ({how}); starting it again in {kept.pause:.0f} s")
        kept.pause = min(kept.pause * 2, LONGEST_PAUSE)

    def _end(self, kept: _Kept, child: _Child, limit: float) -> None:
        """Wait until `limit` for a program that was asked to end, then kill its group."""
        while child.process.poll() is None and time.monotonic() < limit and not self._hasty:
            self._listen(0.05)
        self._bury(kept, child)

    def _bury(self, kept: _Kept, child: _Child) -> None:
        """Kill what is left of a program's group (a killed leader leaves children); relay its last words."""
        _signal_quietly(child.process.pid, signal.SIGKILL, group=True)
        child.process.wait(KILL_WAIT)
        self._relay(child)
        if child.unfinished_line:
            self._line(child.program.name, child.unfinished_line.decode(errors="replace"))
        self._unregister(child)
        os.close(child.output)
        kept.child = None
        self._keep_record()

    def _line(self, name: str, text: str) -> None:
        self._write(f"{name:8} | {text}")

    def _keep_record(self) -> None:
        """Write down who runs, in one rename, so that a kill at any moment leaves a readable record."""
        children = [kept.child for kept in self._kept.values() if kept.child is not None]
        entries = [entry for child in children if (entry := _identity(child.process.pid))]
        fresh = self.record.with_suffix(".new")
        fresh.write_text(json.dumps(entries))
        fresh.replace(self.record)


def end_left_over(record: Path) -> list[str]:
    """End what a killed supervisor left running, by its record; the command lines of what was ended."""
    try:
        entries = json.loads(record.read_text())
    except (FileNotFoundError, ValueError):
        return []
    processes = [process for entry in entries if (process := _recorded_process(entry))]
    ended = [" ".join(process.cmdline()) for process in processes]
    for process in reversed(processes):
        _signal_quietly(process.pid, signal.SIGTERM)
    psutil.wait_procs(processes, KILL_WAIT)
    for process in processes:
        _signal_quietly(process.pid, signal.SIGKILL, group=True)
    record.unlink(missing_ok=True)
    return ended


def _recorded_process(entry: dict[str, float]) -> psutil.Process | None:
    """The process of a record's entry; None if it has ended, for its id may be another program's since."""
    pid = int(entry["pid"])
    now = _identity(pid)
    same = now is not None and abs(now["started"] - entry["started"]) <= SAME_START
    return psutil.Process(pid) if same else None


def _identity(pid: int) -> dict[str, float] | None:
    """A living process as the record names it."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return {"pid": pid, "started": process.create_time()}
    except psutil.NoSuchProcess:
        return None


def _signal_quietly(pid: int, number: int, *, group: bool = False) -> None:
    """Signal a process or its group; one that has ended meanwhile is what was wanted."""
    try:
        (os.killpg if group else os.kill)(pid, number)
    except (ProcessLookupError, PermissionError):  # macOS answers "not permitted" for a group of the dead
        return


def _to_standard_output(line: str) -> None:
    try:
        print(line, flush=True)
    except BrokenPipeError:  # nobody reads any more; the site goes on until it is told to stop
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
