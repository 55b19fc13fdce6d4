package org.switchroom.cti.customer;

/// A line of a customer's history in English, such as `Call 3:05 with ann, refund: sent; waited
/// 0:16`.
final class TimelineText {
  private TimelineText() {}

  static String english(TimelineEntry e) {
    return switch (e.kind()) {
      case "call" -> call("Call ", e);
      case "outbound" -> call("Called ", e);
      case "voicemail" -> work("Message", e);
      case "callback" -> work("Callback", e);
      case "ticket" -> "Ticket " + e.subject() + ", " + e.outcome();
      case "order" -> "Order " + e.subject() + ", " + e.outcome();
      case "survey" -> "Survey: " + e.subject() + " " + e.outcome();
      default -> e.subject();
    };
  }

  private static String call(String what, TimelineEntry e) {
    var text = new StringBuilder(what);
    switch (e.outcome()) {
      case "ANSWERED", "TRANSFERRED" -> text.append(clock(e.seconds())).append(with(e));
      case "ABANDONED" -> text.append("given up").append(in(e)).append(talked(e));
      case "SELF_SERVED" -> text.append("served by the script");
      case "LEFT_IN_SCRIPT" -> text.append("ended in the script");
      case "DIVERTED" -> text.append("sent on").append(in(e)).append(talked(e));
      case "FALLBACK_ANSWERED" -> text.append("answered by the fallback queue");
      case "NOT_REACHED" -> text.append("and not reached").append(with(e));
      case "PBX_FAULT" -> text.append("lost by the telephone system").append(talked(e));
      case "SET_ASIDE" -> text.append("set aside by the server").append(talked(e));
      default -> text.append("goes on").append(with(e));
    }
    if (e.outcome().equals("TRANSFERRED")) text.append(", given on");
    if (!e.subject().isEmpty()) text.append(", ").append(e.subject());
    if (!e.note().isEmpty()) text.append(": ").append(e.note());
    if (e.waited() > 0) text.append("; waited ").append(clock(e.waited()));
    return text.toString();
  }

  private static String work(String what, TimelineEntry e) {
    boolean done = e.outcome().equals("DONE");
    String by = e.agent().isEmpty() ? "" : " by " + e.agent();
    String state = done ? "done" + by : "waits" + in(e);
    return what + ", " + state + (e.note().isEmpty() ? "" : ": " + e.note());
  }

  private static String with(TimelineEntry e) {
    return e.agent().isEmpty() ? "" : " with " + e.agent();
  }

  private static String in(TimelineEntry e) {
    return e.queue().isEmpty() ? "" : " in " + e.queue();
  }

  private static String talked(TimelineEntry e) {
    return e.seconds() == 0 ? "" : " after " + clock(e.seconds()) + with(e);
  }

  /// Minutes and seconds; hours before them where there are some.
  private static String clock(int seconds) {
    int minutes = seconds / 60;
    return minutes < 60
        ? "%d:%02d".formatted(minutes, seconds % 60)
        : "%d:%02d:%02d".formatted(minutes / 60, minutes % 60, seconds % 60);
  }
}
