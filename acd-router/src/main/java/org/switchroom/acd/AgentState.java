package org.switchroom.acd;

import java.time.Instant;
import java.util.Optional;

/// What an agent is doing. `since` is when they began. With several contacts in hand it is the most
/// pressing: ringing before reserved, consulting, talking and wrap-up.
public sealed interface AgentState {
  Instant since();

  /// Nobody is at the desk.
  record LoggedOut(Instant since) implements AgentState {}

  /// At the desk, and is given nothing.
  ///
  /// @param reason why, in the words of [Reasons] or the agent's own
  record NotReady(Instant since, String reason) implements AgentState {}

  /// Waits for a contact.
  record Ready(Instant since) implements AgentState {}

  /// An offer is out; the phone does not ring yet.
  record Reserved(Instant since, OfferId offer, ContactId contact) implements AgentState {}

  /// The phone rings for an offer.
  record Ringing(Instant since, OfferId offer, ContactId contact) implements AgentState {}

  /// With a contact: a caller, or a piece of work.
  record Talking(Instant since, ContactId contact) implements AgentState {}

  /// The contact waits while the agent asks somebody.
  record Consulting(Instant since, ContactId contact) implements AgentState {}

  /// A contact is over, and is written down.
  ///
  /// @param until when it ends by itself; empty: when the agent says so
  /// @param dispositionNeeded whether it ends only with a disposition
  record InWrapUp(
      Instant since, ContactId contact, Optional<Instant> until, boolean dispositionNeeded)
      implements AgentState {}

  /// The reasons the router gives by itself.
  final class Reasons {
    public static final String LOGGED_IN = "logged-in";
    public static final String DESK_LOST = "desk-lost";
    public static final String NO_ANSWER = "no-answer";
    public static final String DECLINED = "declined";
    public static final String PHONE_BUSY = "phone-busy";
    public static final String PHONE_UNREACHABLE = "phone-unreachable";

    private Reasons() {}
  }
}
