/// Which values are personal.
package org.switchroom.cti.personal;
