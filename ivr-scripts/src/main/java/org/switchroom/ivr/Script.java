package org.switchroom.ivr;

import java.util.SequencedMap;

/// A checked script: every exit leads somewhere, every step can be reached.
public record Script(String name, String start, SequencedMap<String, Step> steps) {
  public Step step(String id) {
    Step step = steps.get(id);
    if (step == null) {
      throw new IllegalArgumentException(
          "Script %s has no step %s. Maybe it was not loaded by ScriptLoader.".formatted(name, id));
    }
    return step;
  }
}
