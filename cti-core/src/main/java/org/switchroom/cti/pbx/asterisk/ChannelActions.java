package org.switchroom.cti.pbx.asterisk;

import java.util.Locale;
import java.util.function.Predicate;
import org.asteriskjava.manager.response.ManagerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What channels are told to do. While a transfer gives one channel the place of another (a
/// masquerade), Asterisk finds neither by its unique id, for a millisecond or some: what is said in
/// this moment is said again, as long as nothing has told that the channel is over.
final class ChannelActions {
  private static final Logger log = LoggerFactory.getLogger(ChannelActions.class);

  /// Each takes as long as Asterisk's answer.
  private static final int TRIES = 100;

  private final AmiLink link;
  private final Predicate<String> lives;

  /// @param lives whether a channel is known, and nothing has told that it is over; asked on the
  ///   event thread
  ChannelActions(AmiLink link, Predicate<String> lives) {
    this.link = link;
    this.lives = lives;
  }

  /// Sends an action, which names its channels by their unique ids, as the link does.
  void send(AmiAction action) {
    send(action, TRIES);
  }

  private void send(AmiAction action, int tries) {
    link.send(
        action,
        answer -> {
          if (!notFound(answer) || !action.channels().allMatch(lives)) return;
          if (tries > 1) send(action, tries - 1);
          else
            log.warn(
                "Asterisk does not find channel {}, of which nothing says that it is over.",
                action.channels().toList());
        });
  }

  /// `No such channel`, of a redirect `Channel does not exist: …`.
  private static boolean notFound(ManagerResponse answer) {
    if (!"Error".equalsIgnoreCase(answer.getResponse())) return false;
    String said = answer.getMessage();
    if (said == null) return false;
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.contains("no such channel") || lower.contains("does not exist");
  }
}
