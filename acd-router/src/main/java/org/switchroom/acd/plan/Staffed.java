package org.switchroom.acd.plan;

/// Which agents a queue is staffed by, of those who match: what overflow by `unstaffed` and steps
/// that ask for `staffed` go by.
public enum Staffed {
  /// Whoever is logged in, whatever they do.
  LOGGED_IN("logged-in"),
  /// Who is logged in, but not who has lost their desk's screen and has not said since how they
  /// are. Who is on a break counts.
  AT_DESK("at-desk"),
  /// Who is ready, or has a contact in hand. Who is on a break does not count.
  READY_OR_BUSY("ready-or-busy");

  public static final Staffed DEFAULT = AT_DESK;

  private final String word;

  Staffed(String word) {
    this.word = word;
  }

  /// The name in a configuration.
  public String word() {
    return word;
  }
}
