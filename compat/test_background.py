"""Artifacts and background tasks as the real client makes and shows them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from conftest import CLIENT_PYTHON, FLOWS, Node, Server, eventually, verified
from normalise import differences, normalised


def test_artifacts_of_a_flow_equal_prefects(server, reference, tag):
    shown = []
    for each in (reference, server):
        assert "RESULT done" in each.run_flow("reports.py", tag)
        run = next(run for run in each.flow_runs(tag) if run["name"] == "reports")
        eventually(lambda: len(each.task_runs(tag)) == 1)
        mine = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}, "type": {"not_any_": ["result"]}}}
        graph = each.get(f"/flow_runs/{run['id']}/graph-v2")
        shown.append(normalised({
            "all": each.post("/artifacts/filter", {**mine, "sort": "CREATED_DESC"}),
            "latest": each.post("/artifacts/latest/filter", {**mine, "sort": "KEY_ASC"}),
            "of the run": graph["artifacts"],
            "of the task": [node["artifacts"] for _, node in graph["nodes"]],
        }))
    assert len(shown[1]["all"]) == 5 and not differences(*shown)


def test_events_of_an_artifact_collection_equal_prefects(server, reference, tag):
    shown = []
    for each in (reference, server):
        key = f"{tag}-report"
        first = each.post("/artifacts/", {"key": key, "type": "markdown", "data": "one"})
        second = each.post("/artifacts/", {"key": key, "type": "table", "data": [1], "description": "two"})
        for artifact in (second, first):
            assert each.http.delete(f"/artifacts/{artifact['id']}").status_code == 204
        wanted = {"filter": {"event": {"prefix": ["prefect.artifact-collection."]}, "order": "DESC"}, "limit": 50}

        def all_there(each=each, key=key, wanted=wanted):
            events = each.post("/events/filter", wanted)["events"]
            return four([event for event in reversed(events) if event["resource"]["prefect.resource.name"] == key])

        events = eventually(all_there)
        shown.append([normalised({key: event[key] for key in event if key != "received"}) for event in events])
    assert [event["event"].rpartition(".")[2] for event in shown[1]] == ["created", "updated", "updated", "deleted"]
    assert not differences(*shown)


def four(events: list) -> list | None:
    return events if len(events) == 4 else None


def test_the_cli_shows_and_deletes_artifacts(server, tag):
    server.run_flow("reports.py", tag)
    assert f"{tag}-table" in server.cli("artifact", "ls", "--limit", "50")
    inspected = server.cli("artifact", "inspect", f"{tag}-text")
    assert "# First" in inspected and "# Second" in inspected
    server.cli("artifact", "delete", f"{tag}-link")
    assert server.http.get(f"/artifacts/{tag}-link/latest").status_code == 404


def delayed(output: str) -> list[str]:
    """The ids of the runs that were asked for."""
    return next(line.split()[1:] for line in output.splitlines() if line.startswith("DELAYED "))


def all_completed(server: Server, ids: list[str]) -> bool:
    runs = server.pages("/task_runs/filter", {"task_runs": {"id": {"any_": ids}}})
    return [run["state_type"] for run in runs] == ["COMPLETED"] * len(ids)


def numbers(ran: Path) -> list[int]:
    return sorted(int(line.split()[0]) for line in ran.read_text().splitlines())


def fewest_of_a_worker(ran: Path, workers: int) -> int:
    """How many runs the one with the fewest has begun."""
    begun = Counter(line.split()[1] for line in ran.read_text().splitlines()) if ran.exists() else Counter()
    return min(begun.values()) if len(begun) == workers else 0


@pytest.mark.parametrize("workers", [1, 2])
def test_every_delayed_task_runs_once(server: Server, tmp_path, workers):
    runs = 50 if workers > 1 else 5
    ran = tmp_path / "ran"
    script = [CLIENT_PYTHON, str(FLOWS / "counted.py")]
    asking = server.start(*script, "delay", str(runs), str(ran))
    serving = [server.start(*script, "serve") for _ in range(workers)]
    try:
        eventually(lambda: len(server.post("/task_workers/filter", {})) == workers)
        output, _ = asking.communicate(timeout=180)
    finally:
        for process in serving:
            process.kill()
            process.communicate()
    assert f"RESULT {sum(x * x for x in range(runs))}" in output, output[-3000:]
    assert numbers(ran) == list(range(runs))
    assert eventually(lambda: server.post("/task_workers/filter", {}) == [])
    assert all_completed(server, delayed(output))


def test_a_restart_neither_loses_nor_repeats_delayed_tasks(tmp_path):
    runs = 80
    ran = tmp_path / "ran"
    data, home = tmp_path / "annals", tmp_path / "client"
    data.mkdir()
    home.mkdir()
    node = Node(data, home)
    serving = []
    try:
        server = node.start()
        ids = delayed(server.run_flow("counted.py", "ask", str(runs), str(ran)))
        serving = [server.start(CLIENT_PYTHON, str(FLOWS / "counted.py"), "serve") for _ in range(2)]
        # A worker's first runs ask for the server's version; the client gives up a run when nobody answers that.
        eventually(lambda: fewest_of_a_worker(ran, 2) >= 3)
        node.stop()
        node.start()
        eventually(lambda: all_completed(server, ids), 120)
        assert numbers(ran) == list(range(runs))
    finally:
        for process in serving:
            process.kill()
            process.communicate()
        node.stop()
    verified(node.env)
