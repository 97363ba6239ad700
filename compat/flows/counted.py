"""A background task: served, or asked for. Arguments: a tag, `serve`, or `delay` with a number of runs and a file that
every run adds a line to."""

import sys

from prefect import task
from prefect.task_worker import serve


@task(persist_result=True, task_run_name="square-{x}", tags=[sys.argv[1]])
def square(x: int, file: str) -> int:
    with open(file, "a") as lines:
        lines.write(f"{x}\n")
    return x * x


if __name__ == "__main__":
    if sys.argv[2] == "serve":
        serve(square)
    else:
        futures = [square.delay(x, sys.argv[4]) for x in range(int(sys.argv[3]))]
        print("DELAYED", len(futures), flush=True)
        print("RESULT", sum(future.result(timeout=120) for future in futures))
