/// An agent at work: presence, screens, and the contacts in their hands, as values.
package org.switchroom.cti.agent;
