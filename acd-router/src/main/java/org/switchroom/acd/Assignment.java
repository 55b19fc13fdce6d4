package org.switchroom.acd;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.WrapUp;

/// One contact with one agent: from the offer through the talk to the end of the wrap-up.
///
/// A handle: it is used again for another contact when this one is over, so whoever keeps something
/// keeps a copy of it.
public final class Assignment {
  /// 0: adopted, there was no offer.
  long offer;

  RoutedContact contact;
  Agent agent;
  Channel channel;
  AssignmentStage state;
  long since;

  /// When the talk began; in wrap-up the talk's length before it began.
  long accepted;

  /// When a timed wrap-up ends; [RouterTime#NEVER]: it is not timed.
  long until;

  /// The next one of the same contact, while several phones ring for it.
  @Nullable Assignment next;

  /// What the same agent had before it, and still has.
  @Nullable Assignment before;

  final Timer timer = new Timer(Timer.Kind.OFFER_EXPIRES, this);

  Assignment(RoutedContact contact, Agent agent, Channel channel, AssignmentStage state) {
    this.contact = contact;
    this.agent = agent;
    this.channel = channel;
    this.state = state;
  }

  boolean isOffer() {
    return state.isOffer();
  }

  boolean isTalk() {
    return state == AssignmentStage.TALKING || state == AssignmentStage.CONSULTING;
  }

  boolean dispositionNeeded() {
    return contact.line.queue.wrapUp().mode() == WrapUp.Mode.MANDATORY;
  }

  AgentMemory.AssignmentMemory memory() {
    return new AgentMemory.AssignmentMemory(
        contact.id,
        offer == 0 ? Optional.empty() : Optional.of(new OfferId(offer)),
        channel,
        state,
        RouterTime.instant(since),
        isOffer() ? Optional.empty() : Optional.of(RouterTime.instant(accepted)),
        timer.memory());
  }

  /// All but what it was made with.
  void recall(AgentMemory.AssignmentMemory memory) {
    offer = memory.offer().map(OfferId::value).orElse(0L);
    since = RouterTime.nanos(memory.since());
    accepted = RouterTime.nanos(memory.talkSince());
    boolean wrapUp = state == AssignmentStage.WRAP_UP;
    timer.kind = wrapUp ? Timer.Kind.WRAP_UP_ENDS : Timer.Kind.OFFER_EXPIRES;
    until = wrapUp ? RouterTime.nanos(memory.ends().map(DueMemory::at)) : RouterTime.NEVER;
  }

  public RoutedContact contact() {
    return contact;
  }

  public Agent agent() {
    return agent;
  }
}
