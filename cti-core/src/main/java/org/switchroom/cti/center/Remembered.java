package org.switchroom.cti.center;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.AgentMemory;
import org.switchroom.acd.AssignmentStage;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.ContactMemory;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Stay;

/// What the router remembers, held beside what the state says.
final class Remembered {
  /// Whom the router has a stay with.
  private record With(AgentId agent, AgentMemory.AssignmentMemory hand) {}

  private final Map<ContactId, ContactMemory> contacts = new HashMap<>();
  private final Map<ContactId, List<With>> with = new HashMap<>();

  Remembered(RouterMemory memory) {
    memory.contacts().forEach(one -> contacts.put(one.contact(), one));
    for (AgentMemory agent : memory.agents()) {
      for (AgentMemory.AssignmentMemory hand : agent.inHand()) {
        with.computeIfAbsent(hand.contact(), _ -> new ArrayList<>())
            .add(new With(agent.agent(), hand));
      }
    }
  }

  private List<With> with(ContactId routed) {
    return with.getOrDefault(routed, List.of());
  }

  /// Whether it knows nothing of the stay.
  boolean lacks(ContactId routed) {
    return !contacts.containsKey(routed) && with(routed).isEmpty();
  }

  /// Whether it has the contact wait where the state does and since when, knows of what kind it is,
  /// and asks the same agents.
  boolean waits(Contact contact) {
    ContactMemory known = contacts.get(contact.routed());
    if (known == null || known.kind() != contact.kind()) return false;
    boolean there =
        known.removed() != 0 || contact.queue().filter(known.queue()::equals).isPresent();
    if (contact.stay().map(Stay::since).filter(known.arrived()::equals).isEmpty()) return false;
    var asked = new HashSet<Object>();
    for (With one : with(contact.routed())) {
      if (!one.hand().stage().isOffer()) return false;
      one.hand().offer().ifPresent(offer -> asked.add(List.of(one.agent(), offer)));
    }
    Set<Object> offers = new HashSet<>();
    for (ContactState.Offer one : contact.offers()) offers.add(List.of(one.agent(), one.id()));
    return there && asked.equals(offers);
  }

  /// Whether it has this, and nobody else, in the agent's hand.
  boolean hasAlone(AgentId agent, InHand one) {
    return has(agent, one) && with(Stay.routed(one.contact(), one.stay())).size() == 1;
  }

  /// Whether it has this in the agent's hand, as far as it is.
  boolean has(AgentId agent, InHand one) {
    ContactId routed = Stay.routed(one.contact(), one.stay());
    return contacts.containsKey(routed)
        && with(routed).stream()
            .anyMatch(known -> known.agent().equals(agent) && same(one, known.hand()));
  }

  /// Whether both are the same thing in an agent's hand, as far as it is; whether a phone rings
  /// already is no difference.
  static boolean same(InHand ours, AgentMemory.AssignmentMemory routers) {
    if (!Stay.routed(ours.contact(), ours.stay()).equals(routers.contact())) return false;
    return switch (routers.stage()) {
      case RESERVED, RINGING -> isOffer(ours) && ours.offer().equals(routers.offer());
      case TALKING, CONSULTING ->
          switch (ours.stage()) {
            case TALKING, HELD, WORKING -> true;
            case OFFERED, RINGING, WRAP_UP -> false;
          };
      case WRAP_UP -> ours.stage() == InHand.Stage.WRAP_UP;
    };
  }

  static boolean isOffer(InHand one) {
    return one.stage() == InHand.Stage.OFFERED || one.stage() == InHand.Stage.RINGING;
  }

  /// How far the router has it.
  static AssignmentStage stage(InHand one, AssignmentStage before) {
    return switch (one.stage()) {
      case OFFERED -> AssignmentStage.RESERVED;
      case RINGING -> AssignmentStage.RINGING;
      case TALKING, HELD, WORKING, WRAP_UP -> before;
    };
  }

  /// What the state has of the same, in this agent's hand.
  static Optional<InHand> ours(AgentId agent, AgentMemory.AssignmentMemory routers, State state) {
    return state.agent(agent).stream()
        .flatMap(one -> one.contacts().stream())
        .filter(one -> same(one, routers))
        .findFirst();
  }
}
