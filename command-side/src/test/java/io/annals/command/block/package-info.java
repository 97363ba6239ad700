@NullMarked
package io.annals.command.block;

import org.jspecify.annotations.NullMarked;
