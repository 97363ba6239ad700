package io.annals.app.blocks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A file that was collected from Prefect's package ({@code compat/collect_blocks.py}). */
public enum BundledFile {
  /** What Prefect's server registers at its start, one block a line. */
  SYSTEM_BLOCKS("system-blocks.jsonl"),
  /** Base job templates by collection and type of work pool. */
  WORKER_METADATA("aggregate-worker-metadata.json");

  private final String name;

  BundledFile(String name) {
    this.name = name;
  }

  /** The file's content, UTF-8. */
  public byte[] read() {
    try (InputStream file = BundledFile.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
