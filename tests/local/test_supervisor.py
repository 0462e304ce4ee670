"""The supervisor ends what it started and nothing else, whatever happens to it or to its programs."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from peelsite.local.supervisor import Program, Supervisor, end_left_over
from tests.services import wait_until


def python(*lines: str) -> list[str]:
    """The command of a small program."""
    return [sys.executable, "-c", "\n".join(lines)]


UP = ("print('up', flush=True)", "time.sleep(600)")
SLEEP = python("import time", *UP)
STUBBORN = python("import signal, time", "signal.signal(signal.SIGTERM, signal.SIG_IGN)", *UP)
# A leader with a child of its own, as gunicorn and Celery have; it says the child's process id.
FAMILY = python(
    "import subprocess, sys, time",
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True)",
    "time.sleep(600)",
)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path, said):
    made = Supervisor(tmp_path / "run.json", write=said.append)
    yield made
    made.end_all()


def run_until(supervisor, condition, seconds=20.0):
    """Let the supervisor work until `condition` holds."""

    def step():
        supervisor.wait(0.05)
        return condition()

    return wait_until(step, seconds=seconds, every=0)


def recorded(supervisor) -> list[int]:
    return [entry["pid"] for entry in json.loads(supervisor.record.read_text())]


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_output_is_relayed_under_the_programs_name(supervisor, said):
    command = [sys.executable, "-c", "print('one'); print('two, unfinished', end='')"]
    supervisor.start(Program("talker", command, os.environ))
    run_until(supervisor, lambda: any("ended" in line for line in said))
    assert said[:2] == ["talker   | one", "talker   | two, unfinished"]
    assert said[2].startswith("peelsite | talker ended (code 0)")


def test_a_killed_program_is_started_again(supervisor, said):
    supervisor.start(Program("web", SLEEP, os.environ))
    (first,) = recorded(supervisor)
    os.kill(first, signal.SIGKILL)
    run_until(supervisor, lambda: recorded(supervisor) not in ([], [first]))
    assert said.count("peelsite | web ended (signal 9); starting it again in 1 s") == 1


def test_a_program_that_keeps_failing_is_started_ever_more_seldom(supervisor, said):
    supervisor.start(Program("worker", [sys.executable, "-c", "raise SystemExit(3)"], os.environ))
    run_until(supervisor, lambda: sum("ended" in line for line in said) == 2)
    assert [line.rsplit(" in ")[1] for line in said] == ["1 s", "2 s"]


def test_end_all_ends_every_program_and_its_children_and_nothing_else(supervisor, said, tmp_path):
    bystander = subprocess.Popen(SLEEP, stdout=subprocess.DEVNULL)
    try:
        supervisor.start(Program("first", SLEEP, os.environ))
        supervisor.start(Program("family", FAMILY, os.environ))
        run_until(supervisor, lambda: any(line.startswith("family") for line in said))
        child = int(next(line for line in said if line.startswith("family")).split("|")[1])
        leaders = recorded(supervisor)
        assert alive(child)
        supervisor.end_all()
        wait_until(lambda: not any(map(alive, [*leaders, child])))
        assert bystander.poll() is None
        assert not supervisor.record.exists()
    finally:
        bystander.kill()
        bystander.wait()


def test_a_program_that_ignores_the_signal_is_killed_when_its_patience_is_over(supervisor, said):
    supervisor.start(Program("deaf", STUBBORN, os.environ, patience=0.3))
    run_until(supervisor, lambda: said)
    (pid,) = recorded(supervisor)
    began = time.monotonic()
    supervisor.end_all()
    assert not alive(pid)
    assert 0.3 <= time.monotonic() - began < 5


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_supervisor_stops_everything(tmp_path, number):
    process, pids = supervisor_process(tmp_path)
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not any(map(alive, pids))


def test_what_a_killed_supervisor_left_is_ended_by_the_next_run(tmp_path):
    process, pids = supervisor_process(tmp_path)
    process.kill()
    process.wait()
    assert all(map(alive, pids))
    ended = end_left_over(tmp_path / "run.json")
    assert len(ended) == len(pids) == 2
    wait_until(lambda: not any(map(alive, pids)))
    assert end_left_over(tmp_path / "run.json") == []


def test_a_process_that_only_has_a_recorded_id_is_left_alone(tmp_path):
    bystander = subprocess.Popen(SLEEP, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        record = tmp_path / "run.json"
        record.write_text(json.dumps([{"pid": bystander.pid, "started": time.time() - 3600}]))
        assert end_left_over(record) == []
        assert bystander.poll() is None
        assert not record.exists()
    finally:
        bystander.kill()
        bystander.wait()


def test_a_torn_record_is_no_error(tmp_path):
    (tmp_path / "run.json").write_text('[{"pid": 1')
    assert end_left_over(tmp_path / "run.json") == []


def supervisor_process(tmp_path: Path) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A supervisor in a process of its own with two programs, and their ids."""
    record = tmp_path / "run.json"
    script = (
        "import os, pathlib\n"
        "from peelsite.local.supervisor import Program, Supervisor\n"
        f"supervisor = Supervisor(pathlib.Path({str(record)!r}))\n"
        "supervisor.catch_signals()\n"
        f"for name in 'ab': supervisor.start(Program(name, {SLEEP!r}, os.environ))\n"
        "supervisor.run()\n"
        "supervisor.end_all()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL)
    pids = wait_until(
        lambda: record.exists() and (ids := json.loads(record.read_text())) and len(ids) == 2 and ids
    )
    time.sleep(0.2)  # both have been started; let their interpreters come up
    return process, [entry["pid"] for entry in pids]
