package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.ContactEvent;

/// What is found out before a ledger is read.
class CodecWarmUpTest {
  @Test
  void everyKindIsReadThatALedgerOrASnapshotTellsOf() {
    var warmUp = new CodecWarmUp();
    assertThat(warmUp.kinds())
        .contains(
            Snapshot.class,
            Call.class,
            Contact.class,
            AgentSession.class,
            CallEvent.CallArrived.class,
            ContactEvent.ContactQueued.class)
        .allMatch(Class::isRecord);
    warmUp.run();
  }
}
