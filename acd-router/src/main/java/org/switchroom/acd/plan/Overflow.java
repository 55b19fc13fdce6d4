package org.switchroom.acd.plan;

import java.time.Duration;
import java.util.Locale;

/// When contacts go elsewhere, and where to. Of a queue's rules the first that applies is taken. A
/// contact keeps its age, and never goes a second time to a queue that it has been in, nor to one
/// of another channel. For work, with nobody on the line, the rules that lead out of the queues are
/// passed over: it stays in its place. None holds while a contact waits for one agent alone; what
/// holds on joining does when that is over.
public record Overflow(Trigger trigger, Target target) {
  public sealed interface Trigger {
    /// Waited in this queue for so long.
    record Waited(Duration time) implements Trigger {
      public Waited {
        if (!time.isPositive()) {
          throw new IllegalArgumentException(
              "An overflow after %s of waiting; it must be longer than zero.".formatted(time));
        }
      }
    }

    /// On joining, when so many wait already and nobody is free who could take it at once.
    record Full(int waiting) implements Trigger {
      public Full {
        if (waiting < 0) {
          throw new IllegalArgumentException(
              "An overflow at %d waiting; it must be 0 or more.".formatted(waiting));
        }
      }
    }

    /// On joining, when the queue is closed.
    ///
    /// @param leave also when it closes while they wait
    record Closed(boolean leave) implements Trigger {}

    /// On joining, when nobody is staffed ([Staffed]) who could ever take it as it asks now.
    ///
    /// @param leave also when the last of them goes while they wait
    record Unstaffed(boolean leave) implements Trigger {}
  }

  public sealed interface Target {
    record ToQueue(QueueId queue) implements Target {}

    /// Out of the queues; what this means is the center's to know.
    ///
    /// @param argument such as the number, or the script's step; may be empty
    record Away(Kind kind, String argument) implements Target {}

    enum Kind {
      SCRIPT,
      VOICEMAIL,
      CALLBACK,
      NUMBER,
      HANG_UP;

      public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
  }
}
