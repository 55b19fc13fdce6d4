package org.switchroom.cti.event.planted;

import java.time.Instant;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.center.State;
import org.switchroom.cti.contact.Contact;

/// What no event may do, so that the architecture test can be seen to fail.
public final class PlantedInEvent {
  public Call call;
  public Contact contact;
  public AgentSession agent;
  public State state;
  public Instant reads = Instant.now();
}
