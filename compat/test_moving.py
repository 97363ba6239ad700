"""What is known to go wrong when a team moves to another server."""

from __future__ import annotations

import uuid

import pytest

from conftest import CLIENT_PYTHON, FLOWS, eventually
from shop import Shop, alive


@pytest.fixture(scope="module")
def shop(brisk, tmp_path_factory):
    """One deployed project; a test that needs a worker starts one."""
    opened = Shop(brisk, "moved-" + uuid.uuid4().hex[:6], tmp_path_factory.mktemp("moved"))
    opened.output = opened.open()
    return opened


def shown(deployment: dict) -> list[tuple]:
    """The schedules of a deployment without what the server gives them."""
    return sorted(
        (str(each["schedule"].get("cron")), str(each["schedule"].get("interval")), each["schedule"]["timezone"],
         each["active"], str(each["parameters"]))
        for each in deployment["schedules"]
    )  # fmt: skip


def test_schedules_of_deploy_all_are_persisted(shop):
    assert shown(shop.deployment("nightly")) == [("30 2 * * *", "None", "Europe/Berlin", True, "{}")]
    assert shown(shop.deployment("hourly")) == [
        ("None", "3600.0", "UTC", True, "{'count': 5}"),
        ("None", "7200.0", "UTC", False, "{}"),
    ]
    assert not shop.deployment("one-at-a-time")["schedules"]
    nightly = eventually(lambda: shop.scheduled("nightly"))
    assert len(nightly) >= 3
    hourly = eventually(lambda: shop.scheduled("hourly"))
    assert all(run["parameters"] == {"item": "tea", "count": 5} for run in hourly)
    assert all(run["expected_start_time"][14:19] == "15:00" for run in hourly)


def test_nothing_is_duplicated_by_deploying_twice(shop):
    server = shop.server
    eventually(lambda: shop.scheduled("nightly") and shop.scheduled("hourly"))
    before = shop.deployments()
    shop.deploy()
    after = shop.deployments()
    assert [each["id"] for each in after] == [each["id"] for each in before]
    assert [shown(each) for each in after] == [shown(each) for each in before]
    for flow in ("sell", "restock", "deliver"):
        assert server.post("/flows/count", {"flows": {"name": {"any_": [flow]}}}) == 1
    assert server.post("/work_pools/filter", {"work_pools": {"name": {"any_": [shop.name]}}})[0]["name"] == shop.name
    queues = server.post(f"/work_pools/{shop.name}/queues/filter", {})
    assert sorted(queue["name"] for queue in queues) == ["default", "goods"]
    for name in ("nightly", "hourly"):
        eventually(lambda name=name: shop.scheduled(name))
        instants = [run["expected_start_time"] for run in shop.scheduled(name)]
        assert len(instants) == len(set(instants))


def test_the_pause_flag_of_pool_queue_and_deployment_is_honoured_by_pollers(shop):
    server = shop.server
    by_pool, by_queue = shop.start_run("one-at-a-time"), shop.start_run("hourly")
    both = {by_pool["id"], by_queue["id"]}
    assert both <= shop.polled()

    server.http.patch(f"/work_pools/{shop.name}", json={"is_paused": True}).raise_for_status()
    assert not shop.polled()
    server.http.patch(f"/work_pools/{shop.name}", json={"is_paused": False}).raise_for_status()

    queue = f"/work_pools/{shop.name}/queues/goods"
    server.http.patch(queue, json={"is_paused": True}).raise_for_status()
    assert not both - {by_queue["id"]} - shop.polled() and by_queue["id"] not in shop.polled()
    assert not shop.polled("goods")
    server.http.patch(queue, json={"is_paused": False}).raise_for_status()
    assert both <= shop.polled()

    deployment = shop.deployment("hourly")
    eventually(lambda: {run["id"] for run in shop.scheduled("hourly")} & shop.polled("goods"))
    server.post(f"/deployments/{deployment['id']}/pause_deployment")
    assert shop.polled("goods") == {by_queue["id"]}  # what was asked for by hand stays
    by_runner = {"deployment_ids": [deployment["id"]], "scheduled_before": "2100-01-01T00:00:00Z"}
    given = server.post("/deployments/get_scheduled_flow_runs", by_runner)
    assert [run["id"] for run in given] == [by_queue["id"]]
    server.post(f"/deployments/{deployment['id']}/resume_deployment")
    eventually(lambda: {run["id"] for run in shop.scheduled("hourly")} & shop.polled("goods"))


def test_a_completed_run_leaves_no_process_behind(shop):
    with shop.worker():
        run = shop.start_run("one-at-a-time")
        completed = shop.until(run, "Completed")
        supervised = int(completed["infrastructure_pid"].rpartition(":")[2])
        eventually(lambda: not alive(shop.pid_of(run)) and not alive(supervised))


def test_the_client_prints_no_version_warning(shop, tag):
    output = shop.output + shop.server.run_flow("many.py", tag, "1") + shop.cli("version")
    with shop.worker("--run-once") as worker_output:
        eventually(lambda: "started" in worker_output.read_text())
    output += worker_output.read_text()
    assert "older version" not in output
    assert "incompatible version" not in output
    assert shop.server.get("/admin/version") in output  # `prefect version` names the client's, which is ours as well
