package org.switchroom.cti.contact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.personal.Personal;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// What a caller did in scripts.
///
/// @param path the steps, 200 at most: the first
/// @param answers what they keyed in, by variable
/// @param ending how the last script ended; empty: none did
/// @param resume where it goes on if the number that it dials does not answer, as
///   `ContactEvent.ScriptWalked` has it; empty: nowhere
public record ScriptWalk(
    Language language,
    @Personal List<TrailEntry> path,
    @Personal Map<String, String> answers,
    String ending,
    @Personal String resume) {
  private static final int MOST_STEPS = 200;

  static final ScriptWalk NONE = new ScriptWalk(Language.EN, List.of(), Map.of(), "", "");

  public ScriptWalk {
    path = List.copyOf(path);
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
  }

  /// One more script was walked.
  ScriptWalk and(ScriptWalked e) {
    var steps = new ArrayList<>(path);
    steps.addAll(e.trail());
    var both = new LinkedHashMap<>(answers);
    both.putAll(e.answers());
    return new ScriptWalk(
        e.language(),
        steps.size() <= MOST_STEPS ? steps : steps.subList(0, MOST_STEPS),
        both,
        e.ending(),
        e.resume());
  }

  /// The script goes on, or will not.
  ScriptWalk resumed() {
    return resume.isEmpty() ? this : new ScriptWalk(language, path, answers, ending, "");
  }
}
