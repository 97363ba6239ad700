package io.annals.events.log;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name and revision under which an event is stored. The name is ours, never the class name; it
 * does not change once written. A changed shape gets a higher revision and an {@link Upcaster}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StoredAs {
  /** The stored name, {@code <feature>.<past tense>}. */
  String value();

  /** The newest revision, from 1. */
  int revision() default 1;
}
