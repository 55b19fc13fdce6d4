package org.switchroom.cti.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.recording.RecordingLine.Mark;
import org.switchroom.cti.runtime.ValueMapper;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;

/// RecordingLines as JSON, as [ValueMapper] has it, and what a configuration has besides. For one
/// thread.
final class RecordingLines {
  /// Rises when a line means something else.
  static final int FORMAT = 1;

  /// Of SHA-256, in bytes: as good as all of it against chance.
  private static final int DIGEST = 16;

  private static final JsonMapper MAPPER =
      ValueMapper.MAPPER.rebuild().addModule(settings()).build();

  private static final ObjectWriter WRITER = MAPPER.writerFor(RecordingLine.class);
  private static final ObjectReader READER = MAPPER.readerFor(RecordingLine.class);

  /// Equal maps are one, in whatever order a process has them.
  private static final ObjectWriter EVENT =
      MAPPER.writerFor(Event.class).with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final MessageDigest sha = sha256();

  private static SimpleModule settings() {
    var module = new SimpleModule("settings");
    ValueMapper.text(module, ZoneId.class, ZoneId::getId, ZoneId::of);
    ValueMapper.text(module, LocalDate.class, LocalDate::toString, LocalDate::parse);
    ValueMapper.text(module, MonthDay.class, MonthDay::toString, MonthDay::parse);
    ValueMapper.text(module, LocalTime.class, LocalTime::toString, LocalTime::parse);
    ValueMapper.text(module, Expression.class, Expression::toString, RecordingLines::expression);
    module.addAbstractTypeMapping(SequencedMap.class, LinkedHashMap.class);
    return module;
  }

  private static Expression expression(String text) {
    try {
      return Expression.parse(text);
    } catch (ExpressionFault e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /// Without a line's end.
  ///
  /// @throws IllegalStateException when there is no JSON for it
  byte[] write(RecordingLine line) {
    try {
      return WRITER.writeValueAsBytes(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This cannot be written: " + line, e);
    }
  }

  List<Mark> marks(Turn turn) {
    var marks = new ArrayList<Mark>(turn.events().size());
    for (Event event : turn.events()) {
      marks.add(new Mark(event.getClass().getSimpleName(), digest(event)));
    }
    return marks;
  }

  private String digest(Event event) {
    try {
      return HexFormat.of().formatHex(sha.digest(EVENT.writeValueAsBytes(event)), 0, DIGEST);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This cannot be written: " + event, e);
    }
  }

  /// @throws IOException when it is no line of this build's format, with what is wrong
  RecordingLine read(byte[] line) throws IOException {
    return READER.readValue(line);
  }

  /// The format of a first line; 0: it is none.
  int format(byte[] line) throws IOException {
    JsonNode tree = MAPPER.readTree(line);
    boolean begins = tree.path("kind").asText().equals(RecordingLine.Begins.class.getSimpleName());
    return begins ? tree.path("format").asInt() : 0;
  }
}
