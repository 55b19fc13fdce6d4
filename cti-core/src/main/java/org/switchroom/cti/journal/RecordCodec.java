package org.switchroom.cti.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.switchroom.cti.customer.HistoryRecord;

/// Records as JSON, with their kind by its plain name: `{"kind":"SurveyAnswer",…}`.
public final class RecordCodec {
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface Kind {}

  private static final ObjectMapper MAPPER = mapper();

  private RecordCodec() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addMixIn(HistoryRecord.class, Kind.class)
            .build();
    for (Class<?> kind : HistoryRecord.class.getPermittedSubclasses()) {
      mapper.registerSubtypes(kind);
    }
    return mapper;
  }

  public static byte[] bytes(HistoryRecord record) {
    try {
      return MAPPER.writerFor(HistoryRecord.class).writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record cannot be written: " + record, e);
    }
  }

  /// @throws IOException when it is no record of ours
  public static HistoryRecord record(byte[] bytes) throws IOException {
    return MAPPER.readValue(bytes, HistoryRecord.class);
  }
}
