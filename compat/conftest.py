"""One server of ours and one of Prefect's for each process of tests, and the client that drives them."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

# A shell that starts the tests in the background lets them, and so all clients they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
FLOWS = Path(__file__).resolve().parent / "flows"
START_SECONDS = 120
AUTH = os.environ.get("ANNALS_TEST_AUTH_STRING")
CLIENT_PYTHON = os.environ.get("ANNALS_TEST_CLIENT_PYTHON", sys.executable)
CLIENT_PREFECT = str(Path(CLIENT_PYTHON).parent / "prefect")

# Background loops and waits that are long enough for people, too long for tests; seconds.
BRISK = {
    "PREFECT_SERVER_CONCURRENCY_MAXIMUM_CONCURRENCY_SLOT_WAIT_SECONDS": "1",
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS": "2",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "4",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
    "PREFECT_SERVER_TASKS_TAG_CONCURRENCY_SLOT_WAIT_SECONDS": "1",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(condition, seconds: float = 30.0):
    """The first true answer of a condition that is asked again and again."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not within {seconds} s: {condition}"
        time.sleep(0.05)


@dataclass
class Server:
    """A server under an URL, the real client that talks to it, and plain HTTP."""

    url: str
    home: Path
    auth: str | None = None
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        headers = {}
        if self.auth:
            headers["Authorization"] = "Basic " + base64.b64encode(self.auth.encode()).decode()
        self.http = httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def environment(self, **more: str) -> dict[str, str]:
        env = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
        env |= {
            "PREFECT_API_URL": self.url,
            "PREFECT_HOME": str(self.home),
            "PREFECT_LOGGING_TO_API_BATCH_INTERVAL": "0.2",
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "0.5",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "DO_NOT_TRACK": "1",
            "COLUMNS": "240",
            "PYTHONUNBUFFERED": "1",
            "NO_COLOR": "1",
        }
        if self.auth:
            env["PREFECT_API_AUTH_STRING"] = self.auth
        return env | more

    def start(self, *command: str, **more: str) -> subprocess.Popen:
        return subprocess.Popen(
            command, env=self.environment(**more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run_flow(self, script: str, *arguments: str, ok: bool = True) -> str:
        """Runs a script of flows/ to its end; answers what it printed."""
        done = subprocess.run(
            [CLIENT_PYTHON, str(FLOWS / script), *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=600,
        )
        output = done.stdout + done.stderr
        assert (done.returncode == 0) == ok, output[-4000:]
        return output

    def cli(self, *arguments: str, ok: bool = True, cwd: Path | None = None, **more: str) -> str:
        """Runs the client's command, never asking questions; answers what it printed."""
        done = subprocess.run(
            [CLIENT_PREFECT, "--no-prompt", *arguments],
            cwd=cwd,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=120,
        )
        output = done.stdout + done.stderr
        assert (done.returncode == 0) == ok, output[-4000:]
        return output

    def post(self, path: str, body=None):
        answer = self.http.post(path, json=body)
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None

    def get(self, path: str, **params):
        answer = self.http.get(path, params=params)
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def flow_runs(self, tag: str) -> list[dict]:
        return self.pages("/flow_runs/filter", {"flow_runs": {"tags": {"all_": [tag]}}})

    def task_runs(self, tag: str) -> list[dict]:
        return self.pages("/task_runs/filter", {"flow_runs": {"tags": {"all_": [tag]}}})

    def pages(self, path: str, body: dict) -> list[dict]:
        found: list[dict] = []
        while page := self.post(path, {**body, "limit": 200, "offset": len(found), "sort": "NAME_ASC"}):
            found += page
        return found


def wait_for(server: Server, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            if server.http.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server did not come up: " + log.read_text()[-3000:])


def stopped(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


class Node:
    """A process of ours over a data folder, which can be started again at the same address."""

    def __init__(self, data: Path, client_home: Path, **settings: str):
        self.data, self.port = data, free_port()
        self.env = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "ANNALS_"))}
        self.env |= {"ANNALS_HOME": str(data), **settings}
        if AUTH:
            self.env["PREFECT_SERVER_API_AUTH_STRING"] = AUTH
        self.server = Server(f"http://127.0.0.1:{self.port}/api", client_home, AUTH)
        self.process: subprocess.Popen | None = None

    def start(self) -> Server:
        log = self.data / "server.log"
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                [str(ROOT / "annals"), "server", "start", "--host", "127.0.0.1", "--port", str(self.port)],
                env=self.env,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        wait_for(self.server, self.process, log)
        return self.server

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            stopped(self.process)


@contextmanager
def ours(data: Path, client_home: Path, **settings: str):
    """A server of ours that runs until the block ends, and whose log is verified then."""
    if url := os.environ.get("ANNALS_TEST_SERVER_URL"):
        yield Server(url, client_home, AUTH)
        return
    node = Node(data, client_home, **settings)
    try:
        yield node.start()
    finally:
        node.stop()
    verified(node.env)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Ours."""
    settings = {}
    if database := os.environ.get("ANNALS_TEST_DATABASE_URL"):
        settings["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = database
    with ours(tmp_path_factory.mktemp("annals"), tmp_path_factory.mktemp("client"), **settings) as started:
        yield started


@pytest.fixture(scope="session")
def brisk(tmp_path_factory):
    """Ours, with loops and waits as short as tests like them."""
    with ours(tmp_path_factory.mktemp("brisk"), tmp_path_factory.mktemp("brisk-client"), **BRISK) as started:
        yield started


def verified(env: dict[str, str]) -> None:
    """Whatever the tests did: the hash chain holds, and every table is the fold of the log."""
    check = subprocess.run([str(ROOT / "annals"), "log", "verify"], env=env, capture_output=True, text=True, timeout=240)
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.fixture(scope="session")
def reference(tmp_path_factory):
    """Prefect's own server of the same version, on SQLite."""
    if url := os.environ.get("ANNALS_TEST_REFERENCE_URL"):
        yield Server(url, tmp_path_factory.mktemp("reference-client"))
        return
    data = tmp_path_factory.mktemp("prefect")
    port = free_port()
    env = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    env |= {"PREFECT_HOME": str(data), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    log = data / "server.log"
    with open(log, "wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            theirs = Server(f"http://127.0.0.1:{port}/api", tmp_path_factory.mktemp("reference-client"))
            wait_for(theirs, process, log)
            yield theirs
        finally:
            stopped(process)


@pytest.fixture
def tag() -> str:
    """Marks everything that one test makes."""
    return "compat-" + uuid.uuid4().hex[:10]
