"""A flow that fails after one retry. Argument: a tag."""

import sys

from prefect import flow, tags


@flow(flow_run_name="failing", retries=1)
def failing() -> None:
    raise ValueError("failed on purpose")


with tags(sys.argv[1]):
    try:
        failing()
    except ValueError:
        print("FAILED AS EXPECTED")
