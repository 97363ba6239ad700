package io.annals.command.template;

/** Text that is HTML already. */
record Markup(String text) {
  /** A text with its HTML characters written so that they stand for themselves. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }
}
