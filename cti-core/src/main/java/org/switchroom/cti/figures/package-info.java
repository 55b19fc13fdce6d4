/// The figures of the day, each with one written definition.
package org.switchroom.cti.figures;
