"""Many tasks at once that share a limit; says how many were inside it at the most. Arguments: a tag, how, how many.

The ways: `slots` (a global limit named as the tag), `tagged` (a limit of the tag), `rate` (a global limit whose
slots decay), `late` (a slot that another holds), `strict` (a limit that is not there).
"""

import sys
import threading
import time

from prefect import flow, tags, task
from prefect.concurrency.sync import concurrency, rate_limit
from prefect.task_runners import ThreadPoolTaskRunner

tag = sys.argv[1]


class Gauge:
    """How many are inside, and how many were at the most."""

    def __init__(self):
        self.lock, self.inside, self.most = threading.Lock(), 0, 0

    def __enter__(self):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *_):
        with self.lock:
            self.inside -= 1


gauge = Gauge()


@task
def with_a_slot() -> None:
    with concurrency(tag, occupy=1), gauge:
        time.sleep(0.05)


@task(tags=[tag])
def tagged() -> None:
    with gauge:
        time.sleep(0.05)


@task
def in_turn() -> None:
    rate_limit(tag)


@flow(flow_run_name="limiting", task_runner=ThreadPoolTaskRunner(max_workers=50))
def limiting(how: str, count: int) -> str:
    if how == "late":
        with concurrency(tag, occupy=1):
            try:
                with concurrency(tag, occupy=1, timeout_seconds=1.5):
                    return "two inside"
            except TimeoutError:
                return "turned away"
    if how == "strict":
        try:
            with concurrency(tag, strict=True):
                return "let in"
        except Exception as refusal:
            return type(refusal).__name__
    begun = time.monotonic()
    work = {"slots": with_a_slot, "tagged": tagged, "rate": in_turn}[how]
    for future in [work.submit() for _ in range(count)]:
        future.result()
    return f"{gauge.most} {time.monotonic() - begun:.1f}" if how == "rate" else f"{gauge.most}"


with tags(tag) if sys.argv[2] != "tagged" else tags():
    print("RESULT", limiting(sys.argv[2], int(sys.argv[3])))
