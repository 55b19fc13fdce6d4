package org.switchroom.acd;

import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.WrapUp;

/// One contact with one agent: from the offer through the talk to the end of the wrap-up.
///
/// A handle: it is used again for another contact when this one is over, so whoever keeps something
/// keeps a copy of it.
public final class Assignment {
  enum State {
    RESERVED,
    RINGING,
    TALKING,
    CONSULTING,
    WRAP_UP
  }

  /// 0: adopted, there was no offer.
  long offer;

  Contact contact;
  Agent agent;
  Channel channel;
  State state;
  long since;

  /// When the talk began.
  long accepted;

  /// When a timed wrap-up ends; [Time#NEVER]: it is not timed.
  long until;

  /// The next one of the same contact, while several phones ring for it.
  Assignment next;

  /// What the same agent had before it, and still has.
  Assignment before;

  final Timer timer = new Timer(Timer.Kind.OFFER_EXPIRES, this);

  Assignment() {}

  boolean isOffer() {
    return state == State.RESERVED || state == State.RINGING;
  }

  boolean dispositionNeeded() {
    return contact.line.queue.wrapUp().mode() == WrapUp.Mode.MANDATORY;
  }

  public Contact contact() {
    return contact;
  }

  public Agent agent() {
    return agent;
  }
}
