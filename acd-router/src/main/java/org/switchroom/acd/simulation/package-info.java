/// The production router in virtual time: callers and agents are drawn by chance, everything they
/// meet is real.
package org.switchroom.acd.simulation;
