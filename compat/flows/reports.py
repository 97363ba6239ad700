"""Artifacts made by a flow and by its task. Argument: a tag."""

import sys

from prefect import flow, tags, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

tag = sys.argv[1]


@task(task_run_name="reporting")
def reporting() -> None:
    create_table_artifact([{"region": "eu", "sales": 3}], key=f"{tag}-table", description="Sales")
    progress = create_progress_artifact(0.0)
    update_progress_artifact(progress, progress=100.0)


@flow(flow_run_name="reports")
def reports() -> None:
    create_markdown_artifact("# First", key=f"{tag}-text")
    create_markdown_artifact("# Second", key=f"{tag}-text")
    create_link_artifact("https://example.org", key=f"{tag}-link", link_text="See")
    reporting()


with tags(tag):
    reports()
    print("RESULT done")
