package io.annals.command.block;

import org.jspecify.annotations.Nullable;

/** Descriptions and examples as they are stored: Prefect makes them harmless inside HTML. */
final class HtmlText {
  private HtmlText() {}

  static @Nullable String escaped(@Nullable String text) {
    return text == null
        ? null
        : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static @Nullable String unescaped(@Nullable String text) {
    return text == null
        ? null
        : text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
  }
}
