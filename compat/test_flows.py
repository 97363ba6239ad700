"""Flows that the real client runs, seen through the API, beside what Prefect's own server shows."""

from __future__ import annotations

import pytest

from conftest import CLIENT_PREFECT, CLIENT_PYTHON, FLOWS, Server, eventually
from normalise import differences, normalised

TERMINAL = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def settled(server: Server, tag: str, flow_runs: int, task_runs: int) -> dict:
    """Everything the API shows of a tag, once all of it has arrived."""

    def seen():
        runs = server.flow_runs(tag)
        tasks = server.task_runs(tag)
        ended = all(run["state_type"] in TERMINAL for run in runs + tasks)
        return (runs, tasks) if ended and (len(runs), len(tasks)) == (flow_runs, task_runs) else None

    runs, tasks = eventually(seen)
    shown = {"flow_runs": {}, "task_runs": {}, "flow_run_states": {}, "task_run_states": {}}
    for run in runs:
        shown["flow_runs"][run["name"]] = run
        shown["flow_run_states"][run["name"]] = server.get("/flow_run_states/", flow_run_id=run["id"])
    for run in tasks:
        shown["task_runs"][run["name"]] = run
        shown["task_run_states"][run["name"]] = server.get("/task_run_states/", task_run_id=run["id"])
    return shown


@pytest.mark.parametrize(
    ("script", "flow_runs", "task_runs"), [("everything.py", 2, 8), ("failing.py", 1, 0), ("crashing.py", 1, 0)]
)
def test_runs_tasks_and_states_equal_prefects(server, reference, tag, script, flow_runs, task_runs):
    shown = []
    for each in (reference, server):
        each.run_flow(script, tag)
        shown.append(normalised(settled(each, tag, flow_runs, task_runs)))
    assert not differences(*shown)


def test_events_of_a_flow_run_equal_prefects(server, reference, tag):
    shown = []
    for each in (reference, server):
        each.run_flow("everything.py", tag)
        run = next(run for run in each.flow_runs(tag) if run["name"] == "parent")
        wanted = {"filter": {"resource": {"id": [f"prefect.flow-run.{run['id']}"]}, "order": "ASC"}}

        def all_there(each=each, wanted=wanted):
            events = each.post("/events/filter", wanted)["events"]
            return events if events and events[-1]["event"] == "prefect.flow-run.Completed" else None

        events = eventually(all_there)
        for event in events:
            if event["resource"]["prefect.resource.name"] != "parent":
                event["resource"].pop("prefect.resource.name")  # made up until the client gives it its own
        shown.append([normalised({key: event[key] for key in event if key != "received"}) for event in events])
    assert not differences(*shown)


def test_logs_of_a_flow_run_equal_prefects(server, reference, tag):
    shown = []
    for each in (reference, server):
        each.run_flow("everything.py", tag)
        run = next(run for run in each.flow_runs(tag) if run["name"] == "child")
        body = {"logs": {"flow_run_id": {"any_": [run["id"]]}}}

        def all_there(each=each, body=body):
            logs = each.post("/logs/filter", body)
            return logs if any("Finished in state" in log["message"] for log in logs) else None

        logs = eventually(all_there)
        shown.append(sorted((log["name"], log["level"], normalised(log["message"])) for log in logs
                            if "View at" not in log["message"]))
    assert shown[0] == shown[1]


def test_a_cached_result_is_taken_over(server, tag):
    assert "RESULT ['Completed', 'Cached']" in server.run_flow("cached.py", tag)


def test_pause_and_resume_with_input(server, tag):
    process = server.start(CLIENT_PYTHON, str(FLOWS / "pausing.py"), tag)
    try:
        paused = eventually(
            lambda: next((run for run in server.flow_runs(tag) if run["state_type"] == "PAUSED"), None)
        )
        schema = paused["state"]["state_details"]["run_input_keyset"]["schema"]
        eventually(lambda: server.http.get(f"/flow_runs/{paused['id']}/input/{schema}").status_code == 200)
        refused = server.http.post(f"/flow_runs/{paused['id']}/resume", json={"run_input": {"approved": []}})
        assert (refused.status_code, refused.json()["status"]) == (200, "REJECT")
        answer = server.post(
            f"/flow_runs/{paused['id']}/resume", {"run_input": {"approved": True, "comment": "go on"}}
        )
        assert answer["status"] == "ACCEPT"
        output, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "RESULT True go on" in output
    assert server.get(f"/flow_runs/{paused['id']}")["state_type"] == "COMPLETED"


def test_a_run_is_cancelled_from_outside(server, tag):
    process = server.start(CLIENT_PYTHON, str(FLOWS / "sleeping.py"), tag)
    try:
        running = eventually(
            lambda: next((run for run in server.flow_runs(tag) if run["state_type"] == "RUNNING"), None)
        )
        server.cli("flow-run", "cancel", running["id"])
        assert server.get(f"/flow_runs/{running['id']}")["state_type"] == "CANCELLING"
    finally:
        process.kill()
        process.communicate()


def test_a_flow_of_500_tasks_loses_nothing(server, tag):
    assert f"RESULT {500 * 501 // 2}" in server.run_flow("many.py", tag, "500")
    shown = settled(server, tag, 1, 500)
    for name, states in shown["task_run_states"].items():
        assert [state["type"] for state in states] == ["PENDING", "RUNNING", "COMPLETED"], name


def test_20_flows_at_once_lose_nothing(server, tag):
    assert f"RESULT {20 * 15}" in server.run_flow("together.py", tag, "20")
    for number in range(20):
        settled(server, f"{tag}-{number}", 1, 5)


def test_the_cli_shows_and_deletes_runs(server, tag):
    server.run_flow("everything.py", tag)
    shown = settled(server, tag, 2, 8)
    parent = shown["flow_runs"]["parent"]
    task = shown["task_runs"]["flaky"]
    assert "parent" in server.cli("flow-run", "ls", "--limit", "50")
    assert parent["id"] in server.cli("flow-run", "inspect", parent["id"])
    eventually(lambda: "flaky says done" in server.cli("flow-run", "logs", parent["id"]), 20)
    if "watch" in server.cli("flow-run", "--help"):  # early clients do not know it
        assert "Completed" in server.cli("flow-run", "watch", parent["id"])
    assert "flaky" in server.cli("task-run", "ls", "--limit", "50")
    assert task["id"] in server.cli("task-run", "inspect", task["id"])
    assert "not yet" in server.cli("task-run", "logs", task["id"])
    assert "parent" in server.cli("flow", "ls")
    server.cli("flow-run", "delete", parent["id"])
    assert server.http.get(f"/flow_runs/{parent['id']}").status_code == 404
    assert server.http.get(f"/task_runs/{task['id']}").status_code == 404
    eventually(lambda: not server.post("/logs/filter", {"logs": {"flow_run_id": {"any_": [parent["id"]]}}}))


def test_the_event_stream_shows_what_happens(server, tag):
    process = server.start(CLIENT_PREFECT, "events", "stream", "--format", "json")
    try:
        seen = ""
        runner = server.start(CLIENT_PYTHON, str(FLOWS / "many.py"), tag, "2")
        for line in process.stdout:
            seen += line
            if "prefect.flow-run.Completed" in seen and tag in seen:
                break
        runner.communicate(timeout=60)
    finally:
        process.kill()
    assert "prefect.flow-run.Running" in seen
