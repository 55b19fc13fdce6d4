package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs have died in, and when, in a small file that is replaced whole. A line is `halt
/// <time>` or `subject <halts> <deaths> <last time> <time it was set aside, or -> <subject>`, with
/// tabs between.
final class FaultCounts {
  private static final Logger log = LoggerFactory.getLogger(FaultCounts.class);

  static final String FILE = "faults";
  private static final int MOST_SUBJECTS = 200;
  private static final int MOST_HALTS = 100;

  /// A run that has halted by its own will says what it was that failed.
  private static final int SET_ASIDE_AT_HALTS = 2;

  /// One that has died without a word was most likely killed, whatever it was doing.
  private static final int SET_ASIDE_AT_DEATHS = 4;

  /// A subject whose last fault is so long ago begins anew, also one that was set aside: a phone or
  /// a desk is not given up for ever, and another build may be able to do it.
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  /// @param halts how many runs have said that they halt in it
  /// @param deaths how many have died in it without a word
  /// @param aside since when, where it is
  record Count(String subject, int halts, int deaths, Instant last, Optional<Instant> aside) {
    static Count none(String subject) {
      return new Count(subject, 0, 0, Instant.MIN, Optional.empty());
    }

    int faults() {
      return halts + deaths;
    }

    Count withAnother(boolean said, Instant at, boolean needed) {
      int halted = halts + (said ? 1 : 0);
      int died = deaths + (said ? 0 : 1);
      boolean enough =
          !needed && (halted >= SET_ASIDE_AT_HALTS || halted + died >= SET_ASIDE_AT_DEATHS);
      return new Count(subject, halted, died, at, enough ? aside.or(() -> Optional.of(at)) : aside);
    }
  }

  private final Path file;
  private final Predicate<String> needed;
  private final Map<String, Count> counts = new LinkedHashMap<>();
  private final List<Instant> halts = new ArrayList<>();

  /// A file that cannot be read is put away: nothing may keep a server from starting.
  ///
  /// @param needed subjects that are never set aside
  FaultCounts(Path folder, Predicate<String> needed) throws IOException {
    this.needed = needed;
    file = folder.resolve(FILE);
    if (!Files.exists(file)) return;
    try {
      for (String line : Files.readAllLines(file)) take(line.split("\t", -1));
    } catch (IOException | RuntimeException e) {
      log.error("{} cannot be read, and faults are counted anew: {}", file, e.toString());
      counts.clear();
      halts.clear();
      OwnerOnly.into(file, file.resolveSibling(FILE + ".broken"));
    }
  }

  private void take(String[] fields) {
    switch (fields[0]) {
      case "halt" -> halts.add(Instant.parse(fields[1]));
      case "subject" -> {
        Optional<Instant> aside =
            fields[4].equals("-") ? Optional.empty() : Optional.of(Instant.parse(fields[4]));
        var count =
            new Count(
                fields[5],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Instant.parse(fields[3]),
                aside);
        counts.put(count.subject(), count);
      }
      default -> throw new DateTimeParseException("a line of no known kind", fields[0], 0);
    }
  }

  List<Count> all() {
    return List.copyOf(counts.values());
  }

  /// How many runs have halted since.
  long haltsSince(Instant since) {
    return halts.stream().filter(at -> !at.isBefore(since)).count();
  }

  void halted(Instant at) throws IOException {
    halts.add(at);
    if (halts.size() > MOST_HALTS) halts.removeFirst();
    save();
  }

  void forgetHalts() throws IOException {
    halts.clear();
    save();
  }

  /// Of the halt by which a subject is set aside it is known whose it was: it says nothing of the
  /// ledger.
  ///
  /// @param said whether the run itself has said that it halts
  Count fault(String subject, boolean said, Instant at) throws IOException {
    Count before = Optional.ofNullable(counts.remove(subject)).orElse(Count.none(subject));
    Count count = before.withAnother(said, at, needed.test(subject));
    boolean known = said && before.aside().isEmpty() && count.aside().isPresent();
    if (known && !halts.isEmpty()) halts.removeLast();
    counts.put(subject, count);
    while (counts.size() > MOST_SUBJECTS) counts.remove(oldest());
    save();
    return count;
  }

  private String oldest() {
    return counts.values().stream()
        .min(
            Comparator.comparing((Count count) -> count.aside().isPresent())
                .thenComparing(Count::last))
        .orElseThrow()
        .subject();
  }

  /// Forgets what is long ago.
  void forget(Instant now) throws IOException {
    if (counts.values().removeIf(count -> !count.last().plus(FORGOTTEN).isAfter(now))) save();
  }

  void takeBack(String subject) throws IOException {
    counts.remove(subject);
    save();
  }

  private void save() throws IOException {
    var text = new StringBuilder();
    for (Instant at : halts) text.append("halt\t").append(at).append('\n');
    for (Count count : counts.values()) {
      text.append(
          "subject\t%d\t%d\t%s\t%s\t%s\n"
              .formatted(
                  count.halts(),
                  count.deaths(),
                  count.last(),
                  count.aside().map(Instant::toString).orElse("-"),
                  count.subject()));
    }
    OwnerOnly.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
