/// Messages and callbacks: work that is offered to agents as calls are.
package org.switchroom.cti.task;
