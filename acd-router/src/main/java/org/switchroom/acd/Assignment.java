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
  /// How far it has come.
  public enum State {
    RESERVED,
    RINGING,
    TALKING,
    CONSULTING,
    WRAP_UP;

    /// Whether the agent has not accepted it yet.
    public boolean isOffer() {
      return this == RESERVED || this == RINGING;
    }
  }

  /// 0: adopted, there was no offer.
  long offer;

  RoutedContact contact;
  Agent agent;
  Channel channel;
  State state;
  long since;

  /// When the talk began; in wrap-up the talk's length before it began.
  long accepted;

  /// When a timed wrap-up ends; [Time#NEVER]: it is not timed.
  long until;

  /// The next one of the same contact, while several phones ring for it.
  @Nullable Assignment next;

  /// What the same agent had before it, and still has.
  @Nullable Assignment before;

  final Timer timer = new Timer(Timer.Kind.OFFER_EXPIRES, this);

  Assignment(RoutedContact contact, Agent agent, Channel channel, State state) {
    this.contact = contact;
    this.agent = agent;
    this.channel = channel;
    this.state = state;
  }

  boolean isOffer() {
    return state.isOffer();
  }

  boolean isTalk() {
    return state == State.TALKING || state == State.CONSULTING;
  }

  boolean dispositionNeeded() {
    return contact.line.queue.wrapUp().mode() == WrapUp.Mode.MANDATORY;
  }

  AgentMemory.InHand memory() {
    return new AgentMemory.InHand(
        contact.id,
        offer == 0 ? Optional.empty() : Optional.of(new OfferId(offer)),
        channel,
        state,
        Time.instant(since),
        isOffer() ? Optional.empty() : Optional.of(Time.instant(accepted)),
        timer.memory());
  }

  /// All but what it was made with.
  void recall(AgentMemory.InHand memory) {
    offer = memory.offer().map(OfferId::value).orElse(0L);
    since = Time.nanos(memory.since());
    accepted = Time.nanos(memory.talkSince());
    boolean wrapUp = state == State.WRAP_UP;
    timer.kind = wrapUp ? Timer.Kind.WRAP_UP_ENDS : Timer.Kind.OFFER_EXPIRES;
    until = wrapUp ? Time.nanos(memory.ends().map(DueMemory::at)) : Time.NEVER;
  }

  public RoutedContact contact() {
    return contact;
  }

  public Agent agent() {
    return agent;
  }
}
