package io.annals.query.request;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The most characters a text, or items a list, may have. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface MaxLength {
  /** Inclusive. */
  int value();

  /** Whether the length is looked at after a check of another kind, which changes the words. */
  boolean afterCheck() default false;
}
