/** What happens to block types, their schemas and the documents that fill them. */
@NullMarked
package io.annals.events.block;

import org.jspecify.annotations.NullMarked;
