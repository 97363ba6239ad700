package io.annals.app.http;

import io.annals.command.block.BlockDocumentCommand.CreateBlockDocument;
import io.annals.command.block.BlockDocumentCommand.DeleteBlockDocument;
import io.annals.command.block.BlockDocumentCommand.UpdateBlockDocument;
import io.annals.command.block.BlockDocumentHandler;
import io.annals.command.decision.Change;
import io.annals.query.block.BlockDocumentFilter;
import io.annals.query.block.BlockDocumentQueries;
import io.annals.query.block.BlockDocumentSelection;
import io.annals.query.block.BlockDocumentSort;
import io.annals.query.block.BlockDocumentView;
import io.annals.query.block.BlockSchemaFilter;
import io.annals.query.block.BlockTypeFilter;
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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every route of Prefect's group Block documents. */
@RestController
class BlockDocumentRoutes {
  private final Commands commands;
  private final BlockDocumentQueries documents;
  private final PageLimits limits;

  BlockDocumentRoutes(Commands commands, BlockDocumentQueries documents, PageLimits limits) {
    this.commands = commands;
    this.documents = documents;
    this.limits = limits;
  }

  record NewDocument(
      @Matches(BlockTypeRoutes.NAME)
          @Matches(
              value = BlockTypeRoutes.SLUG,
              otherwise =
                  "Block document name must only contain lowercase letters, numbers, and dashes.")
          @Nullable String name,
      @Default("{}") ObjectNode data,
      UUID blockSchemaId,
      UUID blockTypeId,
      @Default("false") boolean isAnonymous) {
    NewDocument {
      if (name == null && !isAnonymous) {
        throw new IllegalArgumentException("Names must be provided for block documents.");
      }
    }
  }

  @PostMapping("/block_documents/")
  @ResponseStatus(HttpStatus.CREATED)
  BlockDocumentView create(@Body NewDocument body) {
    UUID id =
        commands.ask(
            new CreateBlockDocument(
                body.name(),
                body.data(),
                body.blockTypeId(),
                body.blockSchemaId(),
                body.isAnonymous()),
            UUID.class);
    return read(id, false);
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record DocumentList(
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Default("{}") BlockDocumentFilter blockDocuments,
      @Nullable BlockTypeFilter blockTypes,
      @Nullable BlockSchemaFilter blockSchemas,
      @Default("false") boolean includeSecrets,
      @Default("\"NAME_ASC\"") BlockDocumentSort sort) {}

  @PostMapping("/block_documents/filter")
  List<BlockDocumentView> filter(@Body DocumentList body) {
    return documents.page(
        new BlockDocumentSelection(body.blockDocuments(), body.blockTypes(), body.blockSchemas()),
        body.includeSecrets(),
        body.sort(),
        limits.checked(body.limit()),
        body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record DocumentCount(
      @Default("{}") BlockDocumentFilter blockDocuments,
      @Nullable BlockTypeFilter blockTypes,
      @Nullable BlockSchemaFilter blockSchemas) {}

  @PostMapping("/block_documents/count")
  long count(@Body DocumentCount body) {
    return documents.count(
        new BlockDocumentSelection(body.blockDocuments(), body.blockTypes(), body.blockSchemas()));
  }

  @GetMapping("/block_documents/{id}")
  BlockDocumentView read(
      @PathVariable UUID id,
      @RequestParam(name = "include_secrets", defaultValue = "false") boolean includeSecrets) {
    return documents
        .byId(id, includeSecrets)
        .orElseThrow(BlockDocumentHandler.MISSING::asException);
  }

  record DocumentChange(
      @Nullable UUID blockSchemaId,
      Patch<ObjectNode> data,
      @Default("true") boolean mergeExistingData) {
    /** Replacing without data empties a document. */
    Change<ObjectNode> change() {
      return mergeExistingData || data instanceof Patch.Given<ObjectNode>
          ? Changes.of(data)
          : Change.to(JsonNodeFactory.instance.objectNode());
    }
  }

  @PatchMapping("/block_documents/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body DocumentChange body) {
    commands.tell(
        new UpdateBlockDocument(id, body.change(), body.blockSchemaId(), body.mergeExistingData()));
  }

  @DeleteMapping("/block_documents/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteBlockDocument(id));
  }
}
