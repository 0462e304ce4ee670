"""The real servers that tests run on: PostgreSQL, Redis, Celery workers, an SMTP server with faults."""

import asyncio
import atexit
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller

from peelsite.local.throwaway import throwaway_servers

# What a Redis server has unless it is told otherwise.
REDIS_DATABASES = 16
ROOT = Path(__file__).resolve().parent.parent


def ensure_services() -> None:
    """Set the site's variables for tests, and start an embedded server for each that is not set.

    Processes that share a session (pytest-xdist) share its servers; each has its own test database, by
    pytest-django, and its own database of Redis, as some tests empty theirs.
    """
    os.environ.setdefault("PEELSITE_LOCAL", "1")
    # Workers of two sessions on one Redis must not take each other's tasks.
    os.environ.setdefault("CELERY_QUEUE", f"peelsite-test-{os.getpid()}")
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        servers = contextlib.ExitStack()
        servers.enter_context(throwaway_servers())
        atexit.register(servers.close)
    if process := os.environ.get("PYTEST_XDIST_WORKER"):
        address = urlsplit(os.environ["REDIS_URL"])
        number = int(address.path.lstrip("/") or 0) + 1 + int(process.removeprefix("gw"))
        os.environ["REDIS_URL"] = address._replace(path=f"/{number % REDIS_DATABASES}").geturl()


def guard_network(monkeypatch: Any) -> None:
    """Let connections of this process reach this machine and the two given servers, and nothing else."""
    given = [urlsplit(os.environ[name]).hostname or "" for name in ("DATABASE_URL", "REDIS_URL")]
    allowed = {"127.0.0.1", "::1", "localhost", *given}
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), allowed))


def _guarded(original: Callable[..., Any], allowed: set[str]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in allowed:
            raise PermissionError(f"A test tried to reach {address[0]}: tests use this machine only.")
        return original(self, address)

    return connect


@dataclass
class Worker:
    """A Celery worker process of the site; `process.kill()` is the kill -9 of the tests."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End the worker and its pool at once, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait(10)

    def stop(self) -> None:
        """Let it finish its task and end; kill it when it does not."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def said(self) -> str:
        """Everything it has written so far."""
        return self.log.read_text(errors="replace")


def start_worker(log: Path, environment: Mapping[str, str], *, concurrency: int = 1) -> Worker:
    """Start a worker on the database and Redis that `environment` names; returns when it takes tasks."""
    command = [sys.executable, "-m", "celery", "--app=peelsite", "worker", "--loglevel=INFO"]
    options = [f"--concurrency={concurrency}", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    worker = Worker(process, log)
    wait_until(lambda: " ready." in worker.said() or process.poll() is not None, seconds=60)
    if process.poll() is not None:
        raise RuntimeError(f"The worker ended at once:\n{worker.said()}")
    return worker


def wait_until(true: Callable[[], Any], *, seconds: float = 30.0, every: float = 0.05) -> Any:
    """Wait for `true` to return something true, and return that. Raises TimeoutError."""
    limit = time.monotonic() + seconds
    while not (result := true()):
        if time.monotonic() > limit:
            raise TimeoutError(f"Not true within {seconds} seconds.")
        time.sleep(every)
    return result


@dataclass
class Received:
    """A message as the SMTP server took it."""

    sender: str
    recipients: list[str]
    message: EmailMessage


@dataclass
class _Fault:
    answer: str | None
    seconds: float
    drop: bool
    times: int


@dataclass
class SmtpServer:
    """A real SMTP server on the loopback address; it keeps what it accepts and misbehaves when asked to.

    Stages: EHLO, MAIL, RCPT, DATA (the message has come and is refused or held up) and ACCEPTED (the message
    is kept, and only then the answer is delayed, made a failure, or never given), QUIT.
    """

    received: list[Received] = field(default_factory=list)
    _faults: dict[str, _Fault] = field(default_factory=dict)
    _controller: Any = None

    def fail(self, stage: str, answer: str = "451 Try again later", *, times: int = 1) -> None:
        """Answer the next `times` commands of this stage with a failure."""
        self._faults[stage] = _Fault(answer, 0.0, False, times)

    def delay(self, stage: str, seconds: float, *, times: int = 1) -> None:
        """Hold up the next `times` answers of this stage."""
        self._faults[stage] = _Fault(None, seconds, False, times)

    def drop(self, stage: str, *, times: int = 1) -> None:
        """Close the connection instead of answering."""
        self._faults[stage] = _Fault(None, 0.0, True, times)

    def reached(self, stage: str) -> bool:
        """Whether the fault asked for at this stage has come."""
        return self._faults[stage].times == 0

    @property
    def url(self) -> str:
        """EMAIL_URL of this server."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._controller.server.sockets[0].getsockname()[1])

    def to(self, address: str) -> list[EmailMessage]:
        """Messages accepted for one recipient."""
        return [mail.message for mail in self.received if address in mail.recipients]

    def start(self) -> None:
        """Listen on a free port."""
        self._controller = _FreePortController(_Handler(self), hostname="127.0.0.1", port=0)
        self._controller.start()

    def stop(self) -> None:
        """Close the server; with it running connections."""
        self._controller.stop(no_assert=True)

    def fault(self, stage: str) -> _Fault | None:
        """The fault wanted at this stage now, counted down."""
        fault = self._faults.get(stage)
        if fault is None or fault.times == 0:
            return None
        fault.times -= 1
        return fault


class _FreePortController(Controller):
    def _trigger_server(self) -> None:
        """Greet the port that was given, not the port 0 that was asked for."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class _Handler:
    def __init__(self, server: SmtpServer) -> None:
        self.server = server

    async def _answer(self, stage: str, smtp: Any, usual: str) -> str:
        fault = self.server.fault(stage)
        if fault is None:
            return usual
        if fault.drop:
            smtp.transport.abort()
        await asyncio.sleep(fault.seconds)
        return fault.answer or usual

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        answer = await self._answer("EHLO", server, "")
        return [answer] if answer else responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = await self._answer("MAIL", server, "250 OK")
        if answer.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await self._answer("RCPT", server, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = await self._answer("DATA", server, "250 OK")
        if not answer.startswith("250"):
            return answer
        message = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default)
        self.server.received.append(Received(envelope.mail_from, list(envelope.rcpt_tos), message))
        return await self._answer("ACCEPTED", server, "250 OK")

    async def handle_QUIT(self, server, session, envelope):
        return await self._answer("QUIT", server, "221 Bye")
