"""A flow that is interrupted. Argument: a tag."""

import sys

from prefect import flow, tags


@flow(flow_run_name="crashing")
def crashing() -> None:
    raise KeyboardInterrupt


with tags(sys.argv[1]):
    try:
        crashing()
    except BaseException as crash:  # the client turns it into an exception of its own
        print("CRASHED", type(crash).__name__)
