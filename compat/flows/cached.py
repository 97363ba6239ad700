"""A task whose second run takes over the first one's result. Argument: a tag."""

import sys

from prefect import flow, tags, task
from prefect.cache_policies import INPUTS


@task(cache_policy=INPUTS, persist_result=True, task_run_name="square-{x}")
def square(x: int, salt: str) -> int:
    return x * x


@flow(flow_run_name="cached", persist_result=True)
def cached(salt: str) -> list[str]:
    states = [square(4, salt, return_state=True) for _ in range(2)]
    return [state.name for state in states]


with tags(sys.argv[1]):
    print("RESULT", cached(sys.argv[1]))
