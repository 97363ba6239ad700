"""A team's day: deploy, run by schedule, by hand and from other flows, pause, limit, cancel, serve."""

from __future__ import annotations

import signal
import uuid
from datetime import datetime, timedelta

import pytest

from conftest import CLIENT_PYTHON, FLOWS, eventually
from shop import Shop, alive, in_seconds


@pytest.fixture(scope="module")
def shop(brisk, tmp_path_factory):
    """One deployed project and one worker for all tests here."""
    opened = Shop(brisk, "shop-" + uuid.uuid4().hex[:6], tmp_path_factory.mktemp("shop"))
    opened.open()
    with opened.worker("--name", "clerk"):
        yield opened


def logs_of(shop: Shop, run: dict) -> list[str]:
    found = shop.server.post("/logs/filter", {"logs": {"flow_run_id": {"any_": [run["id"]]}}})
    return [log["message"] for log in found]


def test_a_worker_runs_what_was_asked_for_by_hand(shop):
    watched = shop.cli(
        "deployment", "run", shop.flow_and_name("hourly"), "--param", "count=9", "--flow-run-name", "by hand",
        "--watch", "--watch-interval", "1", "--watch-timeout", "60",
    )  # fmt: skip
    assert "Completed" in watched
    run = next(run for run in shop.runs("hourly") if run["name"] == "by hand")
    assert run["parameters"] == {"item": "tea", "count": 9}
    assert (run["work_pool_name"], run["work_queue_name"]) == (shop.name, "goods")
    names = [name for name in shop.state_names(run) if name != "Submitting"]
    assert names == ["Scheduled", "Pending", "Running", "Completed"]
    eventually(lambda: "restocked 9 TEA" in logs_of(shop, run))


def test_the_pool_shows_its_worker(shop):
    workers = eventually(lambda: shop.server.post(f"/work_pools/{shop.name}/workers/filter", {}))
    assert [(worker["name"], worker["status"]) for worker in workers] == [("clerk", "ONLINE")]
    eventually(lambda: shop.server.get(f"/work_pools/{shop.name}")["status"] == "READY")
    eventually(lambda: shop.server.get(f"/work_pools/{shop.name}/queues/default")["status"] == "READY")
    eventually(lambda: shop.deployment("nightly")["status"] == "READY")
    assert shop.name in shop.cli("work-pool", "ls")


def test_a_schedule_starts_a_run_at_its_time(shop):
    name = shop.flow_and_name("nightly")
    shop.cli("deployment", "schedule", "create", name, "--interval", "86400", "--anchor-date", in_seconds(8))
    run = eventually(lambda: next(iter(shop.runs("nightly", "COMPLETED")), None), 60)
    assert run["auto_scheduled"]
    assert run["created_by"]["type"] == "SCHEDULE"
    # The rule that waits for the scheduled time rounds to whole seconds, as Prefect's does: half a second early is on time.
    early = datetime.fromisoformat(run["expected_start_time"]) - datetime.fromisoformat(run["start_time"])
    assert early <= timedelta(milliseconds=500)
    eventually(lambda: "sold" in logs_of(shop, run))


def test_a_paused_schedule_has_no_runs_until_it_is_resumed(shop):
    name = shop.flow_and_name("hourly")
    before = {run["expected_start_time"] for run in eventually(lambda: shop.scheduled("hourly"))}
    schedule = next(schedule for schedule in shop.deployment("hourly")["schedules"] if schedule["active"])
    shop.cli("deployment", "schedule", "pause", name, schedule["id"])
    assert not shop.scheduled("hourly")
    assert schedule["id"] in shop.cli("deployment", "schedule", "ls", name)
    shop.cli("deployment", "schedule", "resume", name, schedule["id"])
    after = {run["expected_start_time"] for run in eventually(lambda: shop.scheduled("hourly"))}
    assert after & before


def test_a_paused_pool_starts_nothing_until_it_is_resumed(shop):
    shop.cli("work-pool", "pause", shop.name)
    assert shop.server.get(f"/work_pools/{shop.name}")["status"] == "PAUSED"
    run = shop.start_run("one-at-a-time")
    shop.until(run, "Late", seconds=40)  # a worker would have taken it by now
    shop.cli("work-pool", "resume", shop.name)
    shop.until(run, "Completed")


def test_a_paused_queue_starts_nothing_until_it_is_resumed(shop):
    shop.cli("work-queue", "pause", "goods", "--pool", shop.name)
    held = shop.start_run("hourly")
    passing = shop.start_run("one-at-a-time")
    shop.until(passing, "Completed")
    assert shop.state(held) in ("Scheduled", "Late")
    shop.cli("work-queue", "resume", "goods", "--pool", shop.name)
    shop.until(held, "Completed")


def test_a_scheduled_run_is_cancelled_at_once(shop):
    run = shop.start_run("hourly", state={"type": "SCHEDULED", "state_details": {"scheduled_time": in_seconds(3000)}})
    shop.cli("flow-run", "cancel", run["id"])
    assert shop.state(run) == "Cancelled"


def test_a_running_run_is_cancelled_and_its_process_ends(shop):
    run = shop.start_run("one-at-a-time", parameters={"seconds": 120})
    shop.until(run, "Running")
    pid = shop.pid_of(run)
    assert alive(pid)
    shop.cli("flow-run", "cancel", run["id"])
    cancelled = shop.until(run, "Cancelled")
    assert "Cancelling" in shop.state_names(cancelled)
    eventually(lambda: not alive(pid))


def test_a_limit_of_one_with_enqueue_runs_one_after_the_other(shop):
    first = shop.start_run("one-at-a-time", parameters={"seconds": 4})
    shop.until(first, "Running")
    second = shop.start_run("one-at-a-time")
    shop.until(second, "AwaitingConcurrencySlot")
    ended = shop.until(first, "Completed")
    begun = shop.until(second, "Completed")
    assert begun["start_time"] >= ended["end_time"]


def test_a_limit_of_one_with_cancel_new_cancels_the_second(shop):
    first = shop.start_run("one-or-none", parameters={"seconds": 4})
    shop.until(first, "Running")
    second = shop.start_run("one-or-none")
    shop.until(second, "Cancelled")
    assert "Running" not in shop.state_names(second)
    shop.until(first, "Completed")


def test_a_flow_runs_a_deployment_and_waits_for_it(shop, tag):
    output = shop.server.run_flow("ordering.py", tag, shop.flow_and_name("hourly"))
    assert "RESULT Completed" in output
    parent = next(run for run in shop.server.flow_runs(tag) if run["name"] == "ordering")
    child = next(run for run in shop.runs("hourly", "COMPLETED") if run["parameters"].get("item") == "milk")
    task = shop.server.get(f"/task_runs/{child['parent_task_run_id']}")
    assert task["flow_run_id"] == parent["id"]
    assert task["state"]["state_details"]["child_flow_run_id"] == child["id"]
    assert task["state_type"] == "COMPLETED"


def test_serve_runs_its_schedule_and_pauses_it_when_stopped(brisk, tag):
    process = brisk.start(CLIENT_PYTHON, str(FLOWS / "serving.py"), tag)
    try:
        run = eventually(
            lambda: next((run for run in brisk.flow_runs(tag) if run["state_type"] == "COMPLETED"), None), 60
        )
        assert run["parameters"] == {"name": "world"}
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    finally:
        process.kill()
    assert "Traceback" not in output, output
    assert brisk.get(f"/deployments/{run['deployment_id']}")["paused"]
    assert all(run["state_type"] == "COMPLETED" for run in brisk.flow_runs(tag))
