package org.switchroom.cti.center;

import java.util.Optional;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.event.AgentEvent.PhoneLeft;
import org.switchroom.cti.event.AgentEvent.PhoneTaken;
import org.switchroom.cti.event.Refusal;

/// Agents sit at whichever phone is free (hot desks), and are rung there until they log out.
final class SeatRules {
  private SeatRules() {}

  static Optional<Refusal> take(AgentSession agent, String phone, Deciding d) {
    if (agent.loggedOut()) return Optional.of(Refusal.NOT_LOGGED_IN);
    if (!d.plan().maySitAt(agent.id(), phone)) return Optional.of(Refusal.NO_SUCH_PHONE);
    if (d.phones().of(agent.id()).equals(phone)) return Optional.empty();
    if (isInUse(agent, d)) return Optional.of(Refusal.PHONE_IN_USE);
    Optional<AgentSession> other = d.state().sitsAt(phone).flatMap(d.state()::agent);
    if (other.filter(one -> isThere(one, d)).isPresent()) return Optional.of(Refusal.PHONE_TAKEN);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    d.together(
        () -> {
          other.ifPresent(one -> d.emit(new PhoneLeft(one.id())));
          d.emit(new PhoneTaken(agent.id(), phone));
        });
    return Optional.empty();
  }

  /// It rings, or they talk, or listen to a colleague.
  private static boolean isInUse(AgentSession agent, Deciding d) {
    return SupervisionRules.of(agent.id().value(), d).isPresent()
        || agent.contacts().stream().anyMatch(one -> one.leg().isPresent() && isLive(one.stage()));
  }

  private static boolean isLive(Stage stage) {
    return stage != Stage.WRAP_UP;
  }

  /// Whose screen is gone, and who has nothing in hand, has gone home.
  private static boolean isThere(AgentSession one, Deciding d) {
    return one.desk()
        || one.deskUntil().isPresent()
        || !one.contacts().isEmpty()
        || SupervisionRules.of(one.id().value(), d).isPresent();
  }
}
