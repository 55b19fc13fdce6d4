package org.switchroom.cti.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.MemoryChange;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.runtime.TurnCodec.Unreadable;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.MemoryKeys;
import org.switchroom.cti.testkit.RandomValues;

/// What is written into the ledger is read back as it was, also by a later build.
class TurnCodecTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00.123456789Z");
  private static final ContactId CONTACT = new ContactId("c1");
  private static final int SAMPLES_OF_A_KIND = 200;

  private final List<Unreadable> unreadable = new ArrayList<>();
  private final MemoryKeys keys = new MemoryKeys();
  private final TurnCodec codec = new TurnCodec(keys, unreadable::add);

  private static String text(ByteBuffer bytes) {
    return UTF_8.decode(bytes.duplicate()).toString();
  }

  private Turn again(Turn turn) throws IOException {
    return codec.decode(turn.number(), codec.encode(turn));
  }

  /// Of a kind that is new, samples are made by themselves.
  @Test
  void everyKindOfEventIsReadBackAsItWas() throws Exception {
    long seed = System.nanoTime();
    var values = new RandomValues(new SplittableRandom(seed));
    List<Class<?>> kinds = RandomValues.kinds(Event.class);
    assertThat(kinds).hasSizeGreaterThan(45);
    for (Class<?> kind : kinds) {
      for (int i = 0; i < SAMPLES_OF_A_KIND; i++) {
        var turn = new Turn(7, NOON, NOON.plusNanos(1), List.of((Event) values.of(kind)));
        assertThat(again(turn)).as("seed %d, %s", seed, kind).isEqualTo(turn);
      }
    }
    assertThat(unreadable).isEmpty();
  }

  @Test
  void noTwoKindsOfOneInterfaceHaveOneName() {
    for (Class<?> choice :
        List.of(
            Event.class,
            AgentEvent.Presence.class,
            AgentState.class,
            MemoryChange.class,
            CallState.class,
            ContactState.class)) {
      assertThat(RandomValues.kinds(choice))
          .extracting(Class::getSimpleName)
          .doesNotHaveDuplicates();
    }
  }

  /// A snapshot is written with the same mapper.
  @Test
  void whatASnapshotHasIsReadBackAsItWas() throws Exception {
    long seed = System.nanoTime();
    var values = new RandomValues(new SplittableRandom(seed));
    JsonMapper mapper = ValueMapper.MAPPER;
    for (Class<?> kind :
        List.of(Contact.class, Call.class, AgentSession.class, RouterMemory.class)) {
      for (int i = 0; i < SAMPLES_OF_A_KIND; i++) {
        Object value = values.of(kind);
        assertThat(mapper.readValue(mapper.writeValueAsBytes(value), kind))
            .as("seed %d", seed)
            .isEqualTo(value);
      }
    }
  }

  /// By which a whole state is kept.
  private record Remembered(
      Map<AgentId, Integer> shares, Map<OfferId, CallId> offers, Map<Instant, Duration> times) {}

  @Test
  void idsAreKeysToo() throws Exception {
    JsonMapper mapper = ValueMapper.MAPPER;
    var value =
        new Remembered(
            Map.of(new AgentId("ann"), 1),
            Map.of(new OfferId(7), new CallId("c@b")),
            Map.of(NOON, Duration.ofNanos(3)));
    String text = mapper.writeValueAsString(value);
    assertThat(text)
        .isEqualTo(
            "{\"shares\":{\"ann\":1},\"offers\":{\"7\":\"c@b\"},\"times\":{\"1767614400123456789\":3}}");
    assertThat(mapper.readValue(text, Remembered.class)).isEqualTo(value);
  }

  @Test
  void aTurnIsReadByPeopleToo() {
    var turn =
        new Turn(
            3,
            NOON,
            NOON,
            List.of(
                new CallEvent.CallQueued(new CallId("17.5"), CONTACT),
                new AgentEvent.AgentMoved(
                    new AgentId("ann"),
                    new AgentState.InWrapUp(NOON, CONTACT, Optional.empty(), true),
                    Optional.empty()),
                new ContactEvent.OfferRinging(CONTACT, new OfferId(7), new AgentId("ann"))));
    assertThat(text(codec.encode(turn)))
        .isEqualTo(
            "{\"at\":1767614400123456789,\"wall\":1767614400123456789,\"events\":["
                + "{\"kind\":\"CallQueued\",\"call\":\"17.5\",\"contact\":\"c1\"},"
                + "{\"kind\":\"AgentMoved\",\"agent\":\"ann\",\"state\":{\"kind\":\"InWrapUp\","
                + "\"since\":1767614400123456789,\"contact\":\"c1\",\"dispositionNeeded\":true}},"
                + "{\"kind\":\"OfferRinging\",\"contact\":\"c1\",\"offer\":7,\"agent\":\"ann\"}]}");
  }

  @Test
  void timesBeyondAllCalendarsAreCutNotRefused() throws Exception {
    Instant last = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000, 854_775_807);
    var turn =
        new Turn(
            1,
            Instant.MAX,
            Instant.MIN,
            List.of(new CenterEvent.EngineStarted(1, Duration.ofSeconds(Long.MAX_VALUE))));
    Turn read = again(turn);
    assertThat(read.at()).isEqualTo(last);
    assertThat(read.wall()).isBefore(Instant.parse("1678-01-01T00:00:00Z"));
    assertThat(read.events())
        .containsExactly(new CenterEvent.EngineStarted(1, Duration.ofNanos(Long.MAX_VALUE)));
  }

  // ── Other builds ────────────────────────────────────────────────────────────────────────────

  private List<String> olderLedger() throws IOException {
    try (var in = getClass().getResourceAsStream("ledger-of-another-build.jsonl")) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  /// It has a field that is no more, lacks one that is new, and tells of things that this build
  /// knows nothing of.
  @Test
  void aLedgerOfAnotherBuildIsReadAsFarAsItGoes() throws Exception {
    var turns = new ArrayList<Turn>();
    for (String line : olderLedger()) {
      turns.add(codec.decode(turns.size() + 1, line.getBytes(UTF_8)));
    }
    assertThat(turns).extracting(turn -> turn.events().size()).containsExactly(1, 2, 3, 1, 1, 0);
    assertThat(turns.get(0).events())
        .as("a field that is no more")
        .containsExactly(new CenterEvent.EngineStarted(4, Duration.ofSeconds(2)));
    assertThat(turns.get(2).events().get(0))
        .as("fields that are new")
        .isInstanceOfSatisfying(
            ContactEvent.ContactQueued.class,
            queued -> {
              assertThat(queued.queue()).isEqualTo(new QueueId("orders"));
              assertThat(queued.request().ask()).isEmpty();
              assertThat(queued.request().preferred()).isEmpty();
            });
    assertThat(turns.get(4).events())
        .as("what comes after something unknown")
        .containsExactly(
            new ContactEvent.ContactClosed(
                CONTACT, ContactOutcome.ANSWERED, Instant.parse("2026-01-05T12:05:00Z")));
    assertThat(unreadable)
        .extracting(Unreadable::turn, Unreadable::kind)
        .as("unknown: a kind, a state, an outcome; and ids that are none")
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(4L, "ContactCloned"),
            org.assertj.core.groups.Tuple.tuple(4L, "AgentMoved"),
            org.assertj.core.groups.Tuple.tuple(5L, "ContactClosed"),
            org.assertj.core.groups.Tuple.tuple(6L, "CallQueued"),
            org.assertj.core.groups.Tuple.tuple(6L, "?"));
    assertThat(turns.get(5).at()).as("its time counts").isAfter(turns.get(4).at());
  }

  @Test
  void whatIsLeftOutIsSaidOnceForEachKind() throws Exception {
    try (var log = new LogWatch(TurnCodec.class)) {
      var saying = new TurnCodec(keys);
      for (int i = 1; i <= 100; i++) {
        for (String line : olderLedger()) saying.decode(i, line.getBytes(UTF_8));
      }
      assertThat(log.said(Level.WARN)).hasSize(5).anyMatch(line -> line.contains("ContactCloned"));
    }
  }

  @Test
  void whatIsNoTurnIsRefusedWithItsNumber() {
    for (String text :
        List.of("{}", "[1]", "{\"at\":1}", "{\"at\":\"now\",\"events\":[]}", "torn{")) {
      assertThatThrownBy(() -> codec.decode(12, text.getBytes(UTF_8)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("12");
    }
  }

  /// A field that is renamed would be lost without a word.
  @Test
  void everyFieldHasItsPlaceInTheText() throws Exception {
    var values = new RandomValues(new SplittableRandom(1));
    JsonMapper mapper = ValueMapper.MAPPER;
    for (Class<?> kind : RandomValues.kinds(Event.class)) {
      var met = new HashMap<String, Boolean>();
      for (int i = 0; i < SAMPLES_OF_A_KIND; i++) {
        var turn = new Turn(1, NOON, NOON, List.of((Event) values.of(kind)));
        JsonNode event = mapper.readTree(text(codec.encode(turn))).get("events").get(0);
        event.fieldNames().forEachRemaining(name -> met.put(name, true));
      }
      var expected = new ArrayList<String>(List.of("kind"));
      for (var component : kind.getRecordComponents()) expected.add(component.getName());
      assertThat(met.keySet()).as("%s", kind).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
