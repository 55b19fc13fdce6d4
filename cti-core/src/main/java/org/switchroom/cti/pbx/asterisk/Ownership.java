package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.response.ManagerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether we are the one server that serves this Asterisk. Two would hang up each other's legs.
///
/// ```
///   nobody · our ledger · its heartbeat is old ─▶ ours
///   another whose heartbeat goes on            ─▶ not ours, and the link is down
/// ```
///
/// A restart of Asterisk clears its global variables, and whoever came first would have it. So the
/// name stands in Asterisk's own database too, where it keeps the place of whoever had it for as
/// long as a server takes to be back.
///
/// The owner is asked when the link comes up, once more before it is asked what lives there, and
/// before each heartbeat: of two that took it in the same moment the one that wrote last has it,
/// and the other finds that within a second. The loser says nothing more to Asterisk: nobody is
/// hung up.
final class Ownership {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);

  /// What a reason begins with that is another server.
  static final String ANOTHER = "Another Switchroom serves";

  /// How often it is asked whether another's heartbeat goes on.
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /// How long the place is kept of whoever had an Asterisk that was restarted, beside our patience:
  /// their link tries again within this.
  private static final Duration COMES_BACK = AmiLink.LONGEST_PAUSE;

  /// A server that stops does not wait longer to say so.
  private static final Duration PARTING = Duration.ofMillis(500);

  private final PbxOwner us;
  private final AmiSettings settings;

  /// As we have written it; empty: it is not ours.
  private volatile String written = "";

  /// Who has it from us: not asked for as one of before us would be.
  private volatile String victor = "";

  /// Who had an Asterisk that was restarted, and what has beaten last.
  private final Unchanged place = new Unchanged();

  private final Unchanged heart = new Unchanged();

  /// What stands on Asterisk.
  ///
  /// @param ledger empty: nobody has it
  /// @param since in seconds since 1970, of Asterisk's clock
  /// @param before whether it had it before Asterisk was restarted
  private record Found(String ledger, String run, String where, String since, boolean before) {
    static Found in(String text) {
      return in(text, false);
    }

    static Found in(String text, boolean before) {
      String[] parts = text.split("\\|", -1);
      return parts.length == 4
          ? new Found(parts[0], parts[1], parts[2], parts[3], before)
          : new Found("", "", "", "", false);
    }

    boolean nobody() {
      return ledger.isEmpty();
    }

    /// Who has it, since when, and what to do.
    String describe(AmiSettings settings) {
      return "%s the callers of %s: %s, since %s (ledger %s). Only one may: stop that one, or give this one an Asterisk of its own in pbx:"
          .formatted(
              ANOTHER,
              settings,
              AmiAction.clean(where),
              Instant.ofEpochSecond(seconds(since)),
              AmiAction.clean(ledger));
    }
  }

  Ownership(PbxOwner us, AmiSettings settings) {
    this.us = us;
    this.settings = settings;
  }

  /// Whoever else has it, and lives.
  ///
  /// @return why it is not ours; empty: it is
  Optional<String> take(AmiConnection connection) throws IOException, TimeoutException {
    String owner = ask(connection, Kit.GLOBAL_OWNER);
    Found found = found(owner, connection);
    String beat = ask(connection, Kit.GLOBAL_HEARTBEAT);
    String now = ask(connection, "EPOCH");
    if (anothers(found, beat, now)) return Optional.of(found.describe(settings));
    if (!ours(found) || found.before()) {
      if (!found.nobody() && !found.ledger().equals(us.ledger())) {
        log.warn(
            "The Switchroom that served {} says nothing any more ({}, ledger {}): this one does.",
            settings,
            AmiAction.clean(found.where()),
            AmiAction.clean(found.ledger()));
      }
      owner = String.join("|", us.ledger(), us.run(), us.where(), now);
      connection.sendAction(AmiActions.setGlobal(Kit.GLOBAL_OWNER, owner));
      connection.sendAction(AmiActions.keepOwner(owner));
    }
    victor = "";
    written = owner;
    return Optional.empty();
  }

  /// Who has it, or had it before Asterisk was restarted.
  private static Found found(String owner, AmiConnection connection)
      throws IOException, TimeoutException {
    Found found = Found.in(owner);
    return found.nobody() ? Found.in(connection.keptOwner(), true) : found;
  }

  private boolean ours(Found found) {
    return found.ledger().equals(us.ledger()) && found.run().equals(us.run());
  }

  private boolean anothers(Found found, String beat, String now) {
    if (found.nobody() || ours(found)) return false;
    // One of before us cannot live: it would have our ledger.
    if (found.ledger().equals(us.ledger()) && !found.run().equals(victor)) return false;
    if (found.before()) {
      long kept = settings.patience().plus(COMES_BACK).toSeconds();
      return place.seconds(found.toString(), seconds(now)) < kept;
    }
    return beats(beat, seconds(now));
  }

  /// Whether the heartbeat that stands there is young. One from the future is of before Asterisk's
  /// clock was set back: nobody knows how old it is, but that it does not change.
  private boolean beats(String beat, long now) {
    long age = now - seconds(beat);
    return (age < 0 ? heart.seconds(beat, now) : age) < settings.patience().toSeconds();
  }

  /// What to write where nobody says that it is theirs, as when the global variables were cleared.
  String again() {
    if (written.isEmpty()) written = String.join("|", us.ledger(), us.run(), us.where(), "0");
    return written;
  }

  /// Whether nobody says that it is theirs.
  static boolean free(String owner) {
    return Found.in(owner).nobody();
  }

  /// Of what stands there while we serve: whoever wrote it took it from us.
  ///
  /// @return why it is not ours any more; empty: it is, or [#free]
  Optional<String> lost(String owner) {
    Found found = Found.in(owner);
    if (found.nobody() || ours(found)) return Optional.empty();
    written = "";
    victor = found.run();
    return Optional.of(found.describe(settings));
  }

  /// In good order, so that another may begin at once.
  void release(AmiConnection connection) {
    if (written.isEmpty()) return;
    written = "";
    // A PBX that does not read would keep us.
    Thread parting =
        Thread.ofPlatform()
            .daemon()
            .name("ami-parting")
            .start(
                () -> {
                  try {
                    connection.sendAction(AmiActions.forgetOwner(), null);
                    connection.sendAction(AmiActions.setGlobal(Kit.GLOBAL_OWNER, ""), null);
                  } catch (IOException | RuntimeException e) {
                    log.debug("The Asterisk was not given away: {}", e.toString());
                  }
                });
    try {
      parting.join(PARTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether a server that starts may serve. Another whose heartbeat is young is watched until it
  /// beats again, or is old: it may have died just now. One that had an Asterisk which was
  /// restarted is waited for.
  ///
  /// @return why not; empty: it may, or Asterisk is not reachable, which the link says
  Optional<String> refusal() throws InterruptedException {
    var connection = new AmiConnection(settings, _ -> {}, () -> {}, _ -> {});
    try {
      connection.login("off");
      String first = "";
      while (true) {
        Found found = found(ask(connection, Kit.GLOBAL_OWNER), connection);
        String beat = ask(connection, Kit.GLOBAL_HEARTBEAT);
        if (!anothers(found, beat, ask(connection, "EPOCH"))) {
          // Who has been waited for in vain is not waited for once more by the link.
          if (found.before()) connection.sendAction(AmiActions.forgetOwner());
          return Optional.empty();
        }
        if (first.isEmpty()) first = beat;
        if (!first.equals(beat) && !found.before()) return Optional.of(found.describe(settings));
        Thread.sleep(HEARTBEAT);
      }
    } catch (IOException
        | TimeoutException
        | AuthenticationFailedException
        | IllegalStateException e) {
      log.debug("Who serves {} is not known: {}", settings, e.toString());
      return Optional.empty();
    } finally {
      connection.drop();
    }
  }

  /// Who serves it now, for people; empty: nobody.
  static Optional<String> who(String owner, String beat, String now, AmiSettings settings) {
    Found found = Found.in(owner);
    boolean lives = seconds(now) - seconds(beat) < settings.patience().toSeconds();
    if (found.nobody() || !lives) return Optional.empty();
    return Optional.of(
        "served by %s since %s (ledger %s)"
            .formatted(
                AmiAction.clean(found.where()),
                Instant.ofEpochSecond(seconds(found.since())),
                AmiAction.clean(found.ledger())));
  }

  private static String ask(AmiConnection connection, String name)
      throws IOException, TimeoutException {
    ManagerResponse answer = connection.sendAction(AmiActions.get(name));
    String value = answer.getAttribute("value");
    return value == null ? "" : value;
  }

  /// 0: it says none.
  private static long seconds(String text) {
    return text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
  }
}
