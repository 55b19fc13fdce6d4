package org.switchroom.cti.personal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks what tells something of a person who calls: their number, their name, what they have said.
/// It is kept under the key of that person, and is empty (no text, nothing in a list, a hidden
/// number) when the key is destroyed.
///
/// Ids, times, queues, agents and outcomes are nobody's: figures are made of them, and stay.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Personal {}
