"""One flow of many tasks. Arguments: a tag, a number."""

import sys

from prefect import flow, tags, task


@task
def plus_one(x: int) -> int:
    return x + 1


@flow(flow_run_name="many")
def many(n: int) -> int:
    return sum(future.result() for future in [plus_one.submit(i) for i in range(n)])


with tags(sys.argv[1]):
    print("RESULT", many(int(sys.argv[2])))
