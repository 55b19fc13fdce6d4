package org.switchroom.desktop.web;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mockito.ArgumentMatchers;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.AgentView;
import org.switchroom.cti.center.CenterLoop;
import org.switchroom.cti.center.QueueView;
import org.switchroom.cti.center.ScreenPop;
import org.switchroom.cti.center.Screens;
import org.switchroom.cti.center.ShadowView;
import org.switchroom.cti.center.Standing;
import org.switchroom.cti.center.TaskView;
import org.switchroom.cti.center.WaitersView;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.customer.NewCustomer;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.testkit.Mutator;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.testkit.TestCenters;

/// A browser that says anything at all on its WebSocket: every message is answered once, nothing is
/// thrown, and without a call no customer is read or written.
public final class DeskFuzz {
  private static final int AT_ONCE = 10_000;

  private DeskFuzz() {}

  /// @return what went wrong; empty: nothing
  public static List<String> run(long seed, long inputs) throws Exception {
    var faults = new ArrayList<String>();
    var mutator = new Mutator(seed, Mutator.corpus(Mutator.class, "/fuzz/desk.txt"));
    var answered = new AtomicLong();
    ServerWebSocket socket = mock(ServerWebSocket.class, withSettings().stubOnly());
    when(socket.writeTextMessage(ArgumentMatchers.anyString()))
        .thenAnswer(
            _ -> {
              answered.incrementAndGet();
              return Future.succeededFuture();
            });
    var ami = new AmiSettings("x", 1, "u", "s", false, "x:1", AmiSettings.DEFAULT_SILENCE);
    var settings = TestCenters.settings(ami, 1, 0, 1, WrapUp.none());
    Vertx vertx = Vertx.vertx();
    var touched = new AtomicLong();
    try (var customers = new CustomerDirectory(new NoCustomers(touched), new Numbers("TW"));
        var center =
            new CenterLoop(
                settings.forCenter(Standing.NONE),
                Instant::now,
                new NoPbx(),
                new NoScreens(),
                (_, _, _, done) -> done.accept(null))) {
      center.start();
      var commands = new DeskCommands(center, customers, Instant::now);
      var both = EnumSet.of(User.Role.AGENT, User.Role.SUPERVISOR);
      var user = new User("a1", "A1", "", both, "PJSIP/1001", new Skills(Map.of()));
      var desk = new DeskSocket(vertx, socket, user, new Topics());
      for (long i = 0; i < inputs && faults.size() < 5; i++) {
        String text = mutator.nextText();
        try {
          commands.take(desk, text);
        } catch (RuntimeException e) {
          faults.add("Seed %d, input %d: %s in %s".formatted(seed, i, e, text));
        }
        if (i % AT_ONCE == AT_ONCE - 1) await(answered, i + 1);
      }
      if (faults.isEmpty() && !await(answered, inputs)) {
        faults.add("Seed %d: %d inputs, %d answers.".formatted(seed, inputs, answered.get()));
      }
      if (touched.get() > 0) {
        faults.add("Seed %d: customers were touched %d times.".formatted(seed, touched.get()));
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    return faults;
  }

  /// Answers come on other threads.
  private static boolean await(AtomicLong answered, long expected) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (answered.get() < expected && System.nanoTime() < deadline) Thread.onSpinWait();
    return answered.get() == expected;
  }

  private record NoCustomers(AtomicLong touched) implements CustomerStore {
    @Override
    public List<CustomerCard> byNumber(String e164) {
      touched.incrementAndGet();
      return List.of();
    }

    @Override
    public Optional<CustomerCard> byAccount(String account) {
      touched.incrementAndGet();
      return Optional.empty();
    }

    @Override
    public Optional<CustomerCard> byId(long id) {
      touched.incrementAndGet();
      return Optional.empty();
    }

    @Override
    public CustomerCard create(NewCustomer customer) {
      touched.incrementAndGet();
      throw new IllegalStateException("There is no database.");
    }
  }

  private static final class NoScreens implements Screens {
    @Override
    public CompletionStage<Void> pop(AgentId agent, ScreenPop pop) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void show(AgentView view) {}

    @Override
    public void show(QueueView view) {}

    @Override
    public void tasks(AgentId agent, List<TaskView> tasks) {}

    @Override
    public void show(WaitersView view) {}

    @Override
    public void show(ShadowView view) {}

    @Override
    public void pbx(boolean connected) {}
  }
}
