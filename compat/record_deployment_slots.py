"""Asks a server of Prefect's what becomes of runs whose deployment has few slots, for AsPrefectGivesSlotsTest.

    target/compat-venv/bin/python compat/record_deployment_slots.py http://127.0.0.1:4200/api

A line of the file is a walk: proposals to two runs of one deployment in turn, and after each of them what was answered and
how many slots are taken. The seed is fixed: the walks are the same each time. The server has to
be a fresh one that was started with --no-services, which would have a say as well.
"""

import json
import pathlib
import random
import sys

import httpx

TARGET = pathlib.Path(__file__).parent.parent / "command-side/src/test/resources/orchestration/deployment-slots.jsonl"
CLIENT = {"connection": "close", "user-agent": "prefect/3.8.8 (API 0.8.4)", "x-prefect-api-version": "0.8.4"}
WALKS = 160
MOST_STEPS = 7
PROPOSALS = [
    {"type": "PENDING"}, {"type": "PENDING"}, {"type": "PENDING", "name": "Submitting"}, {"type": "RUNNING"}, {"type": "RUNNING"},
    {"type": "COMPLETED"}, {"type": "FAILED"}, {"type": "CRASHED"}, {"type": "CANCELLING"}, {"type": "CANCELLED"}, {"type": "PAUSED", "name": "Suspended", "state_details": {"pause_reschedule": True, "pause_timeout": "2099-01-01T00:00:00Z"}},
    {"type": "SCHEDULED", "name": "AwaitingRetry", "state_details": {"scheduled_time": "2020-01-01T00:00:00Z"}},
    {"type": "SCHEDULED", "state_details": {"scheduled_time": "2020-01-01T00:00:00Z"}},
]
# What random walks would not find, or would not end alike: see decision 0008 about runs without a lease.
LOST = [("take", 0), ("lose", 0), ("start", 0)], [("take", 0), ("lose", 0), ("take", 1), ("start", 0)], [("take", 0), ("lose", 0), ("start", 0), ("take", 1)]
WORDS = {"take": {"type": "PENDING"}, "start": {"type": "RUNNING"}}
random.seed(20261126)


class Walk:
    def __init__(self, http, number, strategy, limit, retries):
        self.http = http
        flow = self.post("/flows/", {"name": f"walk-{number}"})["id"]
        options = {"concurrency_options": {"collision_strategy": strategy}} if strategy else {}
        self.deployment = self.post("/deployments/", {"name": "d", "flow_id": flow, "concurrency_limit": max(limit, 1)} | options)["id"]
        if limit == 0:
            limit_id = self.read()["id"]
            http.patch(f"/v2/concurrency_limits/{limit_id}", json={"limit": 0}).raise_for_status()
        policy = {"empirical_policy": {"retries": retries, "retry_delay": 0}} if retries else {}
        self.runs = [self.post(f"/deployments/{self.deployment}/create_flow_run", policy)["id"] for _ in range(2)]
        self.leases = [None, None]

    def post(self, path, body):
        answer = self.http.post(path, json=body)
        while answer.status_code == 503:  # SQLite is busy, and nothing has happened
            answer = self.http.post(path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def read(self):
        return self.http.get(f"/deployments/{self.deployment}").json()["global_concurrency_limit"]

    def propose(self, run, state, force=False):
        answer = self.post(f"/flow_runs/{self.runs[run]}/set_state", {"state": state, "force": force})
        got = answer["state"] or {}
        self.leases[run] = (got.get("state_details") or {}).get("deployment_concurrency_lease_id") or self.leases[run]
        return {
            "status": answer["status"], "reason": answer["details"].get("reason"), "type": got.get("type"), "name": got.get("name"),
            "message": got.get("message"), "leased": bool((got.get("state_details") or {}).get("deployment_concurrency_lease_id")),
            "taken": self.read()["active_slots"],
        }

    def lose(self, run):
        self.post("/v2/concurrency_limits/decrement-with-lease", {"lease_id": self.leases[run]})


def step(walk, run, state, force=False):
    return {"run": run, "to": state, "force": force, "expect": walk.propose(run, state, force)}


def random_steps(walk):
    steps = [step(walk, random.randrange(2), {"type": "PENDING"})]
    for _ in range(random.randrange(1, MOST_STEPS)):
        steps.append(step(walk, random.randrange(2), random.choice(PROPOSALS)))
    steps.append(step(walk, random.randrange(2), random.choice(PROPOSALS), force=random.random() < 0.3))
    return steps


def lost_steps(walk, script):
    steps = []
    for word, run in script:
        if word == "lose":
            walk.lose(run)
            steps.append({"run": run, "lose": True})
        else:
            steps.append(step(walk, run, WORDS[word]))
    return steps


def main(url):
    lines = []
    with httpx.Client(base_url=url, headers=CLIENT, timeout=60) as http:
        for number in range(WALKS):
            strategy = random.choice([None, "ENQUEUE", "CANCEL_NEW", "CANCEL_NEW"])
            limit, retries = random.choice([0, 1, 1, 1, 1, 2]), random.choice([0, 0, 1])
            walk = Walk(http, number, strategy, limit, retries)
            lines.append({"strategy": strategy, "limit": limit, "retries": retries, "steps": random_steps(walk)})
        for strategy in (None, "ENQUEUE", "CANCEL_NEW"):
            for script in LOST:
                walk = Walk(http, f"{len(lines)}", strategy, 1, 0)
                lines.append({"strategy": strategy, "limit": 1, "retries": 0, "steps": lost_steps(walk, script)})
    TARGET.write_text("".join(json.dumps(line) + "\n" for line in lines))


main(sys.argv[1])
