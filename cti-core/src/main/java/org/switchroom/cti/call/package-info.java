/// A caller's call from arrival to the end, as a state machine of values.
package org.switchroom.cti.call;
