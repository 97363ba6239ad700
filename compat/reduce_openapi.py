"""Writes the part of Prefect's OpenAPI document that the comparison needs.

    python compat/reduce_openapi.py openapi-3.8.8.json > app/src/test/resources/prefect-3.8.8-openapi.json

The document is what `GET /openapi.json` of a Prefect server answers.
"""

from __future__ import annotations

import json
import sys

KEPT = {"$ref", "type", "format", "items", "anyOf", "allOf", "properties", "required", "additionalProperties"}
SUCCESS = ("200", "201", "202", "204")


def reduced(schema):
    """A schema without titles, descriptions, defaults and bounds."""
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key in KEPT}
    for key in ("items", "additionalProperties"):
        if key in kept:
            kept[key] = reduced(kept[key])
    for key in ("anyOf", "allOf"):
        if key in kept:
            kept[key] = [reduced(each) for each in kept[key]]
    if "properties" in kept:
        kept["properties"] = {name: reduced(each) for name, each in kept["properties"].items()}
    return kept


def json_schema(holder):
    return reduced(holder.get("content", {}).get("application/json", {}).get("schema"))


def operation(described):
    status = next((code for code in SUCCESS if code in described["responses"]), None)
    parameters = [
        {key: reduced(value) if key == "schema" else value for key, value in each.items()
         if key in ("name", "in", "required", "schema")}
        for each in described.get("parameters", [])
    ]
    return {
        "tags": described.get("tags", []),
        "parameters": parameters,
        "body": json_schema(described.get("requestBody", {})),
        "status": status,
        "answer": json_schema(described["responses"].get(status, {})),
    }


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    paths = {
        path: {verb: operation(described) for verb, described in verbs.items()}
        for path, verbs in document["paths"].items()
    }
    schemas = {name: reduced(schema) for name, schema in document["components"]["schemas"].items()}
    print('{"paths": {')
    print(",\n".join(lines(paths)))
    print('}, "schemas": {')
    print(",\n".join(lines(schemas)))
    print("}}")


def lines(entries: dict) -> list[str]:
    """One line for each entry, so that a change of the contract reads well."""
    return [f"{json.dumps(name)}: {json.dumps(entries[name], sort_keys=True)}" for name in sorted(entries)]


if __name__ == "__main__":
    main()
