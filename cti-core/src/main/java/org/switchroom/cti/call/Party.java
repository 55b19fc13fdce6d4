package org.switchroom.cti.call;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.OfferId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.Supervision;

/// Somebody in a call.
///
/// @param who the agent or supervisor; empty: the caller
/// @param leg our channel to them; empty: the caller's own
/// @param offer that the leg rings or rang for
/// @param since when the connection became so
/// @param supervision how a supervisor takes part, or is to; empty: it is none. One who is being
///   connected (INITIATED) takes the caller over
public record Party(
    Role role,
    String who,
    Optional<LegId> leg,
    Optional<OfferId> offer,
    Connection connection,
    Instant since,
    Optional<Supervision> supervision) {
  /// Who is no supervisor.
  Party(
      Role role,
      String who,
      Optional<LegId> leg,
      Optional<OfferId> offer,
      Connection connection,
      Instant since) {
    this(role, who, leg, offer, connection, since, Optional.empty());
  }

  static Party supervisor(
      String who, LegId leg, Connection connection, Supervision how, Instant since) {
    return new Party(
        Role.SUPERVISOR,
        who,
        Optional.of(leg),
        Optional.empty(),
        connection,
        since,
        Optional.of(how));
  }

  /// What they are in the call.
  public enum Role {
    /// Whose call it is.
    CALLER,
    /// Whom a queue has sent.
    AGENT,
    /// Whom the agent asks beside the caller.
    CONSULTED,
    /// Who listens, whispers or joins.
    SUPERVISOR,
    /// Somebody at a number that was dialed.
    OUTSIDE
  }

  /// How they are connected, in the words of ECMA-269 (CSTA).
  public enum Connection {
    /// Their phone rings.
    ALERTING,
    /// They hear the others.
    CONNECTED,
    /// They have put the call on hold.
    HELD,
    /// They wait in a queue.
    QUEUED,
    /// They are with the PBX: in a script, or being connected.
    INITIATED,
    /// They could not be reached.
    FAILED
  }

  static Party caller(Connection connection, Instant since) {
    return new Party(Role.CALLER, "", Optional.empty(), Optional.empty(), connection, since);
  }

  Party with(Connection other, Instant at) {
    return connection == other ? this : new Party(role, who, leg, offer, other, at, supervision);
  }

  boolean on(LegId other) {
    return leg.isPresent() && leg.get().equals(other);
  }
}
