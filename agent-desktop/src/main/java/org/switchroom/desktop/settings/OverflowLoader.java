package org.switchroom.desktop.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.center.Dialing.Wish;
import org.switchroom.ivr.yaml.Yaml;

/// Reads where a queue sends whom it does not keep.
final class OverflowLoader {
  private static final List<String> TARGETS =
      List.of("to-queue", "to-script", "to-number", "voicemail", "callback", "hang-up");

  private final Names names;

  OverflowLoader(Names names) {
    this.names = names;
  }

  Overflow read(Yaml fields) {
    var triggers = new ArrayList<Trigger>();
    if (fields.has("waited")) {
      triggers.add(new Trigger.Waited(Values.positive(fields, "waited", Duration.ofMinutes(5))));
    }
    if (fields.has("full")) triggers.add(new Trigger.Full(fields.number("full", 1, 1, 1_000_000)));
    if (fields.has("closed")) triggers.add(new Trigger.Closed(leave(fields, "closed")));
    if (fields.has("unstaffed")) triggers.add(new Trigger.Unstaffed(leave(fields, "unstaffed")));
    if (triggers.size() != 1) {
      fields.fault(
          "",
          "An overflow needs one of waited, full, closed and unstaffed; it has %d."
              .formatted(triggers.size()));
      triggers.add(new Trigger.Closed(false));
    }
    return new Overflow(triggers.getFirst(), target(fields));
  }

  private Target target(Yaml fields) {
    List<String> named = TARGETS.stream().filter(fields::has).toList();
    if (named.size() != 1) {
      fields.fault("", "An overflow needs one of %s; it has %d.".formatted(TARGETS, named.size()));
      return new Target.Away(Target.Kind.HANG_UP, "");
    }
    String to = named.getFirst();
    String value = fields.required(to);
    return switch (to) {
      case "to-queue" -> {
        names.queue(fields, "to-queue", value);
        yield new Target.ToQueue(new QueueId(value.isEmpty() ? "?" : value));
      }
      case "to-script" -> new Target.Away(Target.Kind.SCRIPT, names.script(fields, to, value));
      case "voicemail" ->
          new Target.Away(Target.Kind.VOICEMAIL, names.script(fields, to, orShipped(value, to)));
      case "callback" ->
          new Target.Away(Target.Kind.CALLBACK, names.script(fields, to, orShipped(value, to)));
      case "to-number" -> {
        if (names.dialing().dial(value, Wish.OVERFLOW) instanceof Dialed.Refused(var why)) {
          fields.fault(to, "%s is never dialed. %s".formatted(value, why.message()));
        }
        yield new Target.Away(Target.Kind.NUMBER, value);
      }
      default -> new Target.Away(Target.Kind.HANG_UP, "");
    };
  }

  private static String orShipped(String value, String shipped) {
    return value.equals("true") ? shipped : value;
  }

  /// `join`: only newcomers; `leave`: those who wait, too.
  private static boolean leave(Yaml fields, String name) {
    String text = fields.text(name, "join");
    if (!text.equals("join") && !text.equals("leave")) {
      fields.fault(
          name,
          "\"%s\" is %s; it must be join (who comes is sent on) or leave (who waits, too)."
              .formatted(name, text));
    }
    return text.equals("leave");
  }
}
