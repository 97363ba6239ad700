"""Submitted and mapped tasks, retries, a subflow, a failing task that is caught. Argument: a tag."""

import sys

from prefect import flow, tags, task
from prefect.futures import wait
from prefect.runtime import task_run

tag = sys.argv[1]


@task(task_run_name="add-{x}-{y}")
def add(x: int, y: int) -> int:
    return x + y


@task(retries=2, task_run_name="flaky")
def flaky() -> str:
    if task_run.run_count < 3:
        raise ValueError("not yet")
    return "done"


@task(task_run_name="broken")
def broken() -> None:
    raise RuntimeError("broken on purpose")


@flow(flow_run_name="child", log_prints=True)
def child(n: int) -> int:
    print("child works on", n)
    return add(n, 1)


@flow(flow_run_name="parent", log_prints=True)
def parent(n: int = 3) -> int:
    mapped = add.map(range(n), 10)
    wait(mapped)  # early clients note an input that runs as a parent
    chained = add.submit(mapped[0], mapped[1])
    print("flaky says", flaky())
    caught = broken(return_state=True)
    assert caught.is_failed()
    return child(n) + chained.result() + sum(future.result() for future in mapped)


with tags(tag):
    print("RESULT", parent())
