package org.switchroom.ivr;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which variables a step reads, and which it gives a value to.
final class StepVariables {
  private StepVariables() {}

  /// By where they stand in the step.
  static Map<String, Set<String>> read(Step step) {
    var reads = new LinkedHashMap<String, Set<String>>();
    switch (step) {
      case Step.Pin pin -> reads.put("of", pin.of().variables());
      case Step.Lookup lookup -> {
        if (lookup.by() != null) reads.put("by", lookup.by().variables());
      }
      case Step.Branch branch ->
          branch.when().keySet().forEach(one -> reads.put(one.toString(), one.variables()));
      case Step.SetVariables set ->
          set.values().forEach((name, one) -> reads.put(name, one.variables()));
      case Step.Http http -> {
        reads.put("http", http.url().variables());
        http.body().forEach((name, one) -> reads.put(name, one.variables()));
      }
      case Step.ToQueue queue -> {
        if (queue.prefer() != null) reads.put("prefer", queue.prefer().variables());
      }
      case Step.Transfer transfer -> reads.put("transfer", transfer.number().variables());
      case Step.Callback callback -> reads.put("number", callback.number().variables());
      case Step.Ticket ticket -> {
        reads.put("ticket", ticket.subject().variables());
        if (ticket.recording() != null) reads.put("recording", Set.of(ticket.recording()));
      }
      case Step.SubScript sub ->
          sub.with().forEach((name, one) -> reads.put(name, one.variables()));
      case Step.Say _,
          Step.Menu _,
          Step.Collect _,
          Step.Record _,
          Step.Speak _,
          Step.Hours _,
          Step.Voicemail _,
          Step.Survey _,
          Step.Return _,
          Step.HangUp _ -> {}
    }
    for (Saying saying : step.sayings()) {
      for (List<Saying.Part> parts : saying.parts().values()) {
        for (Saying.Part part : parts) {
          if (part instanceof Saying.Part.Value(var value, _)) {
            reads.merge(
                "{" + value + "}",
                value.variables(),
                (a, b) -> {
                  var all = new LinkedHashSet<>(a);
                  all.addAll(b);
                  return all;
                });
          }
        }
      }
    }
    return reads;
  }

  /// The variables it gives a value to.
  static Set<String> written(Step step) {
    return switch (step) {
      case Step.Collect collect -> Set.of(collect.as());
      case Step.Record record -> Set.of(record.as());
      case Step.Lookup lookup -> Set.of(lookup.as());
      case Step.SetVariables set -> set.values().keySet();
      case Step.Http http -> http.as() == null ? Set.of() : Set.of(http.as());
      case Step.Ticket ticket -> Set.of(ticket.as());
      case Step.Survey survey -> Set.of(survey.question());
      default -> Set.of();
    };
  }
}
