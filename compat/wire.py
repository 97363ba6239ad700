"""Requests that are sent to two servers alike.

A scenario is a list of steps that run in order on each server. Steps may use what earlier ones
answered: `{flow.id}` in a path or body is the field `id` of the answer of the step named `flow`;
`{tag.text}` is a word of the scenario's own, which names should contain.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

NOWHERE = "00000000-0000-0000-0000-00000000abcd"


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


def put(path: str, body: Any, name: str | None = None, **more) -> Step:
    return Step("PUT", path, body, name, **more)
