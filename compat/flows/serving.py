"""Serves a flow that is scheduled to run once, two seconds from now, until it is stopped. Argument: a tag."""

import sys
from datetime import UTC, datetime, timedelta

from prefect import flow
from prefect.schedules import Interval


@flow(log_prints=True)
def served(name: str) -> None:
    print("hello", name)


if __name__ == "__main__":
    soon = datetime.now(UTC) + timedelta(seconds=2)
    served.serve(
        name=sys.argv[1],
        tags=[sys.argv[1]],
        schedule=Interval(timedelta(days=30), anchor_date=soon),
        parameters={"name": "world"},
    )
