/// How many agents a load needs: Erlang's B and C, and A with callers who give up.
@NullMarked
package org.switchroom.acd.staffing;

import org.jspecify.annotations.NullMarked;
