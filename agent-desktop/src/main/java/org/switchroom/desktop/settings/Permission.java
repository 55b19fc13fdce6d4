package org.switchroom.desktop.settings;

import java.util.Locale;

/// What a user may do. Roles have them ([User.Role]); every route, message and topic names the one
/// that it needs.
public enum Permission {
  /// Takes contacts at a desk of their own.
  SERVE("serve contacts"),
  /// Sees all agents, who waits, and what the history lacks.
  WATCH("watch queues and agents"),
  /// Has a waiting contact go before others.
  RAISE("raise a contact"),
  /// Takes part in agents' talks: listens, whispers, joins.
  SUPERVISE("take part in talks"),
  /// Finds customers by a search that the audit is told of, and opens the records that it has
  /// found.
  SEE_CUSTOMERS("see customers"),
  /// Listens to any message that a caller has left, not only those of one's own tasks.
  LISTEN("listen to callers' messages"),
  /// Hears recordings of talks.
  HEAR_TALKS("hear recordings of talks"),
  /// Has calls from a number not taken.
  BLOCK_CALLERS("block callers"),
  READ_SCRIPTS("read scripts"),
  CHANGE_SCRIPTS("change scripts"),
  READ_AUDIT("read the audit"),
  /// Logs others out, at every browser that they have.
  END_LOG_INS("log others out");

  private final String words;

  Permission(String words) {
    this.words = words;
  }

  /// In English: only who may … can do this.
  public String words() {
    return words;
  }

  /// As screens and refusals name it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
