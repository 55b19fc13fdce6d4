package org.switchroom.cti.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.ledger.PersonKeys;

/// Turns as bytes: compact JSON as [ValueMapper] has it,
/// `{"at":…,"wall":…,"events":[{"kind":"ContactQueued",…},…],"sealed":["…"]}`. The number is the
/// frame's, and does not stand in it. What is personal does not stand in the events: it is sealed
/// under the key of the person whose contact it is, and is empty when that is destroyed.
///
/// A ledger of another build is read as far as this one knows what it says. An event of an unknown
/// kind, or one that cannot be made of what stands there, is left out of its turn and told to
/// whoever wants to know, as [Unreadable]; everything else is read as ever. So no ledger stops a
/// start.
///
/// [#encode] is for one thread, [#decode] for any.
public final class TurnCodec {
  private static final Logger log = LoggerFactory.getLogger(TurnCodec.class);

  /// As large as a frame mostly is: nothing is copied while it grows.
  private static final int ROOM = 256 << 10;

  private static final int MOST_KEPT = 1 << 20;

  private static final ObjectWriter WRITER = ValueMapper.MAPPER.writerFor(Frame.class);
  private static final ObjectReader READER = ValueMapper.MAPPER.readerFor(Frame.class);
  private static final ObjectReader TREE = ValueMapper.MAPPER.reader();
  private static final ObjectReader EVENT = ValueMapper.MAPPER.readerFor(Event.class);

  /// A turn without its number.
  ///
  /// @param events without what is personal
  /// @param sealed what is, see [Sealing]; empty: there is nothing
  private record Frame(
      Instant at, Instant wall, List<Event> events, Optional<List<byte[]>> sealed) {}

  /// What was left out of a turn.
  ///
  /// @param turn its number
  /// @param kind what it is called there
  /// @param why for people
  public record Unreadable(long turn, String kind, String why) {}

  private final PersonKeys keys;
  private final Consumer<Unreadable> leftOut;
  private final Persons persons = new Persons();
  private final Bytes bytes = new Bytes();

  /// Each kind that cannot be read is logged once, with the number of the first turn that has it.
  public TurnCodec(PersonKeys keys) {
    this(keys, new SaidOnce());
  }

  /// @param leftOut is told on the thread that decodes
  public TurnCodec(PersonKeys keys, Consumer<Unreadable> leftOut) {
    this.keys = keys;
    this.leftOut = leftOut;
  }

  /// A contact that began before what is encoded here: what is told of it is its person's.
  void knows(Contact contact) {
    persons.knows(contact);
  }

  /// The bytes, which stay as they are until the next turn is encoded here.
  ///
  /// @throws IllegalStateException when there is no JSON for it
  public ByteBuffer encode(Turn turn) {
    bytes.reset();
    var sealing = new Sealing(keys);
    var events = new ArrayList<Event>(turn.events().size());
    for (Event event : turn.events()) {
      events.add(
          PersonalParts.of(event.getClass()).any()
              ? sealing.take(event, persons.of(event), at(events.size()))
              : event);
    }
    try {
      WRITER.writeValue(bytes, new Frame(turn.at(), turn.wall(), events, sealing.sealed()));
    } catch (IOException e) {
      throw new IllegalStateException("A turn cannot be written: " + turn, e);
    }
    return bytes.all();
  }

  private static String at(int place) {
    return place + ".";
  }

  /// @param number of its frame
  /// @param frame is read from its position to its limit, which stay where they are
  /// @throws IOException when this is no turn of any build
  public Turn decode(long number, ByteBuffer frame) throws IOException {
    byte[] array;
    int from;
    if (frame.hasArray()) {
      array = frame.array();
      from = frame.arrayOffset() + frame.position();
    } else {
      array = new byte[frame.remaining()];
      frame.duplicate().get(array);
      from = 0;
    }
    return decode(number, array, from, frame.remaining());
  }

  public Turn decode(long number, byte[] frame) throws IOException {
    return decode(number, frame, 0, frame.length);
  }

  private Turn decode(long number, byte[] array, int from, int length) throws IOException {
    try {
      Frame read = READER.readValue(array, from, length);
      if (whole(read)) {
        return turn(number, read.at(), read.wall(), whole(read.events(), read.sealed()));
      }
    } catch (JsonProcessingException e) {
      // One of its events, then; which one is found out below.
    }
    try {
      return asFarAsItGoes(number, TREE.readTree(array, from, length));
    } catch (JsonProcessingException e) {
      throw new IOException("Frame %d is no JSON: %s".formatted(number, e.getOriginalMessage()), e);
    }
  }

  private static boolean whole(Frame frame) {
    return frame.at() != null && frame.wall() != null && !frame.events().contains(null);
  }

  private List<Event> whole(List<Event> events, Optional<List<byte[]>> sealed) {
    if (sealed.isEmpty()) return events;
    var opened = new Unsealing(keys, sealed.get());
    for (int i = 0; i < events.size(); i++) events.set(i, opened.putBack(events.get(i), at(i)));
    return events;
  }

  private Turn asFarAsItGoes(long number, JsonNode frame) throws IOException {
    if (!frame.path("at").isIntegralNumber() || !frame.path("events").isArray()) {
      throw new IOException("Frame %d is no turn.".formatted(number));
    }
    Instant at = ValueMapper.instant(frame.get("at").longValue());
    Instant wall = ValueMapper.instant(frame.path("wall").asLong(ValueMapper.nanos(at)));
    var sealed = new ArrayList<byte[]>();
    for (JsonNode one : frame.path("sealed")) sealed.add(one.binaryValue());
    var opened = new Unsealing(keys, sealed);
    var events = new ArrayList<Event>();
    int place = 0;
    for (JsonNode event : frame.get("events")) {
      String where = at(place++);
      try {
        events.add(opened.putBack(EVENT.<Event>readValue(event), where));
      } catch (JsonProcessingException e) {
        leftOut.accept(new Unreadable(number, event.path("kind").asText("?"), why(e)));
      }
    }
    return turn(number, at, wall, events);
  }

  private static String why(JsonProcessingException e) {
    if (!(e instanceof InvalidTypeIdException unknown)) return e.getOriginalMessage();
    return "There is no %s of kind %s."
        .formatted(unknown.getBaseType().getRawClass().getSimpleName(), unknown.getTypeId());
  }

  private static Turn turn(long number, Instant at, Instant wall, List<Event> events) {
    return new Turn(number, at, wall, Collections.unmodifiableList(events));
  }

  /// Says what is left out, but no kind of it twice.
  private static final class SaidOnce implements Consumer<Unreadable> {
    /// Kinds have names of a build; a file that is none of ours could have any number.
    private static final int MOST_KINDS = 1_000;

    private final Map<String, Boolean> said = new ConcurrentHashMap<>();

    @Override
    public void accept(Unreadable one) {
      if (said.size() >= MOST_KINDS || said.put(one.kind(), true) != null) return;
      log.warn(
          "Turn {} has an event {} that this build cannot read; such events are left out. {}",
          one.turn(),
          one.kind(),
          one.why());
    }
  }

  /// What is written stays in the same array.
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes() {
      super(ROOM);
    }

    /// What a large one has taken is given back.
    @Override
    public synchronized void reset() {
      if (buf.length > MOST_KEPT) buf = new byte[ROOM];
      super.reset();
    }

    ByteBuffer all() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
