"""Several flows at once in one process. Arguments: a tag, how many flows; each has five tasks and a tag of its own."""

import sys
from concurrent.futures import ThreadPoolExecutor

from prefect import flow, tags, task

tag = sys.argv[1]


@task
def plus_one(x: int) -> int:
    return x + 1


@flow(flow_run_name="together")
def together() -> int:
    return sum(future.result() for future in [plus_one.submit(i) for i in range(5)])


def one(number: int) -> int:
    with tags(f"{tag}-{number}"):
        return together()


flows = int(sys.argv[2])
with ThreadPoolExecutor(flows) as threads:
    print("RESULT", sum(threads.map(one, range(flows))))
