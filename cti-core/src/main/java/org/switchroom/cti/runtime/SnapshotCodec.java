package org.switchroom.cti.runtime;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.ledger.PersonKeys;

/// Snapshots as JSON, as [ValueMapper] has it, and behind it what is personal, under the key of
/// each person as in the ledger: so an erasure binds those that are written already.
public final class SnapshotCodec {
  private static final TypeReference<List<byte[]>> SEALED = new TypeReference<>() {};

  private final PersonKeys keys;

  public SnapshotCodec(PersonKeys keys) {
    this.keys = keys;
  }

  /// The keys that it needs are on the disk afterwards.
  public void write(Snapshot snapshot, OutputStream out) throws IOException {
    var persons = new Persons();
    snapshot.contacts().forEach(persons::knows);
    var sealing = new Sealing(keys);
    Snapshot bare =
        with(
            snapshot,
            new Each() {
              @Override
              public <T> T of(T value, ContactId contact, String at) {
                return sealing.take(value, persons.of(contact), at);
              }
            });
    JsonGenerator json = ValueMapper.MAPPER.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    ValueMapper.MAPPER.writeValue(json, bare);
    Optional<List<byte[]>> sealed = sealing.sealed();
    if (sealed.isPresent()) ValueMapper.MAPPER.writeValue(json, sealed.get());
    json.flush();
    keys.force();
  }

  /// @throws IOException when it is none that this build can read
  public Snapshot read(InputStream in) throws IOException {
    JsonParser json = ValueMapper.MAPPER.createParser(in);
    Snapshot bare = ValueMapper.MAPPER.readValue(json, Snapshot.class);
    if (json.nextToken() == null) return bare;
    var opened = new Unsealing(keys, ValueMapper.MAPPER.readValue(json, SEALED));
    return with(
        bare,
        new Each() {
          @Override
          public <T> T of(T value, ContactId contact, String at) {
            return opened.putBack(value, at);
          }
        });
  }

  /// What belongs to a contact.
  private interface Each {
    <T> T of(T value, ContactId contact, String at);
  }

  private static Snapshot with(Snapshot all, Each each) {
    return new Snapshot(
        all.at(),
        all.epoch(),
        all.lastNumber(),
        all.diskFull(),
        all.recordingDiskBroken(),
        list(all.calls(), (call, i) -> each.of(call, call.contact(), "calls." + i + ".")),
        list(all.contacts(), (one, i) -> each.of(one, one.id(), "contacts." + i + ".")),
        list(all.agents(), (agent, i) -> agent(agent, "agents." + i + ".", each)),
        all.phones(),
        all.connected(),
        all.closed(),
        all.answers(),
        list(all.asked(), (one, i) -> each.of(one, one.contact(), "asked." + i + ".")),
        all.outgoing(),
        all.sessions(),
        all.router());
  }

  private static AgentSession agent(AgentSession agent, String at, Each each) {
    return new AgentSession(
        agent.id(),
        agent.state(),
        agent.pending(),
        agent.desk(),
        agent.deskUntil(),
        agent.sitsAt(),
        list(agent.contacts(), (one, i) -> each.of(one, one.contact(), at + i + ".")));
  }

  private interface Changed<T> {
    T of(T value, int place);
  }

  private static <T> List<T> list(List<T> all, Changed<T> changed) {
    var list = new ArrayList<T>(all.size());
    for (T one : all) list.add(changed.of(one, list.size()));
    return list;
  }
}
