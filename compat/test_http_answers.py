"""The same requests to Prefect's own server and to ours: status, headers and body must be equal.

A scenario is a list of steps that run in order on each server. Steps may use what earlier ones
answered: `{flow.id}` in a path or body is the field `id` of the answer of the step named `flow`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from normalise import TIME, UUID, differences

PATIENCE = 20
NOWHERE = "00000000-0000-0000-0000-00000000abcd"
PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\.([a-z_0-9.]+)\}")
HEADERS = ("content-type", "location", "allow", "retry-after")
MEASURED = re.compile(r"(estimated_|_lateness|total_run_time)")

# Requests that are answered otherwise on purpose, and why. They are sent all the same.
EXPECTED_DIFFERENCES = {
    "POST /flow_runs/{nowhere.id}/resume": "404: Prefect fails with 500 on an unknown run",
    "POST /flow_runs/{run.id}/input {\"key\": \"A B\"": "422: Prefect fails with 500 on a key it does not allow",
    "GET /flow_runs/{running.id}/graph null": "200: Prefect fails with 500 on task runs of a plain flow run",
    "POST /flows/ {\"name\": \"x\", \"labels\"": "one problem, not one for each type that a label may have",
    "POST /logs/filter {\"logs\": {\"flow_run_id\": {\"any_\": [\"{running.id}\"]}, \"text\"":
        "200: Prefect fails with 500 on a text search over SQLite",
    "POST /logs/ {}": "a list is asked for in other words",
}

# Wordings of libraries below Prefect, which change with their versions.
WORDED_BY_LIBRARIES = {"json_invalid", "uuid_parsing", "datetime_from_date_parsing", "datetime_parsing"}


@dataclass
class Step:
    method: str
    path: str
    body: Any = None
    name: str | None = None
    content: str | None = None
    headers: dict[str, str] | None = None

    def title(self) -> str:
        return f"{self.method} {self.path} {self.content if self.content is not None else json.dumps(self.body)}"


def get(path: str, name: str | None = None, **more) -> Step:
    return Step("GET", path, name=name, **more)


def post(path: str, body: Any = None, name: str | None = None, **more) -> Step:
    return Step("POST", path, body, name, **more)


def patch(path: str, body: Any, **more) -> Step:
    return Step("PATCH", path, body, **more)


def delete(path: str, **more) -> Step:
    return Step("DELETE", path, **more)


# What every scenario may lean on: two flows, four runs in different states, task runs, logs.
SETTING = [
    post("/flows/", {"name": "{tag.text}-one", "tags": ["{tag.text}", "red"], "labels": {"a": 1}}, "flow"),
    post("/flows/", {"name": "{tag.text}-two", "tags": ["{tag.text}"]}, "other"),
    post("/flow_runs/", {"flow_id": "{flow.id}", "name": "first", "tags": ["{tag.text}", "{tag.text}-blue"],
                         "parameters": {"x": [1, 2.5, None, "ü"]}, "idempotency_key": "k1",
                         "state": {"type": "SCHEDULED",
                                   "state_details": {"scheduled_time": "2030-01-02T03:04:05Z"}}}, "run"),
    post("/flow_runs/", {"flow_id": "{flow.id}", "name": "second", "tags": ["{tag.text}"],
                         "state": {"type": "PENDING"}}, "running"),
    post("/flow_runs/{running.id}/set_state", {"state": {"type": "RUNNING"}}),
    post("/flow_runs/", {"flow_id": "{other.id}", "name": "third", "tags": ["{tag.text}"],
                         "state": {"type": "FAILED", "message": "no luck"}}, "failed"),
    post("/flow_runs/", {"flow_id": "{other.id}", "name": "fourth", "tags": ["{tag.text}"]}, "stateless"),
    post("/task_runs/", {"flow_run_id": "{running.id}", "task_key": "t", "dynamic_key": "0", "name": "task-0",
                         "tags": ["{tag.text}"], "state": {"type": "PENDING"},
                         "task_inputs": {"a": [{"input_type": "constant", "type": "int"}]}}, "task"),
    post("/task_runs/", {"flow_run_id": "{running.id}", "task_key": "t", "dynamic_key": "1", "name": "task-1",
                         "state": {"type": "COMPLETED"}}, "done"),
    post("/logs/", [
        {"name": "a", "level": 20, "message": "hello", "timestamp": "2026-01-01T00:00:00Z",
         "flow_run_id": "{running.id}"},
        {"name": "b", "level": 40, "message": "bad", "timestamp": "2026-01-01T00:00:01.5+00:00",
         "flow_run_id": "{running.id}", "task_run_id": "{task.id}"}]),
]

MINE = {"flow_runs": {"tags": {"all_": ["{tag.text}"]}}}
FLOWS = {"flows": {"tags": {"all_": ["{tag.text}"]}}}


def flow_runs(condition: dict, **more) -> Step:
    return post("/flow_runs/filter", {"sort": "NAME_ASC", **more,
                                      "flow_runs": {"tags": {"all_": ["{tag.text}"]}, **condition}})


def task_runs(condition: dict, **more) -> Step:
    return post("/task_runs/filter", {"sort": "NAME_ASC", **more, **MINE, "task_runs": condition})


SCENARIOS: dict[str, list[Step]] = {
    "root and admin": [
        get("/health"), get("/ready"), get("/hello"), get("/version"), get("/admin/version"), get("/admin/storage"),
        get("/csrf-token"), get("/csrf-token?client=x"), post("/health"), get("/nowhere"), get("/flows"),
        post("/flows", {"name": "x"}), delete("/flows/"), get("/flow_runs/not-a-uuid"),
        Step("PUT", "/admin/storage", {"default_result_storage_block_id": "x"}), Step("PUT", "/admin/storage", {}),
        get("/health", headers={"X-PREFECT-API-VERSION": "0.7.0"}),
        get("/hello", headers={"X-PREFECT-API-VERSION": "0.7.0"}),
        get("/hello", headers={"X-PREFECT-API-VERSION": "nonsense"}),
    ],
    "bad bodies": [
        post("/flows/"), post("/flows/", content="{"), post("/flows/", content="[1"), post("/flows/", content=""),
        post("/flows/", content='{"name": }'), post("/flows/", content="nonsense"), post("/flows/", []),
        post("/flows/", {}), post("/flows/", {"name": None}), post("/flows/", {"name": 5}),
        post("/flows/", {"name": "a/b"}), post("/flows/", {"name": "x", "tags": "y"}),
        post("/flows/", {"name": "x", "tags": [1, None]}), post("/flows/", {"name": "x", "zzz": 1}),
        post("/flows/", {"name": "x", "labels": {"a": {"b": 1}}}),
        post("/flows/", content='{"name": "x"}', headers={"content-type": "text/plain"}),
        post("/flow_runs/", {"flow_id": "x"}), post("/flow_runs/", {"flow_id": NOWHERE, "state": {"type": "NO"}}),
        post("/flow_runs/", {"flow_id": "{flow.id}", "state": {"type": "SCHEDULED", "timestamp": "yesterday"}}),
        post("/flow_runs/", {"flow_id": "{flow.id}", "parameters": [1]}),
        post("/flow_runs/", {"flow_id": "{flow.id}", "tags": {"a": 1}}),
        post("/flow_runs/", {"flow_id": "{flow.id}", "empirical_policy": {"retries": "many"}}),
        post("/task_runs/", {}), post("/task_runs/", {"task_key": "a", "dynamic_key": 1}),
        post("/logs/", {}), post("/logs/", [{}]), post("/logs/", [{"name": "a", "level": "x"}]),
        post("/flow_runs/filter", {"flow_runs": []}),
        post("/flow_runs/filter", {"flow_runs": {"nope": 1}}), post("/flow_runs/filter", {"sort": "UP"}),
        post("/flow_runs/filter", {"limit": -1}), post("/flow_runs/filter", {"limit": 201}),
        post("/flow_runs/filter", {"limit": "x"}), post("/flow_runs/filter", {"offset": -1}),
        post("/flow_runs/paginate", {"page": 0}), post("/flow_runs/paginate", {"limit": 500}),
        post("/flow_runs/filter", {"flow_runs": {"id": {"any_": ["x", 1, None]}}}),
        post("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["NO"]}}}}),
        post("/flow_runs/filter", {"flow_runs": {"start_time": {"after_": "soon"}}}),
        flow_runs({"start_time": {"after_": 12}}),
        post("/flow_runs/filter", {"flow_runs": {"operator": "xor_"}}),
        post("/flow_runs/history", {}), post("/flow_runs/bulk_delete", {"limit": 51}),
    ],
    "flows": [
        post("/flows/", {"name": "{tag.text}-one"}), get("/flows/{flow.id}"), get("/flows/" + NOWHERE),
        get("/flows/name/{tag.text}-one"), get("/flows/name/none-such"),
        patch("/flows/{flow.id}", {"tags": ["{tag.text}", "green"]}), patch("/flows/{flow.id}", {}),
        patch("/flows/{flow.id}", {"name": "x"}), patch("/flows/{flow.id}", {"tags": None}),
        patch("/flows/" + NOWHERE, {"tags": []}), get("/flows/{flow.id}"),
        post("/flows/filter", {**FLOWS, "sort": "NAME_DESC"}), post("/flows/filter", {**FLOWS, "limit": 1, "offset": 1}),
        post("/flows/filter", {**FLOWS, "limit": 0}), post("/flows/count", FLOWS),
        post("/flows/paginate", {**FLOWS, "limit": 1, "page": 2}), post("/flows/paginate", {**FLOWS, "limit": 0}),
        post("/flows/filter", {"flows": {"name": {"any_": ["{tag.text}-two"]}}}),
        post("/flows/filter", {"flows": {"name": {"like_": "{tag.text}-T"}}}),
        post("/flows/filter", {"flows": {"id": {"any_": ["{flow.id}"]}}}),
        post("/flows/filter", {"flows": {"id": {"not_any_": ["{flow.id}"]}, "tags": {"all_": ["{tag.text}"]}}}),
        post("/flows/filter", {"flows": {"operator": "or_", "id": {"any_": ["{flow.id}"]},
                                         "name": {"any_": ["{tag.text}-two"]}}, "sort": "NAME_ASC"}),
        post("/flows/filter", {**FLOWS, "flow_runs": {"state": {"type": {"any_": ["FAILED"]}}}}),
        post("/flows/filter", {**FLOWS, "task_runs": {"name": {"any_": ["task-0"]}}}),
        post("/flows/filter", {**FLOWS, "deployments": {"name": {"any_": ["x"]}}}),
        post("/flows/filter", {"flows": {"deployment": {"is_null_": True}, "tags": {"all_": ["{tag.text}"]}},
                               "sort": "NAME_ASC"}),
        delete("/flows/{other.id}"), get("/flow_runs/{failed.id}"), delete("/flows/{other.id}"),
    ],
    "flow runs": [
        get("/flow_runs/{run.id}"), get("/flow_runs/{failed.id}"), get("/flow_runs/{stateless.id}"),
        get("/flow_runs/" + NOWHERE),
        post("/flow_runs/", {"flow_id": "{flow.id}", "idempotency_key": "k1", "name": "ignored"}),
        post("/flow_runs/", {"flow_id": NOWHERE}),
        post("/flow_runs/", {"flow_id": "{flow.id}", "parent_task_run_id": NOWHERE}),
        post("/flow_runs/", {"flow_id": "{flow.id}", "state": None, "tags": [], "name": "nothing",
                             "empirical_policy": {"retries": 3, "retry_delay": 5}, "context": {"a": 1},
                             "labels": {"k": "v"}, "job_variables": {"a": {"b": 1}}}),
        patch("/flow_runs/{run.id}", {"name": None}),
        patch("/flow_runs/{run.id}", {"name": "renamed", "tags": ["{tag.text}", "new"],
                                      "flow_version": "2", "parameters": {"y": 1}}),
        patch("/flow_runs/{run.id}", {}), patch("/flow_runs/{run.id}", {"zzz": 1}),
        patch("/flow_runs/" + NOWHERE, {"name": "x"}),
        patch("/flow_runs/{running.id}", {"job_variables": {"a": 1}}), get("/flow_runs/{run.id}"),
        patch("/flow_runs/{run.id}/labels", {"b": 2}),
        patch("/flow_runs/" + NOWHERE + "/labels", {"b": 2}), get("/flow_runs/{run.id}"),
        get("/flow_runs/{running.id}/graph"), get("/flow_runs/{running.id}/graph-v2"),
        get("/flow_runs/" + NOWHERE + "/graph-v2"), get("/flow_runs/" + NOWHERE + "/graph"),
        get("/flow_runs/{running.id}/graph-v2?since=x"), get("/flow_runs/{running.id}/logs/download"),
        get("/flow_runs/" + NOWHERE + "/logs/download"),
        post("/flow_runs/count", MINE), post("/flow_runs/lateness", {"flow_runs": {"id": {"any_": ["{run.id}"]}}}),
        post("/flow_runs/paginate", {**MINE, "sort": "NAME_ASC", "limit": 2, "page": 2}),
        post("/flow_runs/history", {**MINE, "history_start": "2030-01-02T03:00:00Z",
                                    "history_end": "2030-01-02T05:00:00Z", "history_interval_seconds": 3600}),
        post("/flow_runs/history", {**MINE, "history_start": "2030-01-02T03:00:00Z",
                                    "history_end": "2030-01-02T05:00:00Z", "history_interval_seconds": 0.5}),
        delete("/flow_runs/{stateless.id}"), delete("/flow_runs/{stateless.id}"),
        post("/flow_runs/bulk_delete", {"flow_runs": {"id": {"any_": ["{failed.id}"]}}}),
        get("/flow_runs/{failed.id}"),
    ],
    "flow run filters": [
        flow_runs({}), flow_runs({}, sort="NAME_DESC"), flow_runs({}, limit=1, offset=1), flow_runs({}, limit=0),
        flow_runs({}, sort="EXPECTED_START_TIME_ASC", limit=200), flow_runs({}, offset=1000),
        flow_runs({"id": {"any_": ["{run.id}", NOWHERE]}}), flow_runs({"id": {"any_": []}}),
        flow_runs({"id": {"not_any_": ["{run.id}"]}}), flow_runs({"id": {"not_any_": []}}),
        flow_runs({"name": {"any_": ["first"]}}), flow_runs({"name": {"like_": "IR"}}), flow_runs({"name": {"like_": ""}}),
        flow_runs({"state": {"type": {"any_": ["SCHEDULED", "RUNNING"]}}}),
        flow_runs({"state": {"type": {"not_any_": ["RUNNING"]}}}), flow_runs({"state": {"name": {"any_": ["Failed"]}}}),
        flow_runs({"state": {"name": {"not_any_": ["Failed"]}}}),
        flow_runs({"state": {"operator": "or_", "name": {"any_": ["Failed"]}, "type": {"any_": ["RUNNING"]}}}),
        flow_runs({"tags": {"all_": ["{tag.text}", "{tag.text}-blue"]}}), flow_runs({"tags": {"any_": ["{tag.text}-blue", "x"]}}),
        flow_runs({"tags": {"any_": []}}), flow_runs({"tags": {"is_null_": True}, "id": {"any_": ["{run.id}"]}}),
        flow_runs({"deployment_id": {"is_null_": True}}), flow_runs({"deployment_id": {"any_": [NOWHERE]}}),
        flow_runs({"work_queue_name": {"is_null_": True}}), flow_runs({"work_queue_name": {"any_": ["q"]}}),
        flow_runs({"flow_version": {"any_": ["1"]}}), flow_runs({"start_time": {"is_null_": True}}),
        flow_runs({"start_time": {"is_null_": False}}), flow_runs({"start_time": {"before_": "2020-01-01T00:00:00Z"}}),
        flow_runs({"end_time": {"is_null_": False}}), flow_runs({"end_time": {"after_": "2020-01-01 00:00:00"}}),
        flow_runs({"expected_start_time": {"after_": "2030-01-01T00:00:00+01:00"}}),
        flow_runs({"next_scheduled_start_time": {"before_": "2031-01-01T00:00:00Z"}}),
        flow_runs({"parent_flow_run_id": {"any_": ["{running.id}"]}}),
        flow_runs({"parent_task_run_id": {"is_null_": True}}), flow_runs({"parent_task_run_id": {"any_": ["{task.id}"]}}),
        flow_runs({"idempotency_key": {"any_": ["k1"]}}), flow_runs({"idempotency_key": {"not_any_": ["k1"]}}),
        flow_runs({"created_by": {"type_": ["DEPLOYMENT"]}}),
        post("/flow_runs/filter", {"sort": "NAME_ASC", "flows": {"tags": {"all_": ["{tag.text}"]}}, "flow_runs": {
            "operator": "or_", "name": {"any_": ["second"]}, "id": {"any_": ["{run.id}"]}}}),
        post("/flow_runs/filter", {**MINE, "sort": "NAME_ASC", "flows": {"name": {"any_": ["{tag.text}-two"]}}}),
        post("/flow_runs/filter", {**MINE, "sort": "NAME_ASC", "task_runs": {"name": {"any_": ["task-1"]}}}),
        post("/flow_runs/filter", {**MINE, "deployments": {"id": {"any_": [NOWHERE]}}}),
        post("/flow_runs/filter", {**MINE, "work_pools": {"name": {"any_": ["p"]}}}),
        post("/flow_runs/filter", {**MINE, "work_pool_queues": {"name": {"any_": ["q"]}}}),
        *[post("/flow_runs/filter", {**MINE, "sort": sort, "limit": 1, "flow_runs": {"id": {"any_": ["{run.id}"]}}})
          for sort in ("ID_DESC", "START_TIME_ASC", "START_TIME_DESC", "EXPECTED_START_TIME_DESC",
                       "NEXT_SCHEDULED_START_TIME_ASC", "END_TIME_DESC")],
    ],
    "set state": [
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "PENDING"}}),
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "PENDING"}}),
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "RUNNING", "name": "Going", "message": "m"}}),
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "COMPLETED", "data": {"type": "unpersisted"}}}),
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "RUNNING"}}),
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "RUNNING"}, "force": True}),
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "CANCELLING"}}),
        post("/flow_runs/{run.id}/set_state", {"state": {"type": "CANCELLED"}}),
        post("/flow_runs/{run.id}/set_state", {}), post("/flow_runs/{run.id}/set_state", {"state": {}}),
        post("/flow_runs/" + NOWHERE + "/set_state", {"state": {"type": "RUNNING"}}),
        post("/flow_runs/{failed.id}/set_state", {"state": {"type": "SCHEDULED", "name": "AwaitingRetry"}}),
        post("/flow_runs/{running.id}/set_state", {"state": {"type": "PAUSED", "name": "Paused", "state_details": {
            "pause_timeout": "2031-01-01T00:00:00Z", "pause_key": "1"}}}),
        post("/flow_runs/{running.id}/resume"), post("/flow_runs/{running.id}/resume", {"run_input": {"a": 1}}),
        post("/flow_runs/{nowhere.id}/resume", {}),
        post("/flow_runs/{stateless.id}/set_state", {"state": {"type": "PAUSED"}}),
        post("/flow_runs/bulk_set_state", {"flow_runs": {"id": {"any_": ["{stateless.id}"]}},
                                           "state": {"type": "CANCELLED"}}),
        get("/flow_run_states/?flow_run_id={run.id}"), get("/flow_run_states/?flow_run_id=" + NOWHERE),
        get("/flow_run_states/"), get("/flow_run_states/?flow_run_id=x"), get("/flow_run_states/{running.state_id}"),
        get("/flow_run_states/" + NOWHERE),
        post("/task_runs/{task.id}/set_state", {"state": {"type": "RUNNING"}}),
        post("/task_runs/{task.id}/set_state", {"state": {"type": "COMPLETED", "data": {"a": [1]}}}),
        post("/task_runs/{task.id}/set_state", {"state": {"type": "RUNNING"}}),
        post("/task_runs/" + NOWHERE + "/set_state", {"state": {"type": "RUNNING"}}),
        get("/task_run_states/?task_run_id={task.id}"), get("/task_run_states/?task_run_id=" + NOWHERE),
        get("/task_run_states/{task.state_id}"), get("/task_run_states/" + NOWHERE), get("/task_runs/{task.id}"),
    ],
    "inputs": [
        post("/flow_runs/{run.id}/input", {"key": "a-1", "value": '{"x": 1}', "sender": "me"}),
        post("/flow_runs/{run.id}/input", {"key": "a-1", "value": "again"}),
        post("/flow_runs/{run.id}/input", {"key": "a-2", "value": "plain"}),
        post("/flow_runs/{run.id}/input", {"key": "A B", "value": "x"}),
        post("/flow_runs/" + NOWHERE + "/input", {"key": "a", "value": "x"}),
        get("/flow_runs/{run.id}/input/a-1"), get("/flow_runs/{run.id}/input/none"),
        post("/flow_runs/{run.id}/input/filter", {"prefix": "a", "limit": 10}),
        post("/flow_runs/{run.id}/input/filter", {"prefix": "a", "limit": 10, "exclude_keys": ["a-1"]}),
        post("/flow_runs/{run.id}/input/filter", {}), delete("/flow_runs/{run.id}/input/a-1"),
        delete("/flow_runs/{run.id}/input/a-1"),
    ],
    "task runs": [
        get("/task_runs/{task.id}"), get("/task_runs/{done.id}"), get("/task_runs/" + NOWHERE),
        post("/task_runs/", {"flow_run_id": "{running.id}", "task_key": "t", "dynamic_key": "0", "name": "again"}),
        post("/task_runs/", {"task_key": "alone", "dynamic_key": "{tag.text}", "name": "alone"}),
        post("/task_runs/", {"flow_run_id": NOWHERE, "task_key": "t", "dynamic_key": "0"}),
        patch("/task_runs/{task.id}", {"name": None}),
        patch("/task_runs/{task.id}", {"name": "renamed"}), patch("/task_runs/{task.id}", {}), patch("/task_runs/" + NOWHERE, {"name": "x"}),
        task_runs({}), task_runs({}, limit=1), task_runs({}, sort="NAME_DESC"), task_runs({"name": {"like_": "TASK"}}),
        task_runs({"id": {"any_": ["{done.id}"]}}), task_runs({"tags": {"all_": ["{tag.text}"]}}),
        task_runs({"tags": {"is_null_": True}}), task_runs({"state": {"type": {"any_": ["COMPLETED"]}}}),
        task_runs({"state": {"name": {"any_": ["Pending"]}}}), task_runs({"start_time": {"is_null_": True}}),
        task_runs({"expected_start_time": {"before_": "2020-01-01T00:00:00Z"}}),
        task_runs({"subflow_runs": {"exists_": False}}), task_runs({"flow_run_id": {"any_": ["{running.id}"]}}),
        task_runs({"flow_run_id": {"is_null_": True}}), task_runs({"zzz": 1}),
        post("/task_runs/count", MINE), post("/task_runs/paginate", {**MINE, "sort": "NAME_ASC", "limit": 1, "page": 2}),
        post("/task_runs/history", {**MINE, "history_start": "2020-01-01T00:00:00Z",
                                    "history_end": "2020-01-01T02:00:00Z", "history_interval_seconds": 3600}),
        get("/ui/task_runs/{task.id}"), get("/ui/task_runs/" + NOWHERE), post("/ui/task_runs/count", MINE),
        post("/ui/flow_runs/count-task-runs", {"flow_run_ids": ["{running.id}", NOWHERE]}),
        post("/ui/flows/next-runs", {"flow_ids": ["{flow.id}", "{other.id}"]}),
        post("/ui/flows/count-deployments", {"flow_ids": ["{flow.id}"]}),
        post("/ui/flow_runs/history", {"flow_runs": {"id": {"any_": ["{run.id}"]}}}),
        post("/ui/flow_runs/history", {"limit": 1001}), post("/ui/task_runs/dashboard/counts", {"task_runs": {}}),
        post("/ui/task_runs/dashboard/counts", {**MINE, "task_runs": {"start_time": {"after_": "2020-01-01T00:00:00Z"}}}),
        delete("/task_runs/{done.id}"), delete("/task_runs/{done.id}"),
    ],
    "logs": [
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": ["{running.id}"]}}}),
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": ["{running.id}"]}}, "sort": "TIMESTAMP_DESC"}),
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": ["{running.id}"]}, "level": {"ge_": 30}}}),
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": ["{running.id}"]}, "level": {"le_": 30}}}),
        post("/logs/filter", {"logs": {"task_run_id": {"any_": ["{task.id}"]}}}),
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": ["{running.id}"]}, "task_run_id": {"is_null_": True}}}),
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": ["{running.id}"]},
                                       "timestamp": {"after_": "2026-01-01T00:00:01Z"}}}),
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": ["{running.id}"]}, "text": {"query": "hel"}}}),
        post("/logs/filter", {"logs": {"flow_run_id": {"any_": [NOWHERE]}}}), post("/logs/filter", {"limit": 201}),
        post("/logs/filter", {"logs": {"zzz": 1}}), post("/logs/filter", {"limit": 0}), post("/logs/", []),
    ],
    "events": [
        post("/events", [{"occurred": "2026-01-01T00:00:00Z", "event": "x.{tag.text}",
                          "resource": {"prefect.resource.id": "x.{tag.text}"},
                          "id": "{tag.event}"}]),
        post("/events", {}), post("/events", [{}]), post("/events", [{"event": "x", "occurred": "y", "resource": {}}]),
        post("/events", []), post("/events/filter", {"filter": {"zzz": 1}}), post("/events/filter", {"limit": 51}),
        post("/events/filter", {"limit": -1}), post("/events/filter", {"filter": {"event": {"name": ["none.such"]}}}),
        get("/events/filter/next?page-token=bad"), get("/events/filter/next"), post("/events/count-by/month", {"filter": {}}),
        post("/events/count-by/event", {}), post("/events/count-by/event", {"filter": {"event": {"name": ["none.such"]}}}),
        post("/events/count-by/time", {"filter": {}, "time_unit": "year"}),
        post("/events/count-by/time", {"filter": {}, "time_interval": 0}),
    ],
}


def worded_by_a_library(problem: dict) -> bool:
    return "loc" in problem and (
        problem["type"] in WORDED_BY_LIBRARIES or "Unable to parse string" in problem["msg"])


class Told:
    """What one server has answered so far, and how its ids and times are called in comparisons."""

    def __init__(self, http: httpx.Client, tag: str, event: str):
        self.http = http
        self.tag = tag
        self.answers: dict[str, Any] = {"tag": {"text": tag, "event": event}, "nowhere": {"id": NOWHERE}}
        self.ids: dict[str, str] = {}

    def filled(self, value: Any) -> Any:
        if isinstance(value, str):
            return PLACEHOLDER.sub(lambda found: str(self.answers[found[1]][found[2]]), value)
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        return value

    def play(self, step: Step) -> dict[str, Any]:
        headers = {"content-type": "application/json"} | (step.headers or {})
        content = step.content
        if content is None and step.body is not None:
            content = json.dumps(self.filled(step.body))
        answer = self.sent(step.method, self.filled(step.path), content, headers)
        try:
            body = answer.json()
        except ValueError:
            body = answer.text
        if step.name:
            self.answers[step.name] = body
        shown = {name: answer.headers.get(name) for name in HEADERS}
        shown["content-type"] = (shown["content-type"] or "").replace("; ", ";").lower()
        shown["location"] = (shown["location"] or "").replace(str(self.http.base_url.netloc, "ascii"), "<host>")
        return {"status": answer.status_code, "headers": shown, "body": self.normalised(body)}

    def sent(self, method: str, path: str, content: str | None, headers: dict[str, str]) -> httpx.Response:
        """As Prefect's client sends: SQLite below the reference is busy at times."""
        for _ in range(PATIENCE):
            try:
                answer = self.http.request(method, path, content=content, headers=headers)
            except httpx.TransportError:
                continue
            if answer.status_code != 503:
                return answer
        raise AssertionError(f"{self.http.base_url}{path} does not answer")

    def normalised(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            if worded_by_a_library(value):
                value = {name: value[name] for name in ("loc", "input")}
            return {self.text(name): self.normalised(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.normalised(item, key) for item in value]
        if key == "job_variables" and value is None:
            return {}  # null only for runs made with an idempotency key
        if isinstance(value, str):
            return "<token>" if key == "token" else self.text(value)
        if MEASURED.search(key) and isinstance(value, (int, float)):
            return "<seconds>"
        return value

    def text(self, value: str) -> str:
        value = value.replace(self.tag, "<tag>")
        value = UUID.sub(lambda found: self.ids.setdefault(found[0], f"<id {len(self.ids)}>"), value)
        return TIME.sub("<time>", value)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_answers_equal_prefects(server, reference, tag, scenario):
    event = NOWHERE[:-10] + tag[-10:]
    theirs, ours = Told(reference.http, tag, event), Told(server.http, tag, event)
    found = []
    for step in SETTING + SCENARIOS[scenario]:
        expected, got = theirs.play(step), ours.play(step)
        if any(step.title().startswith(known) for known in EXPECTED_DIFFERENCES):
            assert got["status"] < 500, step.title()
            continue
        lines = differences(expected, got)
        found += [f"{step.title()}\n    " + "\n    ".join(lines)] if lines else []
    assert not found, f"{len(found)} answers differ:\n" + "\n".join(found)


def test_the_server_describes_itself(server):
    root = server.url.removesuffix("/api")
    document = server.http.get(root + "/openapi.json").json()
    assert "/flow_runs/{id}/set_state" in document["paths"]
    assert server.http.get("/openapi.json").json() == document
    page = server.http.get(root + "/docs")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
