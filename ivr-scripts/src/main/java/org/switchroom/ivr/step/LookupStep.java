package org.switchroom.ivr.step;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Services;
import org.switchroom.ivr.Services.Found;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;

/// Looks something up.
///
/// @param by the key to look up; empty: what the call itself says
/// @param as the variable that keeps what is found
record LookupStep(
    Services.Kind what,
    Optional<Expression> by,
    String as,
    String found,
    String notFound,
    String failure)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "lookup",
          "`caller`, `account`, `order`, `latest-order`, `ticket`, `latest-ticket`",
          LookupStep::read);

  private static LookupStep read(StepFields fields) {
    Services.Kind what = what(fields);
    return new LookupStep(
        what,
        by(what, fields),
        as(what, fields),
        fields.required("found"),
        fields.required("not-found"),
        fields.required("failure"));
  }

  private static Services.Kind what(StepFields fields) {
    String word = fields.required("lookup");
    Optional<Services.Kind> what = Services.Kind.of(word);
    if (what.isEmpty()) {
      fields.fault(
          "lookup",
          "\"%s\" cannot be looked up. Known are %s.".formatted(word, Services.Kind.words()));
    }
    return what.orElse(Services.Kind.CALLER);
  }

  private static Optional<Expression> by(Services.Kind what, StepFields fields) {
    return switch (what) {
      case CALLER -> fields.has("by") ? Optional.of(fields.expression("by")) : Optional.empty();
      case ACCOUNT, ORDER, TICKET -> Optional.of(fields.expression("by"));
      case LATEST_ORDER, LATEST_TICKET -> Optional.of(fields.expression("by", "customer.id"));
    };
  }

  private static String as(Services.Kind what, StepFields fields) {
    String usual =
        switch (what) {
          case CALLER, ACCOUNT -> "customer";
          case ORDER, LATEST_ORDER -> "order";
          case TICKET, LATEST_TICKET -> "ticket";
        };
    return fields.variable("as", fields.text("as").orElse(usual));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    Found looked = lookUp(walker);
    return switch (looked.answer()) {
      case FOUND -> {
        walker.variables().put(as, looked.record());
        walker.went("found");
        yield new Onward.Exit("found", found);
      }
      case NOT_FOUND -> {
        walker.went("not found");
        yield new Onward.Exit("not-found", notFound);
      }
      case FAILED -> {
        walker.went("failed");
        yield new Onward.Exit("failure", failure);
      }
    };
  }

  private Found lookUp(Walker walker) {
    try {
      Optional<Object> key = by.isEmpty() ? Optional.of("") : by.get().evaluate(walker.variables());
      return key.isEmpty() ? Found.NOTHING : walker.services().lookUp(what, Walker.text(key));
    } catch (ExpressionFault e) {
      return Found.FAILED;
    }
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("found", found, "not-found", notFound, "failure", failure);
  }

  @Override
  public Map<String, Set<String>> reads() {
    return by.map(key -> Map.of("by", key.variables())).orElse(Map.of());
  }

  @Override
  public Set<String> discreet() {
    return Set.of("by");
  }

  @Override
  public Set<String> sets() {
    return Set.of(as);
  }

  @Override
  public Family family() {
    return Family.LOOKS;
  }

  @Override
  public String label() {
    return what.word();
  }
}
