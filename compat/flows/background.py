"""Tasks that a task worker runs in the background. Arguments: `serve`, or `delay`, a tag and how many."""

import sys

from prefect import task, tags
from prefect.task_worker import serve


@task(log_prints=True)
def double(number: int) -> int:
    print("doubling", number)
    return 2 * number


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(double, limit=4)
    else:
        with tags(sys.argv[2]):
            futures = [double.delay(number) for number in range(int(sys.argv[3]))]
        for future in futures:
            future.wait(timeout=60)
        print("RESULT", sum(future.result(timeout=60) for future in futures))
