package org.switchroom.cti.figures;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.switchroom.cti.event.Turn;

/// When something of a turn happened, as records say it: by the wall clock. The engine's own time
/// never falls and may be apart from it for a while, where a clock was set back.
///
/// Whole microseconds: no database keeps more.
///
/// @param apart the wall clock's lead over the engine's time in that turn
public record RecordTime(Duration apart) {
  public static RecordTime of(Turn turn) {
    return new RecordTime(Duration.between(turn.at(), turn.wall()));
  }

  public Instant of(Instant engine) {
    return engine.plus(apart).truncatedTo(ChronoUnit.MICROS);
  }
}
