/// What a customer wants, over any number of calls, queues and agents, or without a call: a state
/// machine of values.
@NullMarked
package org.switchroom.cti.contact;

import org.jspecify.annotations.NullMarked;
