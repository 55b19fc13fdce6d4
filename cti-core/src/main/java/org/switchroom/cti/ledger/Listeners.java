package org.switchroom.cti.ledger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is told. One who throws stops nobody else.
final class Listeners<T> {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);
  private final List<Consumer<T>> all = new CopyOnWriteArrayList<>();

  void add(Consumer<T> one) {
    all.add(one);
  }

  void tell(T what) {
    for (Consumer<T> one : all) {
      try {
        one.accept(what);
      } catch (RuntimeException e) {
        log.error("Who was told {} has failed.", what, e);
      }
    }
  }
}
