package org.switchroom.cti.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Needs coturn. Without it it is left out, and says so; where real parts are required (`CI` is
/// set) that fails.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealParts.Relay.class)
public @interface NeedsRelay {}
