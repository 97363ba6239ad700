"""A flow that runs until it is cancelled from outside. Argument: a tag."""

import sys
import time

from prefect import flow, tags


@flow(flow_run_name="sleeping")
def sleeping() -> None:
    for _ in range(600):
        time.sleep(0.1)


with tags(sys.argv[1]):
    sleeping()
