package io.annals.query.request;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A pattern that a text must contain a match of; of several, the first that it does not counts. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Repeatable(Matches.All.class)
public @interface Matches {
  /** A regular expression in the syntax that Java and Python share. */
  String value();

  /** What to say otherwise; empty to name the pattern. */
  String otherwise() default "";

  /** Several patterns. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface All {
    /** In the order in which they are tried. */
    Matches[] value();
  }
}
