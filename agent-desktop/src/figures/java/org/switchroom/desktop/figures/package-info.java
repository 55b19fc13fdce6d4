/// The figures that the documents name, measured by `agent-desktop/bench`.
package org.switchroom.desktop.figures;
