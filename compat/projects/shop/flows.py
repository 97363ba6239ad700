"""What the shop runs."""

from __future__ import annotations

import os
import time
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.runtime import flow_run


@task
def fetch(item: str) -> str:
    return item.upper()


@flow
def sell() -> None:
    """Sells."""
    get_run_logger().info("sold")


@flow(log_prints=True)
def restock(item: str = "coffee", count: int = 1) -> None:
    """Buys what is missing."""
    print("restocked", count, fetch(item))


@flow
def deliver(seconds: float = 0) -> None:
    """Is on the road for a while. Leaves its process id, so that a test can look for the process."""
    (Path(os.environ["SHOP_DIRECTORY"]) / f"{flow_run.id}.pid").write_text(str(os.getpid()))
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        time.sleep(0.05)
