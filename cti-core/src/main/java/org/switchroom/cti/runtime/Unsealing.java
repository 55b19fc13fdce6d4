package org.switchroom.cti.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.ledger.PersonKeys;

/// Puts back what [Sealing] has taken out, as far as the keys are there. What is erased stays
/// empty.
final class Unsealing {
  private static final Logger log = LoggerFactory.getLogger(Unsealing.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  /// Paths are many, and each is read once: they are not worth being remembered.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Map<String, JsonNode> values = new HashMap<>();

  /// @param sealed as [Sealing#sealed] has it
  Unsealing(PersonKeys keys, List<byte[]> sealed) {
    for (byte[] one : sealed) {
      if (one == null) continue;
      Seal.open(keys, one).ifPresentOrElse(this::read, Unsealing::gone);
    }
  }

  private void read(byte[] json) {
    try (JsonParser in = FACTORY.createParser(json)) {
      JsonNode all = ValueMapper.MAPPER.readTree(in);
      all.properties().forEach(one -> values.put(one.getKey(), one.getValue()));
    } catch (IOException e) {
      gone();
    }
  }

  private static void gone() {
    if (SAID.getAndSet(true)) return;
    log.info("The ledger tells of persons whose keys are gone: what is personal reads as erased.");
  }

  /// @param at where it stands, as it was taken
  @SuppressWarnings("unchecked")
  <T> T putBack(T value, String at) {
    if (values.isEmpty()) return value;
    return (T) PersonalParts.of(value.getClass()).putBack(value, at, this::value);
  }

  /// Of another build, a value may be of another type.
  private Optional<Object> value(String path, PersonalParts.Part part) {
    JsonNode value = values.get(path);
    if (value == null) return Optional.empty();
    try {
      return Optional.ofNullable(part.reader().readValue(value));
    } catch (IOException e) {
      log.warn("{} cannot be read, and is empty: {}", path, e.getMessage());
      return Optional.empty();
    }
  }
}
