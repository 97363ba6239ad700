package io.annals.command.template;

import java.util.List;

/** Python's range, all of whose numbers are known. */
record Range(String shown, List<Object> items) {}
