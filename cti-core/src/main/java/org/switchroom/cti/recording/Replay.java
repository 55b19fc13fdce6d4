package org.switchroom.cti.recording;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.Explainer;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.ledger.HaltRecord;
import org.switchroom.cti.recording.RecordingLine.Mark;

/// A recorded run once more: an engine that knows what the recorded one knew takes the same inputs
/// at the same times. Within one build it comes to the same events. The first turn in which it does
/// not ends the replay, since nothing after it is as it was.
public final class Replay {
  /// What came of it.
  ///
  /// @param inputs that were taken
  /// @param turns of theirs that were decided as recorded
  /// @param fault empty: all were
  /// @param end why the recording ends where it does, a sentence; empty: the replay did not come so
  ///   far
  public record Found(long inputs, long turns, Optional<Divergence> fault, String end) {}

  /// An input of which something else came than is recorded.
  ///
  /// @param number of the input, from 1
  /// @param line of the recording, from 1
  /// @param wall when it was taken
  /// @param input its kind
  /// @param what came otherwise, as sentences
  public record Divergence(long number, long line, Instant wall, String input, String what) {}

  private final RecordingReader in;
  private final Engine engine = new Engine();
  private final Set<String> aside;
  private Optional<RecordingLine> next;
  private long inputs;
  private long turns;

  private Replay(RecordingReader in, Explainer explainer) throws IOException {
    this.in = in;
    RecordingLine.Begins begins = in.begins();
    aside = begins.aside();
    engine.explain(explainer);
    engine.restore(begins.known());
    next = in.next();
  }

  /// @param in of which nothing was read
  /// @param explainer is told why the router decides as it does
  /// @throws RecordingReader.UnreadableException naming the line that cannot be read
  public static Found run(RecordingReader in, Explainer explainer) throws IOException {
    return new Replay(in, explainer).run();
  }

  private Found run() throws IOException {
    Optional<Divergence> fault = Optional.empty();
    while (fault.isEmpty() && next.isPresent() && next.get() instanceof RecordingLine.Takes taken) {
      inputs++;
      long line = in.line();
      fault =
          otherwise(taken)
              .map(what -> new Divergence(inputs, line, taken.wall(), kind(taken.input()), what));
    }
    return new Found(inputs, turns, fault, isOver() ? end() : "");
  }

  private static String kind(Input input) {
    String kind = input.getClass().getSimpleName();
    return input instanceof Input.FromPbx(var fact)
        ? kind + " " + fact.getClass().getSimpleName()
        : kind;
  }

  private boolean isOver() {
    return !(next.isPresent() && next.get() instanceof RecordingLine.Takes);
  }

  private String end() throws IOException {
    if (in.isTorn()) {
      return "Line %d was not written to its end: the server was killed, or still runs."
          .formatted(in.line() + 1);
    }
    if (next.isEmpty()) {
      return "Its end is not in the recording: the server was killed, or still runs.";
    }
    if (next.get() instanceof RecordingLine.Ends(var why)) return why;
    throw in.unreadable("It has no place here.");
  }

  // ── An input ────────────────────────────────────────────────────────────────────────────────

  private Optional<String> otherwise(RecordingLine.Takes taken) throws IOException {
    var recorded = new ArrayList<List<Mark>>();
    next = in.next();
    while (next.isPresent() && next.get() instanceof RecordingLine.Decides(var events)) {
      recorded.add(events);
      next = in.next();
    }
    var decided = new ArrayList<Turn>();
    Optional<String> failed = takes(taken, decided);
    for (int i = 0; i < Math.min(recorded.size(), decided.size()); i++) {
      Optional<String> difference = difference(i + 1, recorded.get(i), decided.get(i));
      if (difference.isPresent()) return difference;
      turns++;
    }
    if (failed.isPresent()) return failed;
    if (recorded.size() > decided.size()) {
      return Optional.of(
          "Turn %d does not come, of which are recorded %s."
              .formatted(decided.size() + 1, names(recorded.get(decided.size()))));
    }
    // Of the last one the recording may not have all.
    if (decided.size() == recorded.size() || isOver()) return Optional.empty();
    return Optional.of(
        "Turn %d is not recorded, of which come now %s."
            .formatted(recorded.size() + 1, decided.get(recorded.size()).events()));
  }

  /// Returns how it fails.
  private Optional<String> takes(RecordingLine.Takes taken, List<Turn> decided) {
    try {
      engine.on(taken.input(), taken.now(), taken.wall(), new Taking(decided));
      return Optional.empty();
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      StackTraceElement[] where = e.getStackTrace();
      return Optional.of("It fails: %s%s".formatted(e, where.length == 0 ? "" : " at " + where[0]));
    }
  }

  private Optional<String> difference(int turn, List<Mark> recorded, Turn decided) {
    List<Event> events = decided.events();
    List<Mark> now = in.marks(decided);
    for (int i = 0; i < Math.max(recorded.size(), now.size()); i++) {
      boolean same = i < recorded.size() && i < now.size() && recorded.get(i).equals(now.get(i));
      if (same) continue;
      String was = i < recorded.size() ? recorded.get(i).event() : "nothing more";
      String is = i < events.size() ? events.get(i).toString() : "nothing more";
      boolean alike = i < recorded.size() && i < now.size() && was.equals(now.get(i).event());
      return Optional.of(
          "Event %d of turn %d is recorded as %s, and is now %s."
              .formatted(i + 1, turn, alike ? "another " + was : was, is));
    }
    return Optional.empty();
  }

  private static String names(List<Mark> events) {
    return String.join(", ", events.stream().map(Mark::event).toList());
  }

  /// What was set aside is.
  private final class Taking implements Engine.Turns {
    private final List<Turn> decided;

    Taking(List<Turn> decided) {
      this.decided = decided;
    }

    @Override
    public boolean begins(String subject) {
      return aside.isEmpty() || !aside.contains(HaltRecord.asKept(subject));
    }

    @Override
    public boolean becomes(String kind, String id) {
      return aside.isEmpty() || !aside.contains(HaltRecord.asKept(kind + " " + id));
    }

    @Override
    public void again() {}

    @Override
    public void takes(Turn turn, List<Effect> effects) {
      if (!turn.events().isEmpty()) decided.add(turn);
    }

    @Override
    public void ends() {}
  }
}
