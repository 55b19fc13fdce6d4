package org.switchroom.desktop.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.runtime.EffectRunner;

/// Looks customers up and writes them down as the engine wants it, and tells it what came of it.
/// Never on the engine's own thread.
public final class CustomerDesk implements EffectRunner.Customers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CustomerDesk.class);

  private final CustomerDirectory customers;
  private final Consumer<Input> engine;

  /// One after the other: after a start, phones ring before two thousand callers are known.
  private final ExecutorService lookUps =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("identifier").daemon().factory());

  /// The directory lets only a few of them into the database at once.
  private final ExecutorService writes = Executors.newVirtualThreadPerTaskExecutor();

  /// @param engine is told what came of it; it may block
  public CustomerDesk(CustomerDirectory customers, Consumer<Input> engine) {
    this.customers = customers;
    this.engine = engine;
  }

  /// Where the database does not answer, the caller's agent sees the number.
  @Override
  public void lookUp(Effect.LookUp who) {
    lookUps.execute(
        () -> {
          try {
            List<CustomerCard> matches = customers.byNumber(who.from()).join();
            if (matches.isEmpty()) return;
            engine.accept(new Input.CallerIdentified(who.call(), matches));
          } catch (CompletionException e) {
            log.warn("The caller of {} could not be looked up: {}", who.call(), e.toString());
          }
        });
  }

  @Override
  public void write(Effect.WriteCustomer customer) {
    writes.execute(
        () -> engine.accept(new Input.CustomerWritten(customer.command(), written(customer))));
  }

  private Optional<CustomerCard> written(Effect.WriteCustomer customer) {
    Input.NewCustomer command = customer.command();
    try {
      return Optional.of(
          customers
              .create(command.contact(), command.agent(), command.name(), customer.from())
              .join());
    } catch (CompletionException e) {
      log.warn("A customer of {} is not written: {}", command.contact(), e.toString());
      return Optional.empty();
    }
  }

  /// What is under way is left: who has asked for it asks again.
  @Override
  public void close() {
    lookUps.shutdownNow();
    writes.shutdownNow();
  }
}
