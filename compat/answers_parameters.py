"""Values that stand for others, planning on request, and bodies of another form than a route reads."""

import json

from wire import NOWHERE, delete, get, patch, post

ID = "/deployments/{deployment.id}"
FLOW = "{flow.id}"
SETTING = [post("/flows/", {"name": "{tag.text}-flow"}, "flow")]
FORM = {
    "type": "object",
    "properties": {"a": {"type": "integer"}, "b": {"type": "string", "default": ""}, "c": {"type": "array", "items": {"type": "integer"}},
                   "d": {"type": "object", "properties": {"e": {"enum": ["p", "q"]}}}, "f": {}},
    "required": ["a"],
}


def jinja(template) -> dict:
    return {"__prefect_kind": "jinja", "template": template}


def parsed(template) -> dict:
    return {"__prefect_kind": "json", "value": jinja(template)}


def run(**parameters):
    return post(ID + "/create_flow_run", {"name": "r", "parameters": parameters})


def form(**values):
    return post("/ui/schemas/validate", {"schema": FORM, "values": values})


def plan(**body):
    return post(ID + "/schedule", body)


PLANNED = post("/flow_runs/filter", {"deployments": {"id": {"any_": ["{deployment.id}"]}}, "flow_runs": {"expected_start_time": {"after_": "2030-01-01T00:00:00Z"}}, "sort": "EXPECTED_START_TIME_ASC"})

# Not before 2030, where the schedulers of both servers plan as they see fit.
DATES = [
    post("/flow_runs/count", {"deployments": {"id": {"any_": ["{deployment.id}"]}}, "flow_runs": {"expected_start_time": {"after_": "2030-01-01T00:00:00Z", "before_": before}}})
    for before in ("2030-01-01T12:00:00Z", "2030-01-03T12:00:00Z", "2030-01-06T12:00:00Z", "2031-01-01T00:00:00Z")
]

EXPECTED_DIFFERENCES = {
    "POST /logs/ 1": "a list that is none is called a Sequence, for this route only", "POST /logs/ {}": "as before",
    "POST /events/count-by/event {}": "as text, a body without any keys",

    'POST /ui/schemas/validate {"schema": ' + json.dumps(FORM) + ', "values": {"a": 1, "zz": {"__prefect_kind": "jinja", "template": "{{"}}}':
        "a value that does not become anything is told of even if the schema says nothing about it",
    'POST /ui/schemas/validate {"schema": ' + json.dumps(FORM) + ', "values": {"a": "no", ': "values that do not become anything are told of last",
    'POST /ui/schemas/validate {"schema": ' + json.dumps(FORM) + ', "values": {"b": ': "values that do not become anything are told of last",
}

KEYS_MAY_BE_MISSING = (
    "/flow_runs/filter", "/flow_runs/count", "/flow_runs/paginate", "/flow_runs/lateness", "/task_runs/filter", "/task_runs/count", "/task_runs/paginate", "/flows/filter", "/flows/count",
    "/flows/paginate", "/flows/bulk_delete", "/flow_runs/bulk_delete", "/deployments/filter", "/deployments/count", "/deployments/paginate", "/deployments/bulk_delete", "/artifacts/filter",
    "/artifacts/count", "/artifacts/latest/filter", "/artifacts/latest/count", "/logs/filter", "/variables/filter", "/variables/count", "/work_pools/filter", "/work_pools/count",
    "/work_pools/none/queues/filter", "/work_pools/none/workers/filter", "/work_pools/none/get_scheduled_flow_runs", "/work_queues/filter", f"/work_queues/{NOWHERE}/get_runs",
    "/block_documents/filter", "/block_documents/count", "/block_types/filter", "/block_schemas/filter", "/saved_searches/filter", "/v2/concurrency_limits/filter", "/concurrency_limits/filter",
    "/events/filter", "/task_workers/filter", "/ui/flow_runs/history", f"/flow_runs/{NOWHERE}/resume", f"/deployments/{NOWHERE}/schedule",
)
KEYS_ARE_NEEDED = (
    "/flow_runs/history", "/task_runs/history", "/deployments/get_scheduled_flow_runs", "/flow_runs/bulk_set_state", "/ui/schemas/validate", "/v2/concurrency_limits/increment",
    "/v2/concurrency_limits/decrement", "/v2/concurrency_limits/increment-with-lease", "/concurrency_limits/increment", "/concurrency_limits/decrement", "/events/count-by/event",
    "/ui/flows/count-deployments", "/ui/flows/next-runs", "/ui/flow_runs/count-task-runs", "/ui/task_runs/dashboard/counts", "/work_pools/none/workers/heartbeat",
    f"/flow_runs/{NOWHERE}/set_state", f"/task_runs/{NOWHERE}/set_state", f"/flow_runs/{NOWHERE}/input", f"/flow_runs/{NOWHERE}/input/filter",
)
OBJECTS = (
    "/flows/", "/flow_runs/", "/task_runs/", "/variables/", "/work_pools/", "/artifacts/", "/block_types/", "/block_schemas/", "/saved_searches/", "/concurrency_limits/",
    "/v2/concurrency_limits/", f"/deployments/{NOWHERE}/create_flow_run", "/work_queues/", "/work_pools/none/queues",
)
CHANGES = (f"/flow_runs/{NOWHERE}", f"/flows/{NOWHERE}", f"/variables/{NOWHERE}", "/work_pools/none", f"/flow_runs/{NOWHERE}/labels", f"/artifacts/{NOWHERE}", f"/block_types/{NOWHERE}")

SCENARIOS = {
    "templates in parameters": [
        post("/deployments/", {"name": "{tag.text}-d", "flow_id": FLOW, "enforce_parameter_schema": False, "parameters": {"p": jinja("{{ 1 + 1 }}")}}, "deployment"),
        get(ID), run(), run(x=jinja("{{ [1, true, none, 'a'] }}")), run(x=parsed("{{ {'a': [1, 2.5, true, none]} | tojson }}")),
        run(x=[jinja("{% for i in range(3) %}{{ i }},{% endfor %}"), {"y": jinja("{{ 'a' | upper }}")}]), run(x=jinja("{{ missing.a.b }}")), run(x=jinja("plain")),
        run(x=jinja("")), run(x=jinja("{# only a comment #}")), run(x=jinja({"__prefect_kind": "none", "value": "{{ 2 * 3 }}"})), run(x=jinja({"__prefect_kind": "json"})),
        run(x=jinja("{{ 1 / 0 }}")), run(x=jinja("{{ 1 + }}")), run(x=jinja("{% for x in y %}")), run(x=jinja("{{ 'a' | nofilter }}")), run(x=jinja("{{ range(101) }}")),
        run(x=jinja("{% for a in [1] %}{% for b in [1] %}{% for c in [1] %}{% endfor %}{% endfor %}{% endfor %}")), run(x={"__prefect_kind": "jinja"}),
        run(x=jinja("{{ ''.__class__.__mro__ }}")), run(x=jinja("{{ ''.__class__.__mro__() }}")), run(x=parsed("{{ 1 }}")), run(x=jinja("{{ x")),
        patch(ID, {"parameters": {"p": jinja("{{ 'x' * 3 }}")}}), get(ID), patch(ID, {"parameters": {"p": jinja("{{ 'x' + 3 }}")}}), patch(ID, {"parameters": {"p": jinja("{% x %}")}}), get(ID),
        post(ID + "/create_flow_run/bulk", [{"name": "b", "parameters": {"x": jinja("{{ 3 ** 2 }}")}}, {"name": "c", "parameters": {"x": jinja("{{ }}")}}]),
        post("/flow_runs/", {"name": "plain", "flow_id": FLOW, "parameters": {"x": jinja("{{ 1 }}")}, "state": {"type": "PENDING"}}),
        post(ID + "/schedules", [{"schedule": {"interval": 86400, "anchor_date": "2030-01-01T00:00:00Z"}, "parameters": {"x": jinja("{{ 1 }}")}}]),
        plan(start_time="2030-01-01T00:00:00Z", end_time="2030-01-02T12:00:00Z", min_runs=1, max_runs=1), PLANNED,
    ],
    "templates in forms": [
        form(a=jinja("{{ x }}")), form(a=1, b=jinja("{{ x | upper }}")), form(a=jinja("{{ 1 / 0 }}")), form(a=jinja("{{ x")), form(a=1, b=jinja("{% x %}")),
        form(a=1, c=[1, jinja("{{ x }}"), "no"]), form(a=1, c=[1, jinja("{{")]), form(a=1, d={"e": jinja("{{ x }}")}), form(a=1, d={"e": jinja("{% if %}")}), form(a=1, d=jinja("{{ x }}")),
        form(a={"__prefect_kind": "jinja"}), form(a=parsed("{{ 1 }}")), form(a=parsed("{{ 1")), form(a=jinja({"__prefect_kind": "workspace_variable", "variable_name": "none"})),
        form(a=jinja("{% for a in [1] %}{% for b in [1] %}{% for c in [1] %}{% endfor %}{% endfor %}{% endfor %}")), form(a=jinja("plain")), form(a=1, f=jinja("{{ x }}")),
        form(a=1, f=jinja("{{")), form(a=1, zz=jinja("{{ x }}")), form(a=1, zz=jinja("{{")), form(a="no", b=jinja("{{"), c=["no"]), form(b=jinja("{{")), form(__prefect_kind="none"),
        form(__prefect_kind="jinja", template="{{ x }}"), form(__prefect_kind="jinja", template="{{"),
    ],
    "planning on request": [
        post("/deployments/", {"name": "{tag.text}-d", "flow_id": FLOW, "parameters": {"p": 1}, "tags": ["t"], "schedules": [
            {"schedule": {"interval": 86400, "anchor_date": "2030-01-01T00:00:00Z"}, "slug": "daily", "parameters": {"q": 2}}]}, "deployment"),
        plan(start_time="2030-01-01T00:00:00Z", end_time="2030-01-05T12:00:00Z"), *DATES, PLANNED, plan(start_time="2030-01-01T00:00:00Z", end_time="2030-01-05T12:00:00Z"), *DATES,
        plan(start_time="2030-01-01T00:00:00Z", end_time="2030-01-08T12:00:00Z", max_runs=2), *DATES, plan(start_time="2030-01-01T00:00:00Z", end_time="2030-02-08T12:00:00Z", min_runs=6, max_runs=7), *DATES,
        plan(start_time="2030-01-01T00:00:00Z", end_time="2030-03-01T00:00:00Z", min_time=864000, min_runs=1), *DATES, plan(start_time="2030-01-01T00:00:00Z", min_time=0, min_runs=0, max_runs=0), *DATES,
        plan(start_time="2030-01-01T00:00:00+02:00", end_time="2029-12-01T00:00:00Z"), plan(start_time="x"), plan(end_time=1.5), plan(min_runs="x"), plan(max_runs=1.5), plan(min_time="x"), plan(min_time=True),
        plan(start_time=None, end_time=None, min_time=None, min_runs=None, max_runs=0), plan(zzz=1), post(ID + "/schedule", []), post(ID + "/schedule", 1), post(ID + "/schedule", content="{"),
        patch(ID, {"paused": True}), plan(start_time="2030-02-01T00:00:00Z", end_time="2030-02-03T00:00:00Z"), *DATES, post(ID + "/resume_deployment"),
        plan(start_time="2030-05-01T00:00:00Z", end_time="2030-05-03T00:00:00Z"), *DATES, patch(ID, {"description": "new"}), *DATES, get(ID + "/schedules", "schedules"), delete(ID + "/schedules/{schedules.0.id}"), *DATES, plan(start_time="2030-02-01T00:00:00Z", end_time="2030-02-03T00:00:00Z"), *DATES,
        post(f"/deployments/{NOWHERE}/schedule", {}), post(f"/deployments/{NOWHERE}/schedule", {"start_time": "2030-01-01T00:00:00Z", "end_time": "2030-01-02T00:00:00Z"}),
        post("/deployments/x/schedule", {}), get(ID + "/schedule"),
    ],
    "bodies of another form": [
        *[post(path, content=content) for path in KEYS_MAY_BE_MISSING for content in ("[]", "[1]", "1", '"x"', "true")],
        *[post(path, content=content) for path in KEYS_ARE_NEEDED for content in (None, "null", "[]", "1", '"x"', "{}")],
        *[post(path, content=content) for path in OBJECTS for content in (None, "null", "[]", "[1]", "1", '"x"')],
        *[patch(path, None, content=content) for path in CHANGES for content in (None, "null", "[]", "[1]", "1", '"x"')],
        *[post(path, content="{}", headers={"content-type": "text/plain"}) for path in KEYS_ARE_NEEDED + OBJECTS + ("/logs/", f"/deployments/{NOWHERE}/schedules")],
        *[post(path, content=content) for path in ("/logs/", "/events", f"/deployments/{NOWHERE}/schedules") for content in (None, "null", "1", "{}")],
    ],
}
