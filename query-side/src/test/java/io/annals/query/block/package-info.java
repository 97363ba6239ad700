@NullMarked
package io.annals.query.block;

import org.jspecify.annotations.NullMarked;
