/// How a center is set up: queues, agents, and the policy that brings them together. All values;
/// the router is told each of them as a fact, so that they can change while contacts wait.
@NullMarked
package org.switchroom.acd.plan;

import org.jspecify.annotations.NullMarked;
