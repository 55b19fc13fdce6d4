package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/// Lets through what Asterisk has written by itself. It writes a caller's number as it came, line
/// ends too, so that a caller can write headers and whole events of their own. Whole events are
/// held back by the filter of the kit's manager user; this refuses what no filter sees:
///
/// - a message in which a header stands twice and says two things: one of them is a caller's;
/// - in a list that we have asked for, which Asterisk does not filter, whatever does not bear the
///   list's own id. Asterisk tells a list in one go, and nobody can guess the id.
final class AmiGuard {
  /// On all links: a caller shall not fill the log.
  private static final OnceAMinute REFUSED =
      OnceAMinute.in(LoggerFactory.getLogger(AmiGuard.class));

  private static final int LONGEST_TOLD = 200;

  /// A list that is so long interrupted is never going to end.
  private static final int MOST_BETWEEN = 1_000;

  /// Lists are asked for under ids that end so.
  private final String listMark;

  /// The id of the list that is being told; empty: none is.
  private String list = "";

  private int between;
  private final MessageLines headers = new MessageLines();

  AmiGuard(String listMark) {
    this.listMark = listMark;
  }

  /// Looks at one message.
  ///
  /// @param lines without their ends
  /// @return what may be read of it; empty: nothing
  /// @throws IOException when a list does not end any more
  List<String> take(List<String> lines) throws IOException {
    if (lines.isEmpty()) return lines;
    headers.begin(lines.size(), lines.getFirst().equalsIgnoreCase("Event: Status"));
    List<String> taken = lines;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      MessageLines.Repetition place = headers.add(line);
      if (place == MessageLines.Repetition.CONTRADICTS) {
        return refuse(lines, "has %s twice".formatted(MessageLines.name(line)));
      }
      boolean kept = place == MessageLines.Repetition.FIRST;
      if (!kept && taken == lines) taken = new ArrayList<>(lines.subList(0, i));
      if (kept && taken != lines) taken.add(line);
    }
    return isOfItsList(taken, lines) ? taken : List.of();
  }

  private boolean isOfItsList(List<String> taken, List<String> lines) throws IOException {
    String part = MessageLines.value(taken, "eventlist");
    if (list.isEmpty()) {
      if (!part.equalsIgnoreCase("start")) return true;
      String id = MessageLines.value(taken, "actionid");
      if (id.endsWith(listMark) && MessageLines.has(taken, "response")) list = id;
      return true;
    }
    String id = MessageLines.value(taken, "actionid");
    // The end of a list says nothing of a channel; what a caller writes is always followed by that.
    boolean ends = part.equalsIgnoreCase("Complete");
    if (!id.equals(list) || (ends && MessageLines.has(taken, "uniqueid"))) {
      if (++between > MOST_BETWEEN) throw new IOException("A list of AMI does not end");
      refuse(lines, "is not of the list that is being told");
      return false;
    }
    if (ends) {
      list = "";
      between = 0;
    }
    return true;
  }

  private List<String> refuse(List<String> lines, String why) {
    String text = AmiAction.clean(String.join(" | ", lines));
    REFUSED.say(
        "A message of AMI %s and is refused. Maybe a caller has written it into their number: %s"
            .formatted(why, text.substring(0, Math.min(LONGEST_TOLD, text.length()))));
    return List.of();
  }
}
