/** How an entity with a stream of its own is loaded, changed and shown to the world. */
@NullMarked
package io.annals.command.entity;

import org.jspecify.annotations.NullMarked;
