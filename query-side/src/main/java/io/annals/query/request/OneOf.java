package io.annals.query.request;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface that is read as the first of the given records that fits. When none does, the
 * problems of all are told, each under the record's {@link Branch}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OneOf {
  /** The records, in the order in which they are tried. */
  Class<? extends Record>[] value();
}
