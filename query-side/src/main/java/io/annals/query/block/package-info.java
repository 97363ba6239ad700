/** Block types, schemas and documents: tables, filters, answers. */
@NullMarked
package io.annals.query.block;

import org.jspecify.annotations.NullMarked;
