package org.switchroom.cti.runtime;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.cti.ledger.PersonKeys;

/// Takes personal values out of others, and puts those of each person under their key: JSON with a
/// field for each value, by its path.
final class Sealing {
  private record Value(String path, PersonalParts.Part part, Object value) {}

  private final PersonKeys keys;
  private final Map<String, List<Value>> byPerson = new LinkedHashMap<>(2);

  Sealing(PersonKeys keys) {
    this.keys = keys;
  }

  /// The value without what is personal.
  ///
  /// @param person whose it is
  /// @param at where it stands: begins the paths
  @SuppressWarnings("unchecked")
  <T> T take(T value, String person, String at) {
    return (T)
        PersonalParts.of(value.getClass())
            .take(
                value,
                at,
                (path, part, there) ->
                    byPerson
                        .computeIfAbsent(person, _ -> new ArrayList<>())
                        .add(new Value(path, part, there)));
  }

  /// What was taken, one of each person; empty: nothing was.
  Optional<List<byte[]>> sealed() {
    if (byPerson.isEmpty()) return Optional.empty();
    var all = new ArrayList<byte[]>(byPerson.size());
    byPerson.forEach((person, values) -> all.add(Seal.close(keys.of(person), json(values))));
    return Optional.of(all);
  }

  private static byte[] json(List<Value> values) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = ValueMapper.MAPPER.createGenerator(bytes)) {
      out.writeStartObject();
      for (Value one : values) {
        out.writeFieldName(one.path());
        one.part().writer().writeValue(out, one.value());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
