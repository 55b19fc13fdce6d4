package org.switchroom.desktop.web;

import java.util.stream.Stream;

/// What a sealed interface permits in the end.
final class Sealed {
  private Sealed() {}

  /// Those that are no sealed interfaces themselves, in the order in which they stand.
  static Stream<Class<?>> records(Class<?> sealed) {
    return sealed.isSealed()
        ? Stream.of(sealed.getPermittedSubclasses()).flatMap(Sealed::records)
        : Stream.of(sealed);
  }
}
