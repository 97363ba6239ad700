"""A background task: served, asked for, or asked for and awaited. Arguments: `serve`, or `ask` or `delay` with a number of
runs and a file to which every run adds a line, its number and its process. No tags: the client's task worker may lock itself up
over tagged tasks."""

import os
import sys
import time

from prefect import task
from prefect.task_worker import serve


@task(persist_result=True, task_run_name="square-{x}")
def square(x: int, file: str) -> int:
    with open(file, "a") as lines:
        lines.write(f"{x} {os.getpid()}\n")
    time.sleep(0.2)
    return x * x


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(square)
    else:
        futures = [square.delay(x, sys.argv[3]) for x in range(int(sys.argv[2]))]
        print("DELAYED", *[future.task_run_id for future in futures], flush=True)
        if sys.argv[1] == "delay":
            print("RESULT", sum(future.result(timeout=120) for future in futures))
