package io.annals.query.request;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A check that no bound or pattern can express. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface CheckedBy {
  /** Has a constructor without parameters, which knows only defaults. */
  Class<? extends ValueCheck<?>> value();
}
