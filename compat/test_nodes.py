"""Two nodes over one PostgreSQL: one is killed and comes back, the other stands still, and the schedule is kept.

Pollers stand for process workers: they take runs of a pool and lead them to their end, asking the other node when
one does not answer, as behind a load balancer. What they began is what the schedule must account for.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
import uuid
from collections import Counter
from datetime import UTC, datetime

import asyncpg
import httpx
import pytest

from conftest import BRISK, Node, Server, eventually, verified

POLLERS = 4
LIMIT = 3
STOPPED_SECONDS = float(os.environ.get("ANNALS_TEST_STOPPED_SECONDS", "10"))
ANSWER_SECONDS = 2.0
WORK_SECONDS = 0.2
SETTLE_SECONDS = 60.0


def plain(url: str) -> str:
    return url.replace("postgresql+asyncpg://", "postgresql://")


def new_database(url: str) -> str:
    """The address of a new database beside the one of the given address."""
    name = "nodes_" + uuid.uuid4().hex[:8]

    async def create() -> None:
        connection = await asyncpg.connect(plain(url))
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()

    asyncio.run(create())
    return plain(url).rpartition("/")[0] + "/" + name


def live_leases(url: str) -> int:
    """Each holds one slot."""

    async def count() -> int:
        connection = await asyncpg.connect(plain(url))
        try:
            return await connection.fetchval("SELECT count(*) FROM concurrency_lease WHERE expiration > now()")
        finally:
            await connection.close()

    return asyncio.run(count())


@pytest.fixture
def database(tmp_path):
    """A PostgreSQL that outlives both nodes: the given one, or that of a third server."""
    if url := os.environ.get("ANNALS_TEST_DATABASE_URL"):
        yield new_database(url)
        return
    home = tmp_path / "keeper"
    home.mkdir()
    keeper = Node(home, tmp_path)
    try:
        keeper.start()
        password = (home / "postgres" / "password").read_text().strip()
        port = (home / "postgres" / "port").read_text().strip()
        yield new_database(f"postgresql://annals:{password}@127.0.0.1:{port}/postgres")
    finally:
        keeper.stop()


class Poller(threading.Thread):
    """Takes runs and leads them through their states, asking whichever node answers."""

    def __init__(self, servers: list[Server], first: int, pool: str, begun: list[str]):
        super().__init__(daemon=True)
        self.apis = [httpx.Client(base_url=each.url, headers=each.http.headers, timeout=ANSWER_SECONDS) for each in servers]
        self.turn, self.pool, self.begun = first, pool, begun
        self.stopping = threading.Event()
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                taken = [run for run in self.due() if self.lead(run)]
                if not taken:
                    self.stopping.wait(0.2)
        except Exception as failure:
            self.failure = failure

    def ask(self, path: str, body: dict):
        """The answer of the first node that gives one; the same question may so be asked twice."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = self.apis[self.turn].post(path, json=body)
                if answer.status_code < 300:
                    return answer.json() if answer.content else None
                if answer.status_code == 404:
                    return None  # the run was deleted with its schedule
                assert answer.status_code in (429, 502, 503), f"{path}: {answer.status_code} {answer.text}"
            except httpx.TransportError:
                pass
            self.turn = (self.turn + 1) % len(self.apis)
            time.sleep(0.05)
        raise AssertionError(f"no node answers {path}")

    def due(self) -> list[dict]:
        self.ask(f"/work_pools/{self.pool}/workers/heartbeat", {"name": self.name})
        now = datetime.now(UTC).isoformat()
        given = self.ask(f"/work_pools/{self.pool}/get_scheduled_flow_runs", {"scheduled_before": now, "limit": 2})
        return [each["flow_run"] for each in given]

    def lead(self, run: dict) -> bool:
        if not self.moved(run, "PENDING") or not self.moved(run, "RUNNING"):
            return False
        self.begun.append(run["id"])
        time.sleep(WORK_SECONDS)
        assert self.moved(run, "COMPLETED"), f"run {run['id']} was taken away"
        return True

    def moved(self, run: dict, to: str) -> bool:
        """Whether a run is now in a state because this poller has asked for it."""
        mine = str(uuid.uuid4())
        # Without a stored result Prefect lets a worker that comes late run a completed run once more.
        data = {"type": "reference", "storage_key": run["id"]} if to == "COMPLETED" else None
        state = {"type": to, "data": data, "state_details": {"transition_id": mine}}
        while True:
            answer = self.ask(f"/flow_runs/{run['id']}/set_state", {"state": state})
            if answer is None:
                return False
            if answer["status"] == "WAIT":
                time.sleep(answer["details"]["delay_seconds"])
                continue
            now = answer["state"] or {}
            return now.get("type") == to and now.get("state_details", {}).get("transition_id") == mine


class Schedule:
    """A deployment that is due every second, and what has become of its runs."""

    def __init__(self, server: Server):
        self.pool = "nodes"
        server.post("/work_pools/", {"name": self.pool, "type": "process"})
        flow = server.post("/flows/", {"name": "every second"})
        self.deployment = server.post("/deployments/", {
            "name": "every second",
            "flow_id": flow["id"],
            "work_pool_name": self.pool,
            "concurrency_limit": LIMIT,
            "concurrency_options": {"collision_strategy": "ENQUEUE"},
            "schedules": [{"schedule": {"interval": 1.0, "anchor_date": "2020-01-01T00:00:00Z"}, "active": True}],
            "enforce_parameter_schema": False,
        })  # fmt: skip

    def runs(self, server: Server, *types: str) -> list[dict]:
        wanted: dict = {"deployment_id": {"any_": [self.deployment["id"]]}}
        if types:
            wanted["state"] = {"type": {"any_": list(types)}}
        return server.pages("/flow_runs/filter", {"flow_runs": wanted})

    def history(self, server: Server, run: dict) -> list[tuple]:
        states = server.get("/flow_run_states/", flow_run_id=run["id"])
        return [(state["type"], state["timestamp"], state["state_details"]["transition_id"]) for state in states]

    def progresses(self, server: Server, by: int) -> None:
        """Waits for so many more runs to complete; the limit holds at every moment of it."""

        def completed() -> int:
            assert len(self.runs(server, "PENDING", "RUNNING")) <= LIMIT
            return len(self.runs(server, "COMPLETED"))

        goal = completed() + by
        eventually(lambda: completed() >= goal, SETTLE_SECONDS)

    def slots_held(self, server: Server) -> int:
        limit = self.deployment["global_concurrency_limit"]
        return server.get(f"/v2/concurrency_limits/{limit['id']}")["active_slots"]


def test_a_schedule_is_kept_while_nodes_die_and_stand_still(database, tmp_path):
    settings = BRISK | {"PREFECT_SERVER_DATABASE_CONNECTION_URL": database}
    nodes = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        nodes.append(Node(tmp_path / name, tmp_path, **settings))
    first, second = nodes
    begun: list[str] = []
    pollers = []
    try:
        servers = [node.start() for node in nodes]
        schedule = Schedule(first.server)
        pollers = [Poller(servers, number % 2, schedule.pool, begun) for number in range(POLLERS)]
        for poller in pollers:
            poller.start()
        schedule.progresses(first.server, 4)

        first.process.kill()
        first.process.wait(timeout=30)
        schedule.progresses(second.server, 4)
        first.start()

        second.process.send_signal(signal.SIGSTOP)
        thaw = time.monotonic() + STOPPED_SECONDS
        while time.monotonic() < thaw:
            schedule.progresses(first.server, 2)
        second.process.send_signal(signal.SIGCONT)
        schedule.progresses(second.server, 4)

        first.server.post(f"/deployments/{schedule.deployment['id']}/pause_deployment")
        try:
            eventually(lambda: not schedule.runs(first.server, "PENDING", "RUNNING"), SETTLE_SECONDS)
        except AssertionError:
            stuck = schedule.runs(first.server, "PENDING", "RUNNING")
            histories = [schedule.history(first.server, run) for run in stuck]
            raise AssertionError(f"never ended: {histories}; {[poller.failure for poller in pollers]}") from None
        for poller in pollers:
            poller.stopping.set()
        for poller in pollers:
            poller.join(timeout=SETTLE_SECONDS)
        assert not [poller.failure for poller in pollers if poller.failure]

        runs = schedule.runs(second.server)
        assert {run["state_type"] for run in runs} == {"COMPLETED"}, Counter(run["state_name"] for run in runs)
        assert max(Counter(begun).values()) == 1, "a run was begun twice"
        assert max(Counter(run["expected_start_time"] for run in runs).values()) == 1, "an instant has two runs"
        assert {run["id"] for run in runs} == set(begun)
        # What the killed node held is found out after a while.
        eventually(lambda: live_leases(database) == 0, SETTLE_SECONDS)
        assert schedule.slots_held(first.server) == schedule.slots_held(second.server) == 0
    finally:
        if second.process:
            second.process.send_signal(signal.SIGCONT)
        for poller in pollers:
            poller.stopping.set()
        for node in nodes:
            node.stop()
    verified(first.env)
