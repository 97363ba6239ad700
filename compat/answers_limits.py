"""Slots of deployments and tags, as orchestration takes and gives them."""

from wire import delete, get, patch, post

CURRENT = {"user-agent": "prefect/3.8.8 (API 0.8.4)", "x-prefect-api-version": "0.8.4"}
OLD = {"user-agent": "prefect/3.4.10 (API 0.8.4)", "x-prefect-api-version": "0.8.4"}


def proposed(run: str, state: str, headers=None, force=False, **fields):
    body = {"state": {"type": state, **fields}, "force": force}
    return post(f"/flow_runs/{{{run}.id}}/set_state", body, headers=headers or CURRENT)



def deployment(options=None, limit=1):
    """A deployment with a limit, and three of its runs."""
    body = {"name": "{tag.text}", "flow_id": "{flow.id}", "concurrency_limit": limit}
    return [
        post("/flows/", {"name": "{tag.text}"}, "flow"),
        post("/deployments/", body | ({"concurrency_options": options} if options else {}), "deployment"),
        *[post("/deployments/{deployment.id}/create_flow_run", {"name": name}, name) for name in ("one", "two", "three")],
    ]


def slots():
    return get("/v2/concurrency_limits/deployment:{deployment.id}")


SCENARIOS = {
    "a deployment whose runs wait for slots": [
        *deployment(), proposed("one", "PENDING"), slots(), proposed("two", "PENDING"), slots(),
        proposed("one", "PENDING"), proposed("one", "PENDING", name="Submitting"), proposed("one", "RUNNING"), slots(),
        proposed("two", "PENDING", headers=OLD), proposed("one", "COMPLETED"), slots(), proposed("two", "PENDING"), slots(),
        proposed("two", "CANCELLING"), slots(), proposed("two", "CANCELLED"), slots(),
    ],
    "a paused run gives its slot back": [
        *deployment(), proposed("one", "PENDING"), proposed("one", "RUNNING"), proposed("one", "PAUSED"), slots(),
        proposed("two", "PENDING"), slots(),
    ],
    "a deployment that cancels runs without a slot": [
        *deployment({"collision_strategy": "CANCEL_NEW", "grace_period_seconds": 90}),
        proposed("one", "PENDING"), proposed("two", "PENDING"), proposed("one", "CRASHED"), proposed("three", "PENDING"), slots(),
        delete("/flow_runs/{three.id}"), slots(),
    ],
    "a deployment without any slot": [
        *deployment(), patch("/v2/concurrency_limits/deployment:{deployment.id}", {"limit": 0}), proposed("one", "PENDING"), slots(),
        proposed("two", "PENDING", force=True), proposed("two", "RUNNING"),
    ],
    "a run that is retried keeps its slot": [
        *deployment(), patch("/flow_runs/{one.id}", {"empirical_policy": {"retries": 1, "retry_delay": 0}}),
        proposed("one", "PENDING"), proposed("one", "RUNNING"), proposed("one", "FAILED"), slots(), proposed("two", "PENDING"),
        proposed("one", "RUNNING"), proposed("one", "FAILED"), slots(), proposed("two", "PENDING"),
    ],
}
