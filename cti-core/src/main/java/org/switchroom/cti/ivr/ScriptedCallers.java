package org.switchroom.cti.ivr;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.CenterEvent;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.IvrGate;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.Lookups;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.ScriptRunner;

/// Runs the script for each caller, on the caller's own thread. The customer is looked up while the
/// greeting plays.
public final class ScriptedCallers implements IvrGate {
  private static final Logger log = LoggerFactory.getLogger(ScriptedCallers.class);

  /// A caller does not wait longer for the database than this.
  private static final Duration LOOKUP_TIME = Duration.ofSeconds(2);

  private final Script script;
  private final CustomerDirectory customers;
  private final InstantSource clock;
  private final Consumer<CenterEvent> center;

  public ScriptedCallers(
      Script script,
      CustomerDirectory customers,
      InstantSource clock,
      Consumer<CenterEvent> center) {
    this.script = script;
    this.customers = customers;
    this.clock = clock;
    this.center = center;
  }

  @Override
  public Placement serve(CallId call, PhoneNumber from, PhoneNumber dialed, Caller caller) {
    center.accept(new CenterEvent.ScriptStarted(clock.instant(), call, from, dialed));
    var lookup = customers.byNumber(from);
    lookup.thenAccept(found -> identified(call, found));
    Outcome outcome = ScriptRunner.run(script, caller, new DirectoryLookups(call, lookup));
    Instant at = clock.instant();
    center.accept(new CenterEvent.ScriptFinished(at, call, outcome));
    return switch (outcome) {
      case Outcome.Queued queued ->
          new Placement.Hold(queued.queue(), queued.priority(), at.toEpochMilli());
      case Outcome.Runaway _ -> {
        log.warn("Script {} goes in circles; call {} is queued.", script.name(), call);
        yield new Placement.Hold("", 0, at.toEpochMilli());
      }
      case Outcome.HungUp _ -> new Placement.HangUp();
    };
  }

  private void identified(CallId call, List<CustomerCard> found) {
    center.accept(new CenterEvent.CallerIdentified(clock.instant(), call, found));
  }

  private final class DirectoryLookups implements Lookups {
    private final CallId call;
    private final CompletableFuture<List<CustomerCard>> byNumber;

    DirectoryLookups(CallId call, CompletableFuture<List<CustomerCard>> byNumber) {
      this.call = call;
      this.byNumber = byNumber;
    }

    @Override
    public Answer byCallerNumber() {
      return await(byNumber, _ -> {});
    }

    @Override
    public Answer byAccount(String digits) {
      return await(customers.byAccount(digits), found -> identified(call, found));
    }

    private Answer await(
        CompletableFuture<List<CustomerCard>> lookup, Consumer<List<CustomerCard>> found) {
      try {
        List<CustomerCard> matches = lookup.get(LOOKUP_TIME.toMillis(), TimeUnit.MILLISECONDS);
        if (matches.isEmpty()) return Answer.NOT_FOUND;
        found.accept(matches);
        return Answer.FOUND;
      } catch (TimeoutException | ExecutionException e) {
        log.warn("The customer of call {} could not be looked up: {}", call, e.toString());
        return Answer.FAILED;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Answer.FAILED;
      }
    }
  }
}
