/// What a customer wants, over any number of calls, queues and agents, or without a call: a state
/// machine of values.
package org.switchroom.cti.contact;
