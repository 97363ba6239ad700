/** Jinja templates as users write them: read, checked and rendered within named limits. */
@NullMarked
package io.annals.command.template;

import org.jspecify.annotations.NullMarked;
