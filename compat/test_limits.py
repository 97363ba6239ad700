"""Limits of what goes on at once, as flows use them and as people set them."""

from __future__ import annotations

AT_ONCE = 50


def result(output: str) -> str:
    return next(line for line in output.splitlines() if line.startswith("RESULT")).removeprefix("RESULT ")


def slots(server, name: str) -> int:
    return server.get(f"/v2/concurrency_limits/{name}")["active_slots"]


def test_never_more_tasks_hold_slots_than_there_are(brisk, tag):
    brisk.cli("global-concurrency-limit", "create", tag, "--limit", "3")
    assert 2 <= int(result(brisk.run_flow("limiting.py", tag, "slots", "20"))) <= 3
    assert slots(brisk, tag) == 0


def test_never_more_tasks_of_a_tag_run_than_its_limit(brisk, tag):
    brisk.cli("concurrency-limit", "create", tag, "5")
    assert 2 <= int(result(brisk.run_flow("limiting.py", tag, "tagged", str(AT_ONCE)))) <= 5
    assert brisk.get(f"/concurrency_limits/tag/{tag}")["active_slots"] == []


def test_a_held_slot_is_not_given_twice(brisk, tag):
    brisk.cli("global-concurrency-limit", "create", tag, "--limit", "1")
    assert result(brisk.run_flow("limiting.py", tag, "late", "0")) == "turned away"
    assert slots(brisk, tag) == 0


def test_a_limit_that_is_not_there_stops_only_the_strict(brisk, tag):
    assert result(brisk.run_flow("limiting.py", tag, "strict", "0")) == "ConcurrencySlotAcquisitionError"
    assert result(brisk.run_flow("limiting.py", tag, "slots", "1")) == "1"


def test_a_rate_limit_spreads_tasks_over_time(brisk, tag):
    brisk.cli("global-concurrency-limit", "create", tag, "--limit", "2", "--slot-decay-per-second", "2")
    _, seconds = result(brisk.run_flow("limiting.py", tag, "rate", "8")).split()
    assert float(seconds) >= 2.5, "eight at two a second, and two at once to begin with"


def test_the_cli_manages_global_limits(brisk, tag):
    brisk.cli("global-concurrency-limit", "create", tag, "--limit", "4")
    assert tag in brisk.cli("global-concurrency-limit", "ls")
    brisk.cli("global-concurrency-limit", "update", tag, "--limit", "7", "--slot-decay-per-second", "0.5")
    inspected = brisk.cli("global-concurrency-limit", "inspect", tag)
    assert "7" in inspected and "0.5" in inspected
    brisk.cli("global-concurrency-limit", "disable", tag)
    assert brisk.get(f"/v2/concurrency_limits/{tag}")["active"] is False
    brisk.cli("global-concurrency-limit", "enable", tag)
    assert brisk.get(f"/v2/concurrency_limits/{tag}")["active"] is True
    brisk.cli("global-concurrency-limit", "delete", tag)
    assert "not found" in brisk.cli("global-concurrency-limit", "inspect", tag, ok=False)


def test_the_cli_manages_tag_limits(brisk, tag):
    brisk.cli("concurrency-limit", "create", tag, "2")
    assert tag in brisk.cli("concurrency-limit", "ls", "--limit", "200")
    assert tag in brisk.cli("concurrency-limit", "inspect", tag)
    assert brisk.get(f"/v2/concurrency_limits/tag:{tag}")["limit"] == 2
    brisk.cli("concurrency-limit", "reset", tag)
    brisk.cli("concurrency-limit", "delete", tag)
    assert "No concurrency limit" in brisk.cli("concurrency-limit", "inspect", tag, ok=False)
