package org.switchroom.desktop.figures;

import java.io.IOException;

/// Whoever does the controls of a [ControlRound]: the desk, or Asterisk's manager alone.
interface Hands {
  /// As the table has it.
  String title();

  /// Where callers come to it.
  String dialed();

  /// The phone in this role, such as `PJSIP/1001`.
  String device(Role role);

  /// How Asterisk calls a variable of the dialplan kit, `HELD` being one.
  String variable(String name);

  /// The agent can be rung, and the colleague not yet.
  void begin();

  /// A caller is in the hold, and this one's phone is to ring for them.
  void ring(Role to) throws IOException;

  /// From now on this one can be rung, or from the end of their talk on not any more.
  void ready(Role who, boolean ready);

  /// Everything that can be done before. What is returned does it.
  ///
  /// @param who does it
  Press prepare(Control control, Role who);

  /// Whoever does the controls knows that it is done, and goes on with the next.
  void settle(Control control);

  /// This one has answered their phone.
  void settleAnswer(Role who);

  /// The one of a moment.
  interface Press {
    void now() throws IOException;
  }
}
