/// Scripts without a telephone: in unit tests and in a terminal, with the production runner.
package org.switchroom.ivr.rehearsal;
