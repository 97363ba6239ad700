"""Asks Prefect what becomes of each template in a file, and writes it beside the template, for AsPrefectRendersTest.

    target/compat-venv/bin/python compat/record_templates.py

A line is {"template", and "rendered" or "failed"}; "failed" is what a client is told. To add a template, add a line with
nothing but that.
"""

import json
import logging
import pathlib

from prefect.utilities.schema_tools.hydration import HydrationContext, HydrationError, hydrate

TARGET = pathlib.Path(__file__).parent.parent / "command-side/src/test/resources/template/renderings.jsonl"
logging.disable(logging.CRITICAL)


def recorded(template):
    value = {"__prefect_kind": "jinja", "template": template}
    answer = hydrate({"value": value}, HydrationContext(render_jinja=True))["value"]
    outcome = "failed" if isinstance(answer, HydrationError) else "rendered"
    return {"template": template, outcome: str(answer)}


templates = [json.loads(line)["template"] for line in TARGET.read_text().splitlines()]
TARGET.write_text("".join(json.dumps(recorded(template)) + "\n" for template in templates))
