/// Expressions over a caller's variables, in a sandbox: Apache Commons JEXL with everything taken
/// away that could run long or reach out.
@NullMarked
package org.switchroom.ivr.expression;

import org.jspecify.annotations.NullMarked;
