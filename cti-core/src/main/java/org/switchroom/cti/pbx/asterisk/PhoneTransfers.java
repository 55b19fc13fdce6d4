package org.switchroom.cti.pbx.asterisk;

import java.time.Instant;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.BlindTransferEvent;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.PbxEvent;

/// What agents do with the keys of their phones: hold, and transfers, blind and attended. The
/// bridges say who talks with whom afterwards ([Talks]); these only say why.
final class PhoneTransfers {
  private static final String SUCCESS = "Success";

  private final Callers callers;
  private final Legs legs;
  private final Talks talks;
  private final Consumer<PbxEvent> facts;

  PhoneTransfers(Callers callers, Legs legs, Talks talks, Consumer<PbxEvent> facts) {
    this.callers = callers;
    this.legs = legs;
    this.talks = talks;
    this.facts = facts;
  }

  void held(Instant at, @Nullable String channel, boolean held) {
    if (channel == null || !legs.talks(channel)) return;
    facts.accept(new PbxEvent.PhoneHeld(at, legs.id(channel), held));
  }

  void blind(Instant at, BlindTransferEvent e) {
    transferred(at, e.getTransfererUniqueId(), e.getExtension(), e.getResult());
  }

  /// The phone has a call of the center's and one of its own, and gives one of them the other's
  /// place; which of the two it has begun with does not matter.
  void attended(Instant at, AttendedTransferEvent e) {
    String first = e.getOrigTransfererUniqueid();
    String second = e.getSecondTransfererUniqueid();
    boolean begun = first != null && legs.has(first);
    String leg = begun ? first : second;
    String own = begun ? second : first;
    String caller = e.getTransfereeUniqueid();
    boolean succeeds = SUCCESS.equals(e.getResult());
    if (succeeds && own != null && callers.has(caller) && !own.equals(caller)) {
      if (callers.has(own)) {
        facts.accept(new PbxEvent.CallPutThrough(at, callers.id(caller), callers.id(own)));
      }
      talks.takesPlace(at, caller, own);
    }
    transferred(at, leg, e.getTransferTargetCallerIDNum(), e.getResult());
  }

  private void transferred(
      Instant at, @Nullable String transferer, @Nullable String target, @Nullable String result) {
    if (transferer == null || !legs.has(transferer) || !SUCCESS.equals(result)) return;
    String to = target == null ? "" : target;
    facts.accept(new PbxEvent.CallTransferred(at, legs.id(transferer), to));
  }
}
