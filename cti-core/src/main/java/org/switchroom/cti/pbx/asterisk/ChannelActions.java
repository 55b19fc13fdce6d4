package org.switchroom.cti.pbx.asterisk;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.asteriskjava.manager.response.ManagerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What channels are told to do. While a transfer or a redirect gives one channel the place of
/// another (a masquerade), Asterisk does not find it by its unique id, or not answered, for a
/// millisecond or some: what is said in this moment is said again, as long as nothing has told that
/// the channel is over.
final class ChannelActions {
  private static final Logger log = LoggerFactory.getLogger(ChannelActions.class);

  /// Each takes as long as Asterisk's answer.
  private static final int TRIES = 100;

  private static final List<String> MOVING =
      List.of("no such channel", "does not exist", "channel not up");

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
          if (!isMoving(answer) || !action.channels().allMatch(lives)) return;
          if (tries > 1) send(action, tries - 1);
          else
            log.warn(
                "Asterisk does nothing with channel {}, of which nothing says that it is over: {}",
                action.channels().toList(),
                answer.getMessage());
        });
  }

  /// Setvar and Hangup say `No such channel`, Redirect says `Channel does not exist: …`, or of the
  /// place that is not taken yet `Redirect failed, channel not up.`
  private static boolean isMoving(ManagerResponse answer) {
    String said = answer.getMessage();
    return "Error".equalsIgnoreCase(answer.getResponse())
        && said != null
        && MOVING.stream().anyMatch(said.toLowerCase(Locale.ROOT)::contains);
  }
}
