/// The steps that scripts are made of, each kind one class: its fields with their defaults and
/// checks, its exits, what it does, and how its picture looks. [StepKinds] lists them.
///
/// A step touches the world only through its [org.switchroom.ivr.Walker].
@NullMarked
package org.switchroom.ivr.step;

import org.jspecify.annotations.NullMarked;
