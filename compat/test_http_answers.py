"""The same requests to Prefect's own server and to ours: status, headers and body must be equal.

The requests are in the files `answers_<room>.py`, each with

* `SCENARIOS`: lists of steps by name, and `SETTING`: steps that go before each of them (may be missing);
* `EXPECTED_DIFFERENCES`: requests that are answered otherwise on purpose, by the beginning of their title, and why
  (may be missing). They are sent all the same.
"""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from normalise import TIME, UUID, differences
from wire import NOWHERE, Step

ROOMS = [importlib.import_module(file.stem) for file in sorted(Path(__file__).parent.glob("answers_*.py"))]
PATIENCE = 20
PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\.([a-z_0-9.]+)\}")
HEADERS = ("content-type", "location", "allow", "retry-after")
MEASURED = re.compile(r"(estimated_|_lateness|total_run_time|time_in_current_state)")

# Wordings of libraries below Prefect, which change with their versions.
WORDED_BY_LIBRARIES = {"json_invalid", "uuid_parsing", "datetime_from_date_parsing", "datetime_parsing"}


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
            return PLACEHOLDER.sub(lambda found: str(self.answered(found[1], found[2])), value)
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        return value

    def answered(self, step: str, path: str) -> Any:
        value = self.answers[step]
        for key in path.split("."):
            value = value[int(key)] if isinstance(value, list) else value[key]
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
            if value.get("auto_scheduled"):
                value = value | {"name": "<name>"}  # by chance
            return {self.text(name): self.normalised(item, name) for name, item in value.items()}
        if isinstance(value, list):
            if key == "exception_detail" and all(problem["type"] == "missing" for problem in value):
                value = sorted(value, key=lambda problem: str(problem["loc"]))  # as a function's arguments stand
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


@pytest.mark.parametrize(
    ("room", "scenario"),
    [pytest.param(room, name, id=name) for room in ROOMS for name in room.SCENARIOS],
)
def test_answers_equal_prefects(server, reference, tag, room, scenario):
    event = NOWHERE[:-10] + tag[-10:]
    theirs, ours = Told(reference.http, tag, event), Told(server.http, tag, event)
    found = []
    for step in getattr(room, "SETTING", []) + room.SCENARIOS[scenario]:
        expected, got = theirs.play(step), ours.play(step)
        if any(step.title().startswith(known) for known in getattr(room, "EXPECTED_DIFFERENCES", {})):
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
