"""What flows keep on the server: blocks, variables, artifacts, and tasks for others to run."""

from __future__ import annotations

import json
import subprocess

from conftest import CLIENT_PYTHON, FLOWS, eventually


def test_a_flow_loads_the_blocks_and_variables_that_were_saved(brisk, tag):
    output = brisk.run_flow("blocks.py", tag)
    assert "RESULT open sesame attic s3cret [1, 2, 3] {'number': 1}" in output


def test_the_cli_manages_blocks(brisk, tag):
    registered = brisk.cli("block", "register", "--file", str(FLOWS / "blocks.py"))
    assert "Warehouse" in registered
    assert "warehouse" in brisk.cli("block", "type", "ls")
    brisk.run_flow("blocks.py", tag)
    assert tag in brisk.cli("block", "ls")
    inspected = brisk.cli("block", "inspect", f"warehouse/{tag}")
    assert "attic" in inspected and "s3cret" not in inspected
    brisk.cli("block", "delete", f"warehouse/{tag}")
    assert "attic" not in brisk.cli("block", "inspect", f"warehouse/{tag}", ok=False)
    assert f"secret/{tag}" in brisk.cli("block", "ls")


def test_a_saved_secret_is_never_shown_unless_asked_for(brisk, tag):
    brisk.run_flow("blocks.py", tag)
    path = f"/block_types/slug/secret/block_documents/name/{tag}"
    assert brisk.get(path)["data"]["value"] == "********"
    assert brisk.get(path, include_secrets=True)["data"]["value"] == "open sesame"


def test_the_cli_manages_variables(brisk, tag):
    brisk.cli("variable", "set", tag, '{"street": "High"}', "--tag", "address")
    assert '"High"' in brisk.cli("variable", "get", tag).replace("'", '"')
    refused = brisk.cli("variable", "set", tag, "other", ok=False)
    assert "already exists" in refused
    brisk.cli("variable", "set", tag, "other", "--overwrite")
    assert "other" in brisk.cli("variable", "inspect", tag)
    assert tag in brisk.cli("variable", "ls")
    brisk.cli("variable", "unset", tag)
    assert "not found" in brisk.cli("variable", "get", tag, ok=False)


def test_a_flow_leaves_artifacts_that_the_cli_shows_and_deletes(brisk, tag):
    brisk.run_flow("artifacts.py", tag)
    mine = {"artifacts": {"key": {"like_": tag}}}
    stored = {artifact["key"]: artifact for artifact in brisk.post("/artifacts/latest/filter", mine)}
    kinds = {key.removeprefix(f"{tag}-"): artifact["type"] for key, artifact in stored.items()}
    same = {kind: kind for kind in ("image", "markdown", "progress", "table")}
    assert kinds == same | {"link": "markdown"}
    assert stored[f"{tag}-progress"]["data"] == 75.0
    assert json.loads(stored[f"{tag}-table"]["data"]) == [{"item": "tea", "count": 3}]
    assert stored[f"{tag}-markdown"]["data"] == "# second"
    assert brisk.post("/artifacts/count", mine) == 6
    reporting = next(run for run in brisk.task_runs(tag) if run["name"] == "reporting")
    assert stored[f"{tag}-table"]["task_run_id"] == reporting["id"]

    assert f"{tag}-link" in brisk.cli("artifact", "ls")
    both = brisk.cli("artifact", "inspect", f"{tag}-markdown")
    assert "# first" in both and "# second" in both
    brisk.cli("artifact", "delete", "--id", stored[f"{tag}-markdown"]["latest_id"])
    assert brisk.get(f"/artifacts/{tag}-markdown/latest")["data"] == "# first"
    brisk.cli("artifact", "delete", f"{tag}-table")
    assert brisk.http.get(f"/artifacts/{tag}-table/latest").status_code == 404


def test_tasks_in_the_background_are_run_by_a_task_worker(brisk, tag):
    worker = brisk.start(CLIENT_PYTHON, str(FLOWS / "background.py"), "serve")
    try:
        assert "RESULT 20" in brisk.run_flow("background.py", "delay", tag, "5")
        mine = {"task_runs": {"tags": {"all_": [tag]}}}
        runs = eventually(lambda: [run for run in brisk.pages("/task_runs/filter", mine) if run["end_time"]])
        eventually(lambda: all(run["state_type"] == "COMPLETED" for run in brisk.pages("/task_runs/filter", mine)))
        names = [state["name"] for state in brisk.get("/task_run_states/", task_run_id=runs[0]["id"])]
        assert (names[0], names[-1]) == ("Scheduled", "Completed")
    finally:
        worker.kill()
        worker.communicate()


def test_tasks_wait_for_their_worker(brisk, tag):
    # One only: a worker that has just started and gets two at the same instant may stand still between them.
    waiting = brisk.start(CLIENT_PYTHON, str(FLOWS / "background.py"), "delay", tag, "1")
    mine = {"task_runs": {"tags": {"all_": [tag]}, "state": {"name": {"any_": ["Scheduled"]}}}}
    try:
        eventually(lambda: len(brisk.pages("/task_runs/filter", mine)) == 1)
        worker = brisk.start(CLIENT_PYTHON, str(FLOWS / "background.py"), "serve")
        try:
            output, _ = waiting.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            output = ""
        finally:
            worker.kill()
            said, _ = worker.communicate()
    finally:
        waiting.kill()
    runs = brisk.pages("/task_runs/filter", {"task_runs": {"tags": {"all_": [tag]}}})
    assert "RESULT 0" in output, f"{[run['state'] for run in runs]}; the worker said {said}"
