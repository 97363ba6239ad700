package io.annals.app.http;

import io.annals.app.blocks.SystemBlocks;
import io.annals.command.block.BlockDocumentHandler;
import io.annals.command.block.BlockTypeCommand.CreateBlockType;
import io.annals.command.block.BlockTypeCommand.DeleteBlockType;
import io.annals.command.block.BlockTypeCommand.UpdateBlockType;
import io.annals.command.block.BlockTypeHandler;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import io.annals.query.block.BlockDocumentQueries;
import io.annals.query.block.BlockDocumentView;
import io.annals.query.block.BlockSchemaFilter;
import io.annals.query.block.BlockTypeFilter;
import io.annals.query.block.BlockTypeQueries;
import io.annals.query.block.BlockTypeView;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Every route of Prefect's group Block types. */
@RestController
class BlockTypeRoutes {
  static final String NAME = "^[^/%&><]+$";
  static final String SLUG = "^[a-z0-9-]*$";

  private final Commands commands;
  private final BlockTypeQueries types;
  private final BlockDocumentQueries documents;
  private final SystemBlocks systemBlocks;
  private final PageLimits limits;

  BlockTypeRoutes(
      Commands commands,
      BlockTypeQueries types,
      BlockDocumentQueries documents,
      SystemBlocks systemBlocks,
      PageLimits limits) {
    this.commands = commands;
    this.types = types;
    this.documents = documents;
    this.systemBlocks = systemBlocks;
    this.limits = limits;
  }

  record NewBlockType(
      @Matches(NAME) String name,
      @Matches(
              value = SLUG,
              otherwise =
                  "Block type slug must only contain lowercase letters, numbers, and dashes.")
          String slug,
      @Nullable String logoUrl,
      @Nullable String documentationUrl,
      @Nullable String description,
      @Nullable String codeExample) {}

  @PostMapping("/block_types/")
  @ResponseStatus(HttpStatus.CREATED)
  BlockTypeView create(@Body NewBlockType body) {
    BlockTypeLooks looks =
        new BlockTypeLooks(
            body.logoUrl(), body.documentationUrl(), body.description(), body.codeExample());
    return read(commands.ask(new CreateBlockType(body.name(), body.slug(), looks), UUID.class));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record BlockTypeList(
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable BlockTypeFilter blockTypes,
      @Nullable BlockSchemaFilter blockSchemas) {}

  @PostMapping("/block_types/filter")
  List<BlockTypeView> filter(@Body BlockTypeList body) {
    return types.page(
        body.blockTypes(), body.blockSchemas(), limits.checked(body.limit()), body.offset());
  }

  @GetMapping("/block_types/{id}")
  BlockTypeView read(@PathVariable UUID id) {
    return types.byId(id).orElseThrow(BlockTypeHandler.MISSING::asException);
  }

  @GetMapping("/block_types/slug/{slug}")
  BlockTypeView readBySlug(@PathVariable String slug) {
    return types.bySlug(slug).orElseThrow(BlockTypeHandler.MISSING::asException);
  }

  record BlockTypeChange(
      Patch<@Nullable String> logoUrl,
      Patch<@Nullable String> documentationUrl,
      Patch<@Nullable String> description,
      Patch<@Nullable String> codeExample) {}

  @PatchMapping("/block_types/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body BlockTypeChange body) {
    commands.tell(
        new UpdateBlockType(
            id,
            Changes.of(body.logoUrl()),
            Changes.of(body.documentationUrl()),
            Changes.of(body.description()),
            Changes.of(body.codeExample())));
  }

  @DeleteMapping("/block_types/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteBlockType(id));
  }

  /** All of them: Prefect has no pages here. */
  @GetMapping("/block_types/slug/{slug}/block_documents")
  List<BlockDocumentView> documents(
      @PathVariable String slug,
      @RequestParam(name = "include_secrets", defaultValue = "false") boolean includeSecrets) {
    return documents.ofType(readBySlug(slug).id(), includeSecrets);
  }

  @GetMapping("/block_types/slug/{slug}/block_documents/name/{blockDocumentName}")
  BlockDocumentView document(
      @PathVariable String slug,
      @PathVariable String blockDocumentName,
      @RequestParam(name = "include_secrets", defaultValue = "false") boolean includeSecrets) {
    return documents
        .byName(slug, blockDocumentName, includeSecrets)
        .orElseThrow(BlockDocumentHandler.MISSING::asException);
  }

  @PostMapping("/block_types/install_system_block_types")
  JsonNode installSystemBlockTypes() {
    systemBlocks.registerProtected();
    return NullNode.getInstance();
  }
}
