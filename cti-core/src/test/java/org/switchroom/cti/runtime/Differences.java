package org.switchroom.cti.runtime;

import java.lang.reflect.RecordComponent;
import org.switchroom.cti.center.Snapshot;

/// A snapshot for people who compare two: a field a line.
final class Differences {
  private Differences() {}

  static String of(Snapshot snapshot) {
    var text = new StringBuilder();
    for (RecordComponent field : Snapshot.class.getRecordComponents()) {
      try {
        text.append(field.getName())
            .append(": ")
            .append(field.getAccessor().invoke(snapshot))
            .append('\n');
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }
}
