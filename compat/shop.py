"""The project of projects/shop, deployed to a server under names of its own, and the workers that run it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from conftest import CLIENT_PREFECT, Server, eventually

PROJECT = Path(__file__).resolve().parent / "projects" / "shop"
TERMINAL = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def in_seconds(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "State:\tZ" not in status.read_text()


class Shop:
    """Everything that one pool and one deployed copy of the project offer to a test."""

    def __init__(self, server: Server, name: str, directory: Path):
        self.server, self.name, self.directory = server, name, directory
        shutil.copytree(PROJECT, directory, dirs_exist_ok=True)
        self.variables = {"SHOP": name, "SHOP_DIRECTORY": str(directory)}

    def open(self) -> str:
        made = self.cli("work-pool", "create", self.name, "--type", "process")
        return made + self.deploy()

    def deploy(self) -> str:
        return self.cli("deploy", "--all")

    def cli(self, *arguments: str, ok: bool = True) -> str:
        return self.server.cli(*arguments, ok=ok, cwd=self.directory, **self.variables)

    def deployments(self) -> list[dict]:
        return self.server.pages("/deployments/filter", {"deployments": {"tags": {"all_": [self.name]}}})

    def deployment(self, name: str) -> dict:
        return next(deployment for deployment in self.deployments() if deployment["name"] == f"{name}-{self.name}")

    def flow_and_name(self, name: str) -> str:
        deployment = self.deployment(name)
        flow = self.server.get(f"/flows/{deployment['flow_id']}")
        return f"{flow['name']}/{deployment['name']}"

    def start_run(self, name: str, **body) -> dict:
        return self.server.post(f"/deployments/{self.deployment(name)['id']}/create_flow_run", body)

    def runs(self, name: str, *state_types: str) -> list[dict]:
        wanted = {"deployment_id": {"any_": [self.deployment(name)["id"]]}}
        if state_types:
            wanted["state"] = {"type": {"any_": list(state_types)}}
        return self.server.pages("/flow_runs/filter", {"flow_runs": wanted})

    def scheduled(self, name: str) -> list[dict]:
        """Runs that schedules have made and that have not begun."""
        return [run for run in self.runs(name, "SCHEDULED") if run["auto_scheduled"]]

    def polled(self, *queues: str) -> set[str]:
        """The ids of the runs that a worker would be given for the next hour."""
        body = {"scheduled_before": in_seconds(3600), "limit": 100}
        if queues:
            body["work_queue_names"] = list(queues)
        given = self.server.post(f"/work_pools/{self.name}/get_scheduled_flow_runs", body)
        return {each["flow_run"]["id"] for each in given}

    def state(self, run: dict) -> str:
        return self.server.get(f"/flow_runs/{run['id']}")["state"]["name"]

    def until(self, run: dict, *names: str, seconds: float = 60) -> dict:
        """The run once its state has one of these names."""

        def there():
            seen = self.server.get(f"/flow_runs/{run['id']}")
            return seen if seen["state"]["name"] in names else None

        return eventually(there, seconds)

    def state_names(self, run: dict) -> list[str]:
        return [state["name"] for state in self.server.get("/flow_run_states/", flow_run_id=run["id"])]

    def pid_of(self, run: dict) -> int:
        """The process of a run of `deliver`, which leaves its id when it begins."""
        file = self.directory / f"{run['id']}.pid"
        return int(eventually(lambda: file.exists() and file.read_text()))

    @contextmanager
    def worker(self, *options: str):
        """A worker of the pool, as a team starts it, and what it prints."""
        output = self.directory / "worker.log"
        with open(output, "wb") as out:
            process = subprocess.Popen(
                [CLIENT_PREFECT, "--no-prompt", "worker", "start", "--pool", self.name, "--type", "process", *options],
                env=self.server.environment(**self.variables),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                yield output
            finally:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(timeout=30)
                finally:
                    try:
                        os.killpg(process.pid, signal.SIGKILL)  # runs that a failed test has left
                    except ProcessLookupError:
                        pass
