/// Messages and callbacks: work that is offered to agents as calls are.
@NullMarked
package org.switchroom.cti.task;

import org.jspecify.annotations.NullMarked;
