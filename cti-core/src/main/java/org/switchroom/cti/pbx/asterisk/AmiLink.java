package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.response.ManagerResponse;

/// A connection to AMI that begins anew by itself when it is lost.
interface AmiLink extends AutoCloseable {
  /// It is tried again at least as often.
  Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /// What the adapter does when the link is up, hears something, or goes down.
  interface Listener {
    /// Logged in, and the PBX has started. Events may have come before.
    void up();

    /// Due every second while the link is up.
    void heartbeat();

    void event(ManagerEvent event);

    void down(String reason);
  }

  void start();

  /// Sends an action when its turn comes; dropped while the link is down. Never blocks. Nobody
  /// waits for the answer.
  void send(AmiAction action);

  /// Sends an action like the others, and tells what is answered.
  ///
  /// @param answer is called on the event thread, in the order of the events
  void send(AmiAction action, Consumer<ManagerResponse> answer);

  /// Does something after a while, on a thread of its own, if this link is up still.
  void in(Duration time, Runnable work);

  /// The link is down now, and begins anew.
  ///
  /// @param why in a sentence without its point
  void lose(String why);

  @Override
  void close();
}
