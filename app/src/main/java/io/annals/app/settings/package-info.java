/** What the server is told from outside: Prefect's settings, and a few of our own. */
@NullMarked
package io.annals.app.settings;

import org.jspecify.annotations.NullMarked;
