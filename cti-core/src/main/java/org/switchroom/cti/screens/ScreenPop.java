package org.switchroom.cti.screens;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.ivr.Outcome.TrailEntry;

/// What an agent sees of a contact, from before the phone rings to the end of the wrap-up.
///
/// @param call empty: it is none
/// @param decided when the router chose this agent
/// @param waitingSince when the wait began
/// @param callerName what the caller or their network says that they are called, which may be
///   anything; empty where a customer is known, or may be
/// @param entryPoint what the dialed number is called
/// @param matches who it may be: none, one, or several to choose from
/// @param chosen whom of them an agent has named
/// @param dispositions what the contact may turn out to be about
/// @param handedOver who has given them the contact, and why; empty: it comes out of a queue
/// @param draft what the agent has typed so far
public record ScreenPop(
    ContactId contact,
    Optional<CallId> call,
    Instant decided,
    QueueId queue,
    String queueTitle,
    String from,
    String callerName,
    String entryPoint,
    Instant waitingSince,
    List<TrailEntry> path,
    Map<String, String> answers,
    List<CustomerCard> matches,
    Optional<Long> chosen,
    List<String> dispositions,
    Optional<HandedOver> handedOver,
    Draft draft) {
  /// @param by the colleague's name
  /// @param why in their words; empty: they have said nothing
  /// @param draft what they had typed by then
  /// @param held empty: they gave it away themselves; else it was on hold for too long
  /// @param parked empty: they have not parked it
  public record HandedOver(
      String by, String why, Draft draft, Optional<WasOnHold> held, Optional<Parked> parked) {
    /// By their own wish, at once.
    public HandedOver(String by, String why, Draft draft) {
      this(by, why, draft, Optional.empty(), Optional.empty());
    }
  }

  /// @param since when it was parked
  public record Parked(Instant since) {}

  /// @param talked how long the talk was, the hold included, in milliseconds
  /// @param onHold how long the hold was, in milliseconds
  public record WasOnHold(long talked, long onHold) {}
}
