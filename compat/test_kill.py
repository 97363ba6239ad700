"""Laws 1 and 2: kill -9 of the server and of PostgreSQL in the middle of a load loses nothing.

Each round writes from many threads, kills at a random moment, starts again without hand work and
reads back every acknowledged write: it is there exactly once. At the end the stored log is verified:
its hash chain, and every projection against the fold of the log.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import threading
import time
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("ANNALS_TEST_KILL_ROUNDS", "4"))
WRITERS = 16
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Node:
    """One server process over a data folder that outlives it."""

    def __init__(self, home: Path):
        self.home = home
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        env = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
        env["ANNALS_HOME"] = str(self.home)
        env["PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_TIMEOUT"] = "2"  # a dead database is soon known to be dead
        database = os.environ.get("ANNALS_TEST_KILL_DATABASE_URL")
        if database:
            env["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = database
        self.log = open(self.home / "server.log", "ab")
        self.process = subprocess.Popen(
            [str(ROOT / "annals"), "server", "start", "--host", "127.0.0.1", "--port", str(self.port)],
            env=env,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.home / "server.log").read_text()[-2000:]
            try:
                if self.call(self.connect(), "GET", "/api/health")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not come up")

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.call(self.connect(), "GET", "/api/ready")[0] != 200:
            assert time.monotonic() < deadline, "the server is not ready again"
            time.sleep(0.05)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    @staticmethod
    def call(connection, method: str, path: str, body=None):
        payload = None if body is None else json.dumps(body)
        connection.request(method, path, payload, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def postgres_pid(self) -> int:
        found = list(self.home.rglob("postmaster.pid"))
        assert found, "no embedded PostgreSQL under the data folder"
        return int(found[0].read_text().splitlines()[0])

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)


class Load:
    """Threads that write until told to stop and remember what was acknowledged."""

    def __init__(self, node: Node, flow_id: str):
        self.node, self.flow_id = node, flow_id
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.runs: dict[str, list[str]] = {}  # run id -> acknowledged state ids, oldest first
        self.keys: dict[str, str] = {}  # idempotency key -> run id
        self.threads = [threading.Thread(target=self.write, daemon=True) for _ in range(WRITERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def write(self) -> None:
        connection = self.node.connect()
        while not self.stopping.is_set():
            try:
                self.lifecycle(connection)
            except (OSError, http.client.HTTPException):
                return  # the server is gone

    def lifecycle(self, connection) -> None:
        key = str(uuid.uuid4())
        body = {"flow_id": self.flow_id, "idempotency_key": key, "state": {"type": "SCHEDULED"}}
        status, run = self.node.call(connection, "POST", "/api/flow_runs/", body)
        if status != 201:
            return
        with self.lock:
            self.runs[run["id"]] = [run["state_id"]]
            self.keys[key] = run["id"]
        for state in ("PENDING", "RUNNING", "COMPLETED"):
            path = f"/api/flow_runs/{run['id']}/set_state"
            status, answer = self.node.call(connection, "POST", path, {"state": {"type": state}})
            if status not in (200, 201) or answer["status"] != "ACCEPT":
                return
            with self.lock:
                self.runs[run["id"]].append(answer["state"]["id"])


def check(node: Node, load: Load) -> None:
    connection = node.connect()
    for run_id, acknowledged in load.runs.items():
        status, states = node.call(connection, "GET", f"/api/flow_run_states/?flow_run_id={run_id}")
        assert status == 200
        stored = [state["id"] for state in states]
        assert stored[: len(acknowledged)] == acknowledged, f"run {run_id} lost a state"
        assert len(stored) <= len(acknowledged) + 1, f"run {run_id} has states nobody asked for"
    for key, run_id in list(load.keys.items())[:50]:
        status, again = node.call(
            connection, "POST", "/api/flow_runs/", {"flow_id": load.flow_id, "idempotency_key": key}
        )
        assert (status, again["id"]) == (200, run_id)


@pytest.mark.parametrize("victim", ["server", "postgres"])
def test_kill_9_loses_no_acknowledged_write(victim: str, tmp_path: Path) -> None:
    if victim == "postgres" and os.environ.get("ANNALS_TEST_KILL_DATABASE_URL"):
        pytest.skip("an external PostgreSQL is not ours to kill")
    node = Node(tmp_path)
    node.start()
    try:
        _, flow = node.call(node.connect(), "POST", "/api/flows/", {"name": "killed"})
        loads = []
        for round_number in range(ROUNDS // 2):
            with Load(node, flow["id"]) as load:
                time.sleep(random.uniform(0.5, 2.0))  # the moment of death is the point
                pid = node.process.pid if victim == "server" else node.postgres_pid()
                node.kill(pid)
                if victim == "server":
                    node.process.wait(timeout=30)
            assert load.runs, f"round {round_number} acknowledged nothing"
            loads.append(load)
            if victim == "postgres" and round_number % 2 == 0:
                node.wait_until_ready()  # the server starts its own PostgreSQL again
            else:
                if victim == "postgres":
                    node.stop()
                node.start()
            for earlier in loads:
                check(node, earlier)
        node.stop()
        verify = subprocess.run(
            [str(ROOT / "annals"), "log", "verify"],
            env={**os.environ, "ANNALS_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert verify.returncode == 0, verify.stdout + verify.stderr
    finally:
        node.stop()
