package org.switchroom.cti.runtime;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.ledger.PersonKeys;

/// Reads one of each kind of value, so that what the codecs find out at the first of a kind is
/// found out before the ledger is read: a start has a processor to spare while the configuration is
/// read, and none after.
final class CodecWarmUp implements Runnable {
  private final Set<Class<?>> kinds = new LinkedHashSet<>();

  CodecWarmUp() {
    find(Snapshot.class);
    find(Event.class);
  }

  /// Every record of ours that can be a part of one.
  Set<Class<?>> kinds() {
    return kinds;
  }

  private void find(Type type) {
    switch (type) {
      case ParameterizedType many -> {
        for (Type one : many.getActualTypeArguments()) find(one);
      }
      case Class<?> one when one.isSealed() -> {
        for (Class<?> kind : one.getPermittedSubclasses()) find(kind);
      }
      case Class<?> one when one.isRecord() && kinds.add(one) -> {
        for (RecordComponent part : one.getRecordComponents()) find(part.getGenericType());
      }
      default -> {}
    }
  }

  @Override
  public void run() {
    seal();
    for (Class<?> kind : kinds) {
      read(ValueMapper.MAPPER.readerFor(kind));
      PersonalParts.of(kind);
    }
  }

  /// Whether it can be made of nothing does not matter.
  private static void read(ObjectReader reader) {
    try {
      reader.readValue("{}");
    } catch (IOException | RuntimeException e) {
      // It cannot.
    }
  }

  private static void seal() {
    var key = new PersonKeys.Key(1, new byte[PersonKeys.BYTES]);
    byte[] closed = Seal.close(key, new byte[] {'{', '}'});
    new Unsealing(new OneKey(key), List.of(closed));
  }

  /// Of nobody.
  private record OneKey(Key key) implements PersonKeys {
    @Override
    public Key of(String person) {
      return key;
    }

    @Override
    public Optional<Key> find(long id) {
      return Optional.of(key);
    }

    @Override
    public void force() {}

    @Override
    public int destroy(Collection<String> persons) {
      return 0;
    }
  }
}
