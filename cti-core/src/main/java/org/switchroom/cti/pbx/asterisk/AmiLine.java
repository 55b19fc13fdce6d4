package org.switchroom.cti.pbx.asterisk;

import java.util.function.Consumer;
import org.asteriskjava.manager.response.ManagerResponse;

/// A line to AMI that begins anew by itself when it is lost.
interface AmiLine extends AutoCloseable {
  void start();

  /// Sends an action when its turn comes; dropped while the line is down. Never blocks. Nobody
  /// waits for the answer.
  void send(AmiAction action);

  /// Sends an action like the others, and tells what is answered.
  ///
  /// @param answer is called on the event thread, in the order of the events
  void send(AmiAction action, Consumer<ManagerResponse> answer);

  /// The line is down now, and begins anew.
  ///
  /// @param why in a sentence without its point
  void lose(String why);

  @Override
  void close();
}
