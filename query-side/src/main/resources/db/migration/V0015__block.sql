CREATE TABLE block_type (
    id                uuid        PRIMARY KEY,
    created           timestamptz NOT NULL,
    updated           timestamptz NOT NULL,
    name              text        NOT NULL,
    slug              text        NOT NULL,
    logo_url          text,
    documentation_url text,
    description       text,
    code_example      text,
    is_protected      boolean     NOT NULL
);
-- Clients find types by slug; across nodes the index decides who registered it first.
CREATE UNIQUE INDEX block_type_slug ON block_type (slug);

CREATE TABLE block_schema (
    id            uuid        PRIMARY KEY,
    created       timestamptz NOT NULL,
    updated       timestamptz NOT NULL,
    position      bigint      NOT NULL, -- in the log: schemas registered together have one moment, but an order
    block_type_id uuid        NOT NULL,
    checksum      text        NOT NULL,
    version       text        NOT NULL,
    capabilities  text[]      NOT NULL,
    fields        json        NOT NULL  -- without the schemas of other blocks
);
CREATE UNIQUE INDEX block_schema_checksum ON block_schema (checksum, version);
CREATE INDEX block_schema_type ON block_schema (block_type_id);

-- Fields whose value is another block.
CREATE TABLE block_schema_reference (
    parent_id    uuid NOT NULL,
    ordinal      int  NOT NULL,
    name         text NOT NULL,
    reference_id uuid NOT NULL,
    PRIMARY KEY (parent_id, ordinal)
);
CREATE INDEX block_schema_reference_to ON block_schema_reference (reference_id);

CREATE TABLE block_document (
    id              uuid        PRIMARY KEY,
    created         timestamptz NOT NULL,
    updated         timestamptz NOT NULL,
    block_type_id   uuid        NOT NULL,
    block_schema_id uuid        NOT NULL,
    name            text        NOT NULL,
    is_anonymous    boolean     NOT NULL,
    data            text        NOT NULL -- a Fernet token
);
CREATE UNIQUE INDEX block_document_name ON block_document (block_type_id, name);
CREATE INDEX block_document_schema ON block_document (block_schema_id);

-- Values of a document that are other documents.
CREATE TABLE block_document_reference (
    parent_id    uuid NOT NULL,
    name         text NOT NULL,
    reference_id uuid NOT NULL,
    PRIMARY KEY (parent_id, name)
);
CREATE INDEX block_document_reference_to ON block_document_reference (reference_id);
