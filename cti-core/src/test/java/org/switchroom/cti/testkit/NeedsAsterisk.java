package org.switchroom.cti.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Needs the real Asterisk and SIPp. Without them it is left out, and says so; where real parts are
/// required (`CI` is set) that fails.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealParts.Asterisk.class)
public @interface NeedsAsterisk {}
