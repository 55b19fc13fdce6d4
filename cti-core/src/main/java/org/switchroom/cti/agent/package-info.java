/// An agent at work: presence, screens, and the contacts in their hands, as values.
@NullMarked
package org.switchroom.cti.agent;

import org.jspecify.annotations.NullMarked;
