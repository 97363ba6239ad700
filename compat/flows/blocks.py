"""A block type of a team's own, and a flow that loads what was saved. Argument: a tag."""

import sys
from typing import Any

from prefect import flow, tags
from prefect.blocks.core import Block
from prefect.blocks.system import Secret
from prefect.variables import Variable
from pydantic import SecretStr


class Warehouse(Block):
    """Where goods are kept."""

    host: str
    password: SecretStr
    options: dict[str, Any] = {}


@flow(flow_run_name="loading")
def loading(name: str) -> str:
    password = Secret.load(name).get()
    warehouse = Warehouse.load(name)
    address = Variable.get(f"{name}-address")
    return f"{password} {warehouse.host} {warehouse.password.get_secret_value()} {warehouse.options['ports']} {address}"


if __name__ == "__main__":
    tag = sys.argv[1]
    Secret(value="open sesame").save(tag, overwrite=True)
    Warehouse(host="cellar", password="s3cret", options={"ports": [1, 2]}).save(tag)
    Warehouse(host="attic", password="s3cret", options={"ports": [1, 2, 3]}).save(tag, overwrite=True)
    Variable.set(f"{tag}-address", {"number": 1})
    with tags(tag):
        print("RESULT", loading(tag))
