/// Test kits: a real Asterisk with SIPp callers and phones, the simulated PBX behind the same face,
/// and waiting without sleeping.
package org.switchroom.cti.testkit;
