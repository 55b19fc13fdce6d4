/// Reading YAML that people write: every fault is noted with its file and line.
package org.switchroom.ivr.yaml;
