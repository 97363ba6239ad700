"""Variables, saved searches and concurrency limits."""

from wire import NOWHERE, delete, get, patch, post, put

NAMED = "{tag.text}-a"
MINE = {"variables": {"tags": {"all_": ["{tag.text}"]}}}

EXPECTED_DIFFERENCES = {}


def limit(name: str, **fields) -> dict:
    return {"name": "{tag.text}-" + name, "limit": 2, **fields}


def take(slots: int, *names: str, **fields) -> dict:
    return {"slots": slots, "names": ["{tag.text}-" + name for name in names], **fields}


SCENARIOS = {
    "variables": [
        post("/variables/", {"name": NAMED, "value": {"x": [1, None, "ü"]}, "tags": ["{tag.text}"]}, "variable"),
        post("/variables/", {"name": NAMED, "value": 1}),
        post("/variables/", {"name": "{tag.text}_b", "value": None, "tags": ["{tag.text}", "red"]}, "other"),
        post("/variables/", {"name": "Not Allowed", "value": 1}), post("/variables/", {"name": "x" * 256, "value": 1}),
        post("/variables/", {"name": "{tag.text}-c", "value": "x" * 5000}), post("/variables/", {"name": "{tag.text}-c", "value": "é" * 2500}),
        post("/variables/", {"name": "{tag.text}-c"}), post("/variables/", {}), post("/variables/", {"name": "", "value": 1, "zzz": 2}),
        get("/variables/{variable.id}"), get("/variables/" + NOWHERE), get("/variables/name/" + NAMED), get("/variables/name/none-such"),
        post("/variables/filter", MINE), post("/variables/filter", {**MINE, "sort": "NAME_DESC", "limit": 1}),
        post("/variables/filter", {**MINE, "offset": 1}), post("/variables/filter", {"limit": 201}), post("/variables/filter", {"sort": "UP"}),
        post("/variables/filter", {"variables": {"name": {"like_": "{tag.text}"}}}),
        post("/variables/filter", {"variables": {"name": {"any_": [NAMED]}}}),
        post("/variables/filter", {"variables": {"id": {"any_": ["{other.id}"]}}}),
        post("/variables/filter", {"variables": {"tags": {"is_null_": True}, "name": {"like_": "{tag.text}"}}}),
        post("/variables/filter", {"variables": {"operator": "or_", "name": {"any_": [NAMED]}, "id": {"any_": ["{other.id}"]}}}),
        post("/variables/filter", {"variables": {"zzz": 1}}), post("/variables/count", MINE),
        patch("/variables/{variable.id}", {"value": "new"}), patch("/variables/name/" + NAMED, {"tags": []}),
        patch("/variables/{variable.id}", {"name": "{tag.text}_b"}), patch("/variables/{variable.id}", {"name": "Not Allowed"}),
        patch("/variables/{variable.id}", {}), patch("/variables/" + NOWHERE, {"value": 1}), patch("/variables/name/none-such", {"value": 1}),
        patch("/variables/{variable.id}", {"value": None}), get("/variables/{variable.id}"),
        delete("/variables/{variable.id}"), delete("/variables/{variable.id}"),
        delete("/variables/name/{tag.text}_b"), delete("/variables/name/{tag.text}_b"),
    ],
    "saved searches": [
        put("/saved_searches/", {"name": NAMED}, "search"),
        put("/saved_searches/", {"name": NAMED, "filters": [
            {"object": "flow_run", "property": "state", "type": "string", "operation": "equals", "value": "Late"}]}),
        put("/saved_searches/", {}), put("/saved_searches/", {"name": "x", "filters": [{}]}),
        put("/saved_searches/", {"name": "{tag.text}-more", "filters": [{"object": "flow", "property": "name", "type": "string", "operation": "equals", "value": "x", "zzz": 1}]}), put("/saved_searches/", {"name": "x", "zzz": 1}),
        get("/saved_searches/{search.id}"), get("/saved_searches/" + NOWHERE), post("/saved_searches/filter", {"limit": 201}),
        post("/saved_searches/filter", {"offset": 1000}), delete("/saved_searches/{search.id}"), delete("/saved_searches/{search.id}"),
    ],
    "concurrency limits": [
        post("/v2/concurrency_limits/", limit("a"), "limit"), post("/v2/concurrency_limits/", limit("a")),
        post("/v2/concurrency_limits/", limit("off", active=False)), post("/v2/concurrency_limits/", limit("rate", slot_decay_per_second=0.001), "rate"),
        post("/v2/concurrency_limits/", {"name": "a/b", "limit": 1}), post("/v2/concurrency_limits/", {"name": "{tag.text}-x", "limit": -1}),
        post("/v2/concurrency_limits/", {}), get("/v2/concurrency_limits/{limit.id}"), get("/v2/concurrency_limits/{tag.text}-a"),
        get("/v2/concurrency_limits/none-such"), get("/v2/concurrency_limits/" + NOWHERE),
        post("/v2/concurrency_limits/increment", take(1, "a", "off", "none")), get("/v2/concurrency_limits/{limit.id}"),
        post("/v2/concurrency_limits/increment", take(3, "a")), post("/v2/concurrency_limits/increment", take(1)),
        post("/v2/concurrency_limits/increment", take(1, "a", mode="rate_limit")), post("/v2/concurrency_limits/increment", take(1, "none", mode=None)),
        post("/v2/concurrency_limits/increment", take(1, "rate", mode="rate_limit")), get("/v2/concurrency_limits/{tag.text}-rate"),
        post("/v2/concurrency_limits/increment", {"slots": 0, "names": []}), post("/v2/concurrency_limits/increment", {}),
        post("/v2/concurrency_limits/increment-with-lease", take(1, "a", lease_duration=60), "lease"),
        post("/v2/concurrency_limits/leases/{lease.lease_id}/renew", {"lease_duration": 90}),
        post("/v2/concurrency_limits/leases/{lease.lease_id}/renew", {"lease_duration": 5}),
        post("/v2/concurrency_limits/leases/" + NOWHERE + "/renew", {}), get("/v2/concurrency_limits/{limit.id}"),
        post("/v2/concurrency_limits/decrement-with-lease", {"lease_id": "{lease.lease_id}"}),
        post("/v2/concurrency_limits/decrement-with-lease", {"lease_id": "{lease.lease_id}"}), get("/v2/concurrency_limits/{limit.id}"),
        post("/v2/concurrency_limits/decrement", take(1, "a", "none", occupancy_seconds=2.5)),
        post("/v2/concurrency_limits/decrement", take(1, "off")), post("/v2/concurrency_limits/decrement", take(0, "a", occupancy_seconds=0)),
        post("/v2/concurrency_limits/increment-with-lease", take(1, "a", mode="x", lease_duration=59.5, holder={"type": "x", "id": "y"})),
        post("/v2/concurrency_limits/increment-with-lease", take(1, "a", holder={"type": "task_run", "id": NOWHERE, "z": 1})),
        post("/v2/concurrency_limits/increment-with-lease", take(1, "none", holder={"type": "deployment", "id": NOWHERE})), get("/v2/concurrency_limits/{limit.id}"),
        post("/v2/concurrency_limits/decrement", take(5, "a")), get("/v2/concurrency_limits/{limit.id}"),
        patch("/v2/concurrency_limits/{limit.id}", {"limit": 0, "active_slots": 0}), post("/v2/concurrency_limits/increment", take(1, "a")),
        patch("/v2/concurrency_limits/{tag.text}-a", {"name": "{tag.text}-b", "limit": 5, "active_slots": 3, "slot_decay_per_second": 0.0}),
        patch("/v2/concurrency_limits/{tag.text}-b", {"name": "{tag.text}-off"}), patch("/v2/concurrency_limits/none-such", {"limit": 1}),
        get("/v2/concurrency_limits/{limit.id}"), post("/v2/concurrency_limits/filter", {"limit": 201}),
        delete("/v2/concurrency_limits/{limit.id}"), delete("/v2/concurrency_limits/{limit.id}"), delete("/v2/concurrency_limits/{tag.text}-off"),
    ],
    "tag limits": [
        post("/concurrency_limits/", {"tag": "{tag.text}", "concurrency_limit": 1}, "limit"),
        post("/concurrency_limits/", {"tag": "{tag.text}", "concurrency_limit": 2}), post("/concurrency_limits/", {"tag": "{tag.text}", "concurrency_limit": 1}),
        post("/concurrency_limits/", {}), get("/concurrency_limits/{limit.id}"), get("/concurrency_limits/tag/{tag.text}"),
        get("/concurrency_limits/tag/none-such"), get("/concurrency_limits/" + NOWHERE),
        post("/concurrency_limits/increment", {"names": ["{tag.text}", "none"], "task_run_id": NOWHERE}),
        post("/concurrency_limits/increment", {"names": ["{tag.text}"], "task_run_id": NOWHERE}),
        get("/concurrency_limits/tag/{tag.text}"), get("/v2/concurrency_limits/tag:{tag.text}"),
        post("/concurrency_limits/decrement", {"names": ["{tag.text}"], "task_run_id": NOWHERE}), get("/concurrency_limits/tag/{tag.text}"),
        post("/concurrency_limits/tag/{tag.text}/reset", {"slot_override": [NOWHERE]}), get("/concurrency_limits/tag/{tag.text}"),
        post("/concurrency_limits/tag/{tag.text}/reset", {}), get("/concurrency_limits/tag/{tag.text}"),
        post("/concurrency_limits/tag/none-such/reset", {}), post("/concurrency_limits/filter", {"limit": 201}),
        post("/concurrency_limits/", {"tag": "{tag.text}", "concurrency_limit": 0}),
        post("/concurrency_limits/increment", {"names": ["{tag.text}"], "task_run_id": NOWHERE}),
        delete("/concurrency_limits/tag/{tag.text}"), delete("/concurrency_limits/tag/{tag.text}"), delete("/concurrency_limits/{limit.id}"),
    ],
}
