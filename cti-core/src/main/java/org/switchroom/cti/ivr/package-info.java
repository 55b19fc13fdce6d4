/// Leads callers through their script, outside the one writer, and posts what came of it.
package org.switchroom.cti.ivr;
