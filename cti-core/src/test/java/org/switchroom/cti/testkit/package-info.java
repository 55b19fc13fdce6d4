/// Test kits: a real Asterisk with SIPp callers and phones, the simulated PBX behind the same face,
/// waiting without sleeping, and the log of tests, which is shown of those that fail.
package org.switchroom.cti.testkit;
