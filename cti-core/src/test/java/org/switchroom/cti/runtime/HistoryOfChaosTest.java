package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.FiguresFold;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.history.Column;
import org.switchroom.cti.history.Column.Missing;
import org.switchroom.cti.history.HistoryFold;
import org.switchroom.cti.history.MemoryTables;
import org.switchroom.cti.history.Table;

/// What the history makes of an engine's own turns, whatever troubles it: each part of a contact
/// has its place, and the figures are the sum of the parts.
@Execution(ExecutionMode.CONCURRENT)
class HistoryOfChaosTest {
  /// Of a part in a queue that is no contact's that has left it: an agent's own call, whose place a
  /// caller has taken, is none.
  private static final Set<Object> UNCOUNTED = Set.of("ANSWERED", "PUT_THROUGH");

  private static final int SEEDS = Integer.getInteger("switchroom.seeds", 45);

  private record Part(String kind, Instant began, Instant ended, Map<Column, Object> row) {}

  @Test
  void everyPartOfAContactHasItsPlaceAndTheFiguresAddUp() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Turn> turns = Chaos.turns(seed);
      var tables = new MemoryTables();
      turns.forEach(turn -> tables.apply(HistoryFold.changes(turn)));
      var faults = new ArrayList<String>();
      var parts = new HashMap<Object, List<Part>>();
      for (Map<Column, Object> row : tables.rows(Table.SEGMENT).values()) {
        if (row.get(Column.ENDED) == Missing.NOTHING) {
          faults.add("open: " + row);
          continue;
        }
        parts
            .computeIfAbsent(row.get(Column.CONTACT), _ -> new ArrayList<>())
            .add(
                new Part(
                    (String) row.get(Column.KIND),
                    (Instant) row.get(Column.BEGAN),
                    (Instant) row.get(Column.ENDED),
                    row));
      }
      for (Map<Column, Object> contact : tables.rows(Table.CONTACT).values()) {
        look(contact, parts.getOrDefault(contact.get(Column.ID), List.of()), faults);
      }
      figures(turns, parts, faults);
      assertThat(faults).as("seed %d", seed).isEmpty();
    }
  }

  private static void look(Map<Column, Object> contact, List<Part> parts, List<String> faults) {
    if (contact.get(Column.ENDED) == Missing.NOTHING) faults.add("not over: " + contact);
    for (Part part : parts) {
      if (part.ended().isBefore(part.began())) faults.add("ends before it begins: " + part);
    }
    // A caller is in one place at a time.
    List<Part> places =
        parts.stream()
            .filter(part -> List.of("SCRIPT", "QUEUE", "TALK", "FALLBACK").contains(part.kind()))
            .sorted(Comparator.comparing(Part::began).thenComparing(Part::ended))
            .toList();
    for (int i = 1; i < places.size(); i++) {
      if (places.get(i).began().isBefore(places.get(i - 1).ended())) {
        faults.add("in two places: " + places.get(i - 1) + " and " + places.get(i));
      }
    }
    List<Part> talks = parts.stream().filter(part -> part.kind().equals("TALK")).toList();
    if (talks.size() != (long) contact.get(Column.TALKS)) faults.add("talks: " + contact);
    long talked =
        talks.stream()
            .mapToLong(part -> Duration.between(part.began(), part.ended()).toMillis())
            .sum();
    if (Math.abs(talked - (long) contact.get(Column.TALKED)) > talks.size()) {
      faults.add("talked %d: %s".formatted(talked, contact));
    }
  }

  private static void figures(
      List<Turn> turns, Map<Object, List<Part>> parts, List<String> faults) {
    var sums = new HashMap<String, QueueFigures>();
    for (Turn turn : turns) {
      FiguresFold.counted(turn)
          .forEach(one -> sums.merge(one.queue().value(), one.figures(), QueueFigures::plus));
    }
    Map<String, List<Part>> byQueue =
        parts.values().stream()
            .flatMap(List::stream)
            .filter(part -> !isConsultation(part.row().get(Column.CONTACT)))
            .collect(Collectors.groupingBy(part -> (String) part.row().get(Column.QUEUE)));
    sums.forEach(
        (queue, sum) -> {
          List<Part> of = byQueue.getOrDefault(queue, List.of());
          // Whom a colleague was handed waited in no queue for them.
          long answered = count(of, "TALK") - handedOver(turns, queue);
          if (sum.count(QueueFigure.ANSWERED) != answered) faults.add(queue + " answered: " + sum);
          long called = of.stream().filter(HistoryOfChaosTest::isOfWhoHasCalled).count();
          if (sum.count(QueueFigure.TALKS) != count(of, "TALK") - called)
            faults.add(queue + " talks: " + sum);
          long left = sum.offered() - sum.count(QueueFigure.ANSWERED);
          long ended =
              of.stream()
                  .filter(part -> part.kind().equals("QUEUE"))
                  .filter(part -> !UNCOUNTED.contains(part.row().get(Column.OUTCOME)))
                  .count();
          if (left != ended) faults.add("%s left: %d and %d".formatted(queue, left, ended));
        });
  }

  private static boolean isConsultation(Object contact) {
    return ContactEvent.isConsultation(new ContactId((String) contact));
  }

  /// With whomever an agent has called themselves: nobody has waited in a queue for it.
  private static boolean isOfWhoHasCalled(Part part) {
    var contact = new ContactId((String) part.row().get(Column.CONTACT));
    return part.kind().equals("TALK")
        && ContactEvent.isMade(contact)
        && part.row().get(Column.STAY).equals(1L);
  }

  private static long handedOver(List<Turn> turns, String queue) {
    return turns.stream()
        .flatMap(turn -> turn.events().stream())
        .filter(ContactAnswered.class::isInstance)
        .map(ContactAnswered.class::cast)
        .filter(one -> !ContactEvent.isConsultation(one.contact()))
        .filter(one -> one.handedOver() && one.queue().value().equals(queue))
        .count();
  }

  private static long count(List<Part> parts, String kind) {
    return parts.stream().filter(part -> part.kind().equals(kind)).count();
  }
}
