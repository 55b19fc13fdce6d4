/// Reading YAML that people write: every fault is noted with its file and line.
@NullMarked
package org.switchroom.ivr.yaml;

import org.jspecify.annotations.NullMarked;
