/** The blocks and views that the server brings along, collected from Prefect's package. */
@NullMarked
package io.annals.app.blocks;

import org.jspecify.annotations.NullMarked;
