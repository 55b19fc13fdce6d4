package org.switchroom.cti.ivr;

import java.time.Duration;
import java.util.Optional;
import org.switchroom.cti.center.Input;

/// The engine, as scripts see it.
public interface ScriptFacts {
  void tell(Input.ScriptFact fact);

  /// Waits until what is wanted is kept.
  ///
  /// @return what came of it; empty: it is not kept, or not in this time
  Optional<String> ask(Input.ScriptRequest request, Duration within);
}
