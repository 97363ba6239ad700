"""A flow that waits for an input. Argument: a tag."""

import sys

from prefect import flow, pause_flow_run, tags
from prefect.input import RunInput


class Approval(RunInput):
    approved: bool
    comment: str = ""


@flow(flow_run_name="pausing")
def pausing() -> str:
    answer = pause_flow_run(wait_for_input=Approval, timeout=120, poll_interval=1)
    return f"{answer.approved} {answer.comment}"


with tags(sys.argv[1]):
    print("RESULT", pausing())
