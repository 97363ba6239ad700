"""Work pools, queues and workers."""

from wire import NOWHERE, delete, get, patch, post

POOL = "{tag.text}-pool"
AT = "/work_pools/" + POOL
TEMPLATE = {"job_configuration": {"command": "{{ command }}", "env": {"a": ["{{command}}", "x"]}},
            "variables": {"type": "object", "properties": {"command": {"type": "string", "default": "echo"}}}}
MINE = {"flow_runs": {"tags": {"all_": ["{tag.text}"]}}}
SOON = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2031-01-02T03:04:05Z"}}
LATER = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2031-01-02T04:04:05Z"}}

# Requests that are answered otherwise on purpose, and why. They are sent all the same.
EXPECTED_DIFFERENCES = {
    "PATCH /work_pools/{tag.text}-pool {\"base_job_template\": null}": "409 as for other nulls: Prefect fails with 500",
    "DELETE /work_pools/{tag.text}-pool/queues/default": "409 as by its id: Prefect fails with 500",
    "POST /work_pools/{tag.text}-pool/queues {\"name\": \"first\"}":
        "409 without a placeholder that Prefect forgot to fill in",
    "POST /work_queues/{queue.id}/get_runs": "the pool of a run is named, which Prefect leaves out",
}

SETTING = [
    post("/work_pools/", {"name": POOL, "type": "process", "base_job_template": TEMPLATE, "concurrency_limit": 3}, "pool"),
    post(AT + "/queues", {"name": "first", "priority": 1, "concurrency_limit": 2}, "queue"),
    post("/flows/", {"name": "{tag.text}-flow"}, "flow"),
]


def run(name: str, queue: str | None = None, state: dict = SOON, **more):
    body = {"flow_id": "{flow.id}", "name": name, "tags": ["{tag.text}"], "work_pool_name": POOL, "state": state, **more}
    return post("/flow_runs/", body | ({"work_queue_name": queue} if queue else {}), name)


def flows_with(deployment: str, pool: str):
    return post("/flows/count", {"deployments": {"name": {"any_": ["{tag.text}-" + deployment]}}, "work_pools": {"name": {"any_": [pool]}}})


SCENARIOS = {
    "work pools": [
        get(AT), get("/work_pools/none-such"), post("/work_pools/", {"name": POOL}),
        post("/work_pools/", {"name": "{tag.text}-agents"}),
        post("/work_pools/", {"name": "{tag.text}-paused", "type": "process", "is_paused": True, "description": "d",
                              "storage_configuration": {"bundle_upload_step": {"a": {"b": 1}}}}),
        post("/work_pools/", {"name": "Prefect-mine"}), post("/work_pools/", {"name": " '\" "}), post("/work_pools/", {"name": ""}),
        post("/work_pools/", {"name": "a/b", "concurrency_limit": -1}), post("/work_pools/", {}),
        post("/work_pools/", {"name": "{tag.text}-x", "status": "READY"}),
        post("/work_pools/", {"name": "{tag.text}-x", "storage_configuration": {"zzz": 1}}),
        post("/work_pools/", {"name": "{tag.text}-x", "base_job_template": {"job_configuration": {"a": 1}}}),
        post("/work_pools/", {"name": "{tag.text}-x", "base_job_template": {
            "job_configuration": {"a": "{{ undeclared }}"}, "variables": {"properties": {"x": {"type": "string"}}}}}),
        post("/work_pools/filter", {"work_pools": {"name": {"any_": [POOL, "{tag.text}-agents", "{tag.text}-paused"]}}}),
        post("/work_pools/filter", {"work_pools": {"name": {"any_": [POOL, "{tag.text}-agents"]}}, "limit": 1, "offset": 1}),
        post("/work_pools/filter", {"work_pools": {"id": {"any_": ["{pool.id}"]}, "type": {"any_": ["process"]}}}),
        post("/work_pools/filter", {"work_pools": {"id": {"any_": ["{pool.id}"]}, "type": {"any_": ["docker"]}}}),
        post("/work_pools/filter", {"work_pools": {"operator": "or_", "id": {"any_": ["{pool.id}"]}, "name": {"any_": ["{tag.text}-agents"]}}}),
        post("/work_pools/filter", {"limit": 201}), post("/work_pools/filter", {"offset": -1}), post("/work_pools/filter", {"work_pools": {"zzz": 1}}),
        post("/work_pools/count", {"work_pools": {"name": {"any_": [POOL, "{tag.text}-paused"]}}}), post("/work_pools/count", {"work_pools": {"zzz": 1}}),
        patch(AT, {"description": "new", "concurrency_limit": None, "storage_configuration": {"bundle_execution_step": {"x": 2}}}), get(AT),
        patch(AT, {"base_job_template": {}}), patch(AT, {"is_paused": True}), get(AT), patch(AT, {"is_paused": False}), get(AT),
        patch(AT, {"is_paused": None}), patch(AT, {"storage_configuration": None}), patch(AT, {"base_job_template": None}),
        patch(AT, {"name": "other"}), patch(AT, {"concurrency_limit": -1}), patch(AT, {}), patch("/work_pools/none-such", {"is_paused": True}),
        patch(AT, {"base_job_template": {"job_configuration": {"a": "{{ b }}"}, "variables": {"properties": {}}}}),
        patch("/work_pools/prefect-mine", {"description": "x"}), patch("/work_pools/prefect-mine", {"is_paused": True}),
        delete("/work_pools/prefect-mine"), get("/work_pools/{tag.text}-paused", headers={"user-agent": "prefect/3.3.7 (API 0.8.4)"}),
        delete("/work_pools/{tag.text}-paused"), delete("/work_pools/{tag.text}-paused"), delete("/work_pools/{tag.text}-agents"), delete(AT), get(AT),
    ],
    "queues of a pool": [
        get(AT + "/queues/first"), get(AT + "/queues/none"), get("/work_pools/none-such/queues/first"),
        post(AT + "/queues", {"name": "first"}), post(AT + "/queues", {"name": "second"}, "second"), post(AT + "/queues", {"name": "paused", "is_paused": True}),
        post(AT + "/queues", {"name": "last", "priority": 10, "description": None, "filter": {"tags": ["a"], "deployment_ids": [NOWHERE], "zzz": 1}}),
        post(AT + "/queues", {"name": "a/b"}), post(AT + "/queues", {"name": "x", "priority": 0}), post(AT + "/queues", {}),
        post("/work_pools/none-such/queues", {"name": "x"}), post(AT + "/queues", {"name": "taker", "priority": 2}),
        post(AT + "/queues/filter", {}), post(AT + "/queues/filter", {"limit": 2, "offset": 1}), post(AT + "/queues/filter", {"limit": 201}),
        post(AT + "/queues/filter", {"work_queues": {"name": {"startswith_": ["SEC", "la"]}}}),
        post(AT + "/queues/filter", {"work_queues": {"name": {"any_": ["first"]}}}), post(AT + "/queues/filter", {"work_queues": {"zzz": 1}}),
        post(AT + "/queues/filter", {"work_queues": {"id": {"any_": ["{second.id}"]}}}), post("/work_pools/none-such/queues/filter", {}),
        patch(AT + "/queues/second", {"priority": 1, "description": "moved"}), post(AT + "/queues/filter", {}),
        patch(AT + "/queues/second", {"is_paused": True}), get(AT + "/queues/second"), patch(AT + "/queues/second", {"is_paused": False}),
        get(AT + "/queues/second"), patch(AT + "/queues/second", {"name": "first"}), patch(AT + "/queues/second", {"name": None}),
        patch(AT + "/queues/second", {"is_paused": None}), patch(AT + "/queues/second", {"priority": None}), patch(AT + "/queues/second", {"description": None}),
        patch(AT + "/queues/second", {"zzz": 1}), patch(AT + "/queues/second", {"last_polled": "2026-01-01T00:00:00Z", "concurrency_limit": 0}),
        get(AT + "/queues/second"), patch(AT + "/queues/second", {}), patch(AT + "/queues/none", {}), patch("/work_pools/none-such/queues/x", {}),
        patch(AT + "/queues/second", {"name": "renamed"}), get("/work_queues/{second.id}"), delete(AT + "/queues/renamed"), delete(AT + "/queues/renamed"),
        delete(AT + "/queues/default"), post(AT + "/queues/filter", {}), delete(AT),
    ],
    "queues by id": [
        get("/work_queues/{queue.id}"), get("/work_queues/" + NOWHERE), get("/work_queues/name/{tag.text}-none"),
        post("/work_queues/", {"name": "{tag.text}-q", "priority": 7777, "concurrency_limit": 1}, "mine"),
        post("/work_queues/", {"name": "{tag.text}-q", "priority": 8888}), post("/work_queues/", {"name": "x/y"}), post("/work_queues/", {}),
        get("/work_queues/name/{tag.text}-q"), post("/work_queues/filter", {"work_queues": {"name": {"startswith_": ["{tag.text}"]}}}),
        post("/work_queues/filter", {"limit": 201}), post("/work_queues/filter", {"work_queues": {"name": {"any_": []}}}),
        post("/work_queues/filter", {"work_queues": {"id": {"any_": ["{queue.id}", "{mine.id}"]}}}),
        patch("/work_queues/{mine.id}", {"description": "d", "is_paused": True}), get("/work_queues/{mine.id}"),
        patch("/work_queues/{mine.id}", {"is_paused": False, "last_polled": "2026-01-01T00:00:00Z"}), get("/work_queues/{mine.id}"),
        patch("/work_queues/{mine.id}", {"name": None}), patch("/work_queues/" + NOWHERE, {}), patch("/work_queues/{mine.id}", {"zzz": 1}),
        get("/work_queues/{mine.id}/status"), get("/work_queues/" + NOWHERE + "/status"),
        post("/work_queues/{mine.id}/concurrency_status", {}), post("/work_queues/{mine.id}/concurrency_status", {"limit": 0}),
        post("/work_queues/" + NOWHERE + "/concurrency_status", {}), post("/work_queues/{mine.id}/concurrency_status", {"page": 0}),
        post("/work_queues/{mine.id}/get_runs", {}), post("/work_queues/" + NOWHERE + "/get_runs", {}), post("/work_queues/{mine.id}/get_runs", {"limit": 201}),
        delete("/work_queues/{pool.default_queue_id}"), delete("/work_queues/{mine.id}"), delete("/work_queues/{mine.id}"), delete("/work_queues/{queue.id}"),
        get(AT + "/queues/first"), delete(AT),
    ],
    "workers": [
        post(AT + "/workers/heartbeat", {"name": "w1", "heartbeat_interval_seconds": 30, "return_id": True}), get(AT),
        post(AT + "/workers/heartbeat", {"name": "w1"}), post(AT + "/workers/heartbeat", {"name": "w2"}), post(AT + "/workers/heartbeat", {}),
        post("/work_pools/none-such/workers/heartbeat", {"name": "w"}), post(AT + "/workers/filter", {}), post(AT + "/workers/filter", {"limit": 1, "offset": 1}),
        post(AT + "/workers/filter", {"workers": {"status": {"any_": ["OFFLINE"]}}}), post(AT + "/workers/filter", {"workers": {"status": {"not_any_": ["OFFLINE"]}}}),
        post(AT + "/workers/filter", {"workers": {"status": {"any_": ["ASLEEP"]}}}),
        post(AT + "/workers/filter", {"workers": {"last_heartbeat_time": {"before_": "2026-01-01T00:00:00Z"}}}),
        post(AT + "/workers/filter", {"workers": {"last_heartbeat_time": {"after_": "2026-01-01T00:00:00Z"}}}),
        post(AT + "/workers/filter", {"limit": 201}), post("/work_pools/none-such/workers/filter", {}),
        patch(AT, {"is_paused": True}), post(AT + "/workers/heartbeat", {"name": "w1"}), get(AT), patch(AT, {"is_paused": False}), get(AT),
        delete(AT + "/workers/w2"), delete(AT + "/workers/w2"), delete("/work_pools/none-such/workers/w2"), delete(AT),
    ],
    "polls": [
        run("one", state=LATER), run("two", "first"), run("three", "first", LATER), run("four", state={"type": "RUNNING"}),
        get("/flow_runs/{one.id}"), post("/flow_runs/", {"flow_id": "{flow.id}", "name": "loose", "work_queue_name": "loose"}),
        post("/flow_runs/", {"flow_id": "{flow.id}", "work_pool_name": "none-such"}), run("five", "none-such"),
        post(AT + "/get_scheduled_flow_runs", {}), post(AT + "/get_scheduled_flow_runs", {"limit": 1}),
        post(AT + "/get_scheduled_flow_runs", {"work_queue_names": ["default"]}), post(AT + "/get_scheduled_flow_runs", {"work_queue_names": ["first", "none"]}),
        post(AT + "/get_scheduled_flow_runs", {"scheduled_before": "2031-01-02T03:30:00Z"}), post(AT + "/get_scheduled_flow_runs", {"scheduled_after": "2031-01-02T03:30:00Z"}),
        post(AT + "/get_scheduled_flow_runs", {"limit": 201}), post("/work_pools/none-such/get_scheduled_flow_runs", {}),
        post(AT + "/concurrency_status", {}), post(AT + "/concurrency_status", {"limit": 1, "page": 2, "flow_run_limit": 0}),
        post(AT + "/concurrency_status", {"page": 0}), post(AT + "/concurrency_status", {"flow_run_limit": 201}), post("/work_pools/none-such/concurrency_status", {}),
        post("/work_queues/{pool.default_queue_id}/concurrency_status", {}),
        post("/work_queues/{queue.id}/get_runs", {"limit": 1}, headers={"x-prefect-ui": "true"}), post("/work_queues/{queue.id}/get_runs", {"scheduled_before": "2031-01-02T03:30:00Z"}),
        patch(AT + "/queues/first", {"is_paused": True}), post(AT + "/get_scheduled_flow_runs", {}), patch(AT + "/queues/first", {"is_paused": False}),
        patch(AT, {"concurrency_limit": 1}), post(AT + "/get_scheduled_flow_runs", {}), get(AT), patch(AT, {"is_paused": True}), post(AT + "/get_scheduled_flow_runs", {}),
        post("/flow_runs/filter", {**MINE, "sort": "NAME_ASC", "work_pools": {"name": {"any_": [POOL]}}}),
        post("/flow_runs/filter", {**MINE, "sort": "NAME_ASC", "work_pool_queues": {"name": {"any_": ["first"]}}}),
        post("/flow_runs/count", {**MINE, "work_pools": {"type": {"any_": ["docker"]}}}), post("/flow_runs/count", {**MINE, "work_pool_queues": {"id": {"any_": ["{queue.id}"]}}}),
        post("/flows/count", {"work_pools": {"name": {"any_": [POOL]}}}), delete(AT), get("/flow_runs/{two.id}"), get("/flow_runs/{one.id}"),
    ],
    "flows by a deployment in a pool": [
        post("/deployments/", {"name": "{tag.text}-in", "flow_id": "{flow.id}", "work_pool_name": POOL}),
        post("/deployments/", {"name": "{tag.text}-out", "flow_id": "{flow.id}"}), flows_with("in", POOL), flows_with("out", POOL), flows_with("in", "none-such"),
    ],
}
