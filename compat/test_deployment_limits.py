"""A deployment's limit on how many of its runs go on at once, as workers and engines meet it over REST."""

from __future__ import annotations

import pytest

CURRENT = {"user-agent": "prefect/3.8.8 (API 0.8.4)", "x-prefect-api-version": "0.8.4"}


class Deployment:
    """A deployment whose runs are limited in number."""

    def __init__(self, server, tag: str, limit: int, strategy: str | None):
        self.server = server
        flow = server.post("/flows/", {"name": tag})["id"]
        options = {} if strategy is None else {"concurrency_options": {"collision_strategy": strategy}}
        self.id = server.post("/deployments/", {"name": tag, "flow_id": flow, "concurrency_limit": limit} | options)["id"]

    def run(self) -> str:
        return self.server.post(f"/deployments/{self.id}/create_flow_run", {})["id"]

    def propose(self, run: str, state: str, **fields) -> dict:
        answer = self.server.http.post(
            f"/flow_runs/{run}/set_state", json={"state": {"type": state} | fields}, headers=CURRENT)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def slots(self) -> int:
        return self.server.get(f"/deployments/{self.id}")["global_concurrency_limit"]["active_slots"]


@pytest.mark.parametrize(
    ("strategy", "type_", "name"),
    [(None, "SCHEDULED", "AwaitingConcurrencySlot"), ("ENQUEUE", "SCHEDULED", "AwaitingConcurrencySlot"),
     ("CANCEL_NEW", "CANCELLED", "Cancelled")])
def test_the_second_run_finds_no_slot(server, tag, strategy, type_, name):
    deployment = Deployment(server, tag, 1, strategy)
    first, second = deployment.run(), deployment.run()
    taken = deployment.propose(first, "PENDING")
    assert taken["status"] == "ACCEPT" and taken["state"]["state_details"]["deployment_concurrency_lease_id"]
    assert deployment.slots() == 1
    answer = deployment.propose(second, "PENDING")
    assert (answer["status"], answer["state"]["type"], answer["state"]["name"]) == ("REJECT", type_, name)
    assert answer["details"]["reason"] == "Deployment concurrency limit reached."

    running = deployment.propose(first, "RUNNING")
    assert running["status"] == "ACCEPT"
    assert (running["state"]["state_details"]["deployment_concurrency_lease_id"]
            == taken["state"]["state_details"]["deployment_concurrency_lease_id"])
    deployment.propose(first, "COMPLETED")
    assert deployment.slots() == 0
    if type_ == "SCHEDULED":
        assert deployment.propose(second, "PENDING")["status"] == "ACCEPT"


def test_a_deleted_run_gives_its_slot_back(server, tag):
    deployment = Deployment(server, tag, 1, None)
    run = deployment.run()
    deployment.propose(run, "PENDING")
    assert deployment.slots() == 1
    assert server.http.delete(f"/flow_runs/{run}").status_code == 204
    assert deployment.slots() == 0


def test_a_run_that_has_lost_its_slot_is_cancelled_when_it_starts(server, tag):
    deployment = Deployment(server, tag, 1, None)
    first, second = deployment.run(), deployment.run()
    lease = deployment.propose(first, "PENDING")["state"]["state_details"]["deployment_concurrency_lease_id"]
    server.http.post("/v2/concurrency_limits/decrement-with-lease", json={"lease_id": lease})
    deployment.propose(second, "PENDING")
    answer = deployment.propose(first, "RUNNING")
    assert (answer["status"], answer["state"]["type"]) == ("REJECT", "CANCELLED")
    assert answer["details"]["reason"] == "Deployment concurrency limit reached after lease expiry."


def test_a_limit_of_zero_aborts(server, tag):
    deployment = Deployment(server, tag, 1, None)
    limit = server.get(f"/deployments/{deployment.id}")["global_concurrency_limit"]["id"]
    server.http.patch(f"/v2/concurrency_limits/{limit}", json={"limit": 0})
    answer = deployment.propose(deployment.run(), "PENDING")
    assert answer["status"] == "ABORT" and "is 0" in answer["details"]["reason"]
