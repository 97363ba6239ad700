package io.annals.app.http;

import io.annals.command.block.BlockSchemaCommand;
import io.annals.command.block.BlockSchemaCommand.DeleteBlockSchema;
import io.annals.command.block.BlockSchemaCommand.RegisterBlockSchema;
import io.annals.command.block.BlockSchemaHandler;
import io.annals.command.decision.Created;
import io.annals.query.block.BlockSchemaFilter;
import io.annals.query.block.BlockSchemaQueries;
import io.annals.query.block.BlockSchemaView;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Every route of Prefect's groups Block schemas and Block capabilities. */
@RestController
class BlockSchemaRoutes {
  private final Commands commands;
  private final BlockSchemaQueries schemas;
  private final PageLimits limits;

  BlockSchemaRoutes(Commands commands, BlockSchemaQueries schemas, PageLimits limits) {
    this.commands = commands;
    this.schemas = schemas;
    this.limits = limits;
  }

  record NewBlockSchema(
      @Default("{}") ObjectNode fields,
      UUID blockTypeId,
      @Default("[]") List<String> capabilities,
      @Default("\"" + BlockSchemaCommand.NO_VERSION + "\"") String version) {}

  /** A new schema is shown with the fields as they were sent, a known one as it is read. */
  @PostMapping("/block_schemas/")
  ResponseEntity<BlockSchemaView> register(@Body NewBlockSchema body) {
    Created created =
        commands.ask(
            new RegisterBlockSchema(
                body.fields(), body.blockTypeId(), body.capabilities(), body.version()),
            Created.class);
    BlockSchemaView schema = read(created.id());
    if (!created.isNew()) {
      return ResponseEntity.ok(schema);
    }
    ObjectNode sent = body.fields().deepCopy();
    sent.withObject("block_schema_references");
    return ResponseEntity.status(HttpStatus.CREATED).body(schema.with(sent));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record BlockSchemaList(
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable BlockSchemaFilter blockSchemas) {}

  @PostMapping("/block_schemas/filter")
  List<BlockSchemaView> filter(@Body BlockSchemaList body) {
    return schemas.page(body.blockSchemas(), limits.checked(body.limit()), body.offset());
  }

  @GetMapping("/block_schemas/{id}")
  BlockSchemaView read(@PathVariable UUID id) {
    return schemas.byId(id).orElseThrow(BlockSchemaHandler.MISSING::asException);
  }

  @DeleteMapping("/block_schemas/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteBlockSchema(id));
  }

  @GetMapping("/block_schemas/checksum/{checksum}")
  BlockSchemaView readByChecksum(
      @PathVariable String checksum, @RequestParam(required = false) @Nullable String version) {
    return schemas
        .byChecksum(checksum, version)
        .orElseThrow(BlockSchemaHandler.MISSING::asException);
  }

  @GetMapping("/block_capabilities/")
  List<String> capabilities() {
    return schemas.capabilities();
  }
}
