"""A flow that leaves artifacts of every kind. Argument: a tag, which is in each key."""

import sys

from prefect import flow, tags, task
from prefect.artifacts import (
    create_image_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

tag = sys.argv[1]


@task(task_run_name="reporting")
def reporting() -> None:
    create_table_artifact(key=f"{tag}-table", table=[{"item": "tea", "count": 3}], description="what is left")


@flow(flow_run_name="artifacts")
def artifacts() -> None:
    create_markdown_artifact(key=f"{tag}-markdown", markdown="# first")
    create_markdown_artifact(key=f"{tag}-markdown", markdown="# second")
    create_link_artifact(key=f"{tag}-link", link="https://example.com", link_text="example")
    create_image_artifact(key=f"{tag}-image", image_url="https://example.com/cat.png")
    update_progress_artifact(create_progress_artifact(key=f"{tag}-progress", progress=10.0), progress=75.0)
    reporting()


with tags(tag):
    artifacts()
