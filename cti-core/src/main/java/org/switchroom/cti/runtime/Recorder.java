package org.switchroom.cti.runtime;

import java.time.Instant;
import java.util.Set;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Turn;

/// Who writes down everything that a run of the engine is given, so that it can be run again, and
/// what it decided. What it is told is whole and immutable; it is told on the engine's thread, and
/// must neither block nor throw.
public interface Recorder {
  /// Nobody records.
  Recorder NONE =
      new Recorder() {
        @Override
        public void begins(Snapshot known, Set<String> aside) {}

        @Override
        public void takes(Input input, Instant now, Instant wall) {}

        @Override
        public void decides(Turn turn) {}
      };

  /// Both are told everything, the first one first.
  static Recorder both(Recorder one, Recorder other) {
    return new Recorder() {
      @Override
      public void begins(Snapshot known, Set<String> aside) {
        one.begins(known, aside);
        other.begins(known, aside);
      }

      @Override
      public void takes(Input input, Instant now, Instant wall) {
        one.takes(input, now, wall);
        other.takes(input, now, wall);
      }

      @Override
      public void decides(Turn turn) {
        one.decides(turn);
        other.decides(turn);
      }
    };
  }

  /// Before the first input.
  ///
  /// @param known from the last run
  /// @param aside subjects for which this run does nothing
  void begins(Snapshot known, Set<String> aside);

  /// Before it is decided on.
  ///
  /// @param now for order and deadlines, as the clock said it
  /// @param wall for opening hours and records
  void takes(Input input, Instant now, Instant wall);

  /// A turn of the input that was taken last, before it is in the ledger.
  ///
  /// @param turn with at least one event, without a number
  void decides(Turn turn);
}
