"""Makes answers of two servers comparable: what must differ between two runs becomes a word."""

from __future__ import annotations

import re

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")  # early clients name runs after objects
MEASURED = {"total_run_time", "estimated_run_time", "estimated_start_time_delta", "sum_estimated_run_time",
            "sum_estimated_lateness"}

A_WHILE = 3600  # a delay of more seconds leads up to a date: what is left of it depends on when one asks
ASKED_WITHIN = 5


def normalised(value, key: str = ""):
    """Ids, instants and measured durations replaced; everything else as it is."""
    if isinstance(value, dict):
        return {ADDRESS.sub("<address>", name): normalised(item, name) for name, item in sorted(value.items())}
    if isinstance(value, list):
        return [normalised(item, key) for item in value]
    if key == "storage_key":
        return "<key>"  # a path below the client's own home
    if key == "labels" and value is None:
        return {}  # what Prefect shows for clients that know no labels
    if isinstance(value, str):
        return ADDRESS.sub("<address>", TIME.sub("<time>", UUID.sub("<id>", value)))
    if key in MEASURED and isinstance(value, (int, float)):
        return "<seconds>"
    return value


def differences(expected, got, path: str = "") -> list[str]:
    """Where two normalised values differ, a line each."""
    numbers = {type(expected), type(got)} == {int, float}  # SQLite forgets which of them a number was
    if type(expected) is not type(got) and not numbers:
        return [f"{path}: expected {expected!r}, got {got!r}"]
    if isinstance(expected, dict):
        lines = [f"{path}.{key}: missing" for key in expected.keys() - got.keys()]
        lines += [f"{path}.{key}: not expected" for key in got.keys() - expected.keys()]
        for key in sorted(expected.keys() & got.keys()):
            lines += differences(expected[key], got[key], f"{path}.{key}")
        return lines
    if isinstance(expected, list):
        if len(expected) != len(got):
            return [f"{path}: {len(expected)} items expected, got {len(got)}"]
        return [line for i, pair in enumerate(zip(expected, got)) for line in differences(*pair, f"{path}[{i}]")]
    if path.endswith(".delay_seconds") and isinstance(expected, (int, float)):
        if expected > A_WHILE and abs(expected - got) <= ASKED_WITHIN:
            return []
    return [] if expected == got else [f"{path}: expected {expected!r}, got {got!r}"]
