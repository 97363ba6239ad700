"""A flow that runs a deployment and waits for it. Arguments: a tag, the deployment."""

import sys

from prefect import flow, tags
from prefect.deployments import run_deployment


@flow(flow_run_name="ordering")
def ordering(deployment: str) -> str:
    run = run_deployment(deployment, parameters={"item": "milk", "count": 7}, poll_interval=0.5, timeout=90)
    return run.state.name


with tags(sys.argv[1]):
    print("RESULT", ordering(sys.argv[2]))
