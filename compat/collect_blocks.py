"""Collects what Prefect's package brings along: its block types and schemas, and the templates of its work pools.

    target/compat-venv/bin/python compat/collect_blocks.py

writes three files, whose contents are facts of the package (Apache-2.0), one block a line:

* `app/src/main/resources/io/annals/app/blocks/system-blocks.jsonl`: what Prefect's server registers at its start, in its order;
* `app/src/main/resources/io/annals/app/blocks/aggregate-worker-metadata.json`: base job templates by collection and work pool type;
* `command-side/src/test/resources/block/checksums.jsonl`: every schema with the checksum that Prefect's client computes.

Run it again after the package changed; a server that starts with other blocks than it has stored registers them.
"""

from __future__ import annotations

import json
from pathlib import Path

import prefect.server.api.server  # noqa: F401 - registers every block class, as the server's start does
from prefect.blocks.core import Block
from prefect.blocks.system import Secret
from prefect.blocks.webhook import Webhook
from prefect.filesystems import LocalFileSystem
from prefect.server.models.block_registration import COLLECTIONS_BLOCKS_DATA_PATH
from prefect.utilities.dispatch import get_registry_for_type

ROOT = Path(__file__).resolve().parent.parent
BLOCKS = ROOT / "app/src/main/resources/io/annals/app/blocks"
CHECKSUMS = ROOT / "command-side/src/test/resources/block/checksums.jsonl"
PROTECTED = [Webhook, Secret, LocalFileSystem]
NOWHERE = "00000000-0000-0000-0000-000000000000"
TYPE_FIELDS = ("name", "slug", "logo_url", "documentation_url", "description", "code_example")


def entry(block_type: dict, schema: dict, is_protected: bool) -> dict:
    return {
        **{field: block_type.get(field) for field in TYPE_FIELDS},
        "is_protected": is_protected,
        "fields": schema["fields"],
        "capabilities": sorted(schema["capabilities"]),  # a set in Python, whose order differs from run to run
        "version": schema["version"],
        "checksum": schema["checksum"],
    }


def of_class(block: type[Block]) -> dict:
    block_type = block._to_block_type().model_dump(mode="json")
    schema = block._to_block_schema(block_type_id=NOWHERE).model_dump(mode="json")
    return entry(block_type, schema, block in PROTECTED)


def collected() -> list[dict]:
    classes = PROTECTED + [block for block in get_registry_for_type(Block).values() if block not in PROTECTED]
    collections = json.loads(COLLECTIONS_BLOCKS_DATA_PATH.read_text(encoding="utf-8"))["collections"]
    return [of_class(block) for block in classes] + [
        entry(block_type, block_type["block_schema"], False)
        for collection in collections.values()
        for block_type in collection["block_types"].values()
    ]


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main() -> None:
    blocks = collected()
    write(BLOCKS / "system-blocks.jsonl", [
        json.dumps({key: value for key, value in block.items() if key != "checksum"}) for block in blocks])
    write(CHECKSUMS, [
        json.dumps({"slug": block["slug"], "checksum": block["checksum"], "fields": block["fields"]}) for block in blocks])
    views = Path(prefect.server.api.server.__file__).parent / "collections_data/views"
    view = json.loads((views / "aggregate-worker-metadata.json").read_text(encoding="utf-8"))
    write(BLOCKS / "aggregate-worker-metadata.json", [json.dumps(view, indent=1)])


if __name__ == "__main__":
    main()
