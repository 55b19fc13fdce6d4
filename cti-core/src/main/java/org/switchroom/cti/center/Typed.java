package org.switchroom.cti.center;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A text that somebody types: cleaned where it comes in, and kept whole or refused. Of a type that
/// is a name, such as a queue's, an empty one names nothing, and is refused, too.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Typed {
  /// Characters (UTF-16 units).
  int most();

  /// Of more than one line.
  boolean lines() default false;
}
