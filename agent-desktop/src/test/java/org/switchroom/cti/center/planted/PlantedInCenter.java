package org.switchroom.cti.center.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.runtime.EngineLoop;
import org.switchroom.desktop.settings.Settings;

/// What nobody who decides may do, so that the architecture test can be seen to fail.
public final class PlantedInCenter {
  public EngineLoop runs;
  public Ledger keeps;
  public Settings above;
  public Connection sql;
  public Logger logs;
  public ObjectMapper json;
  public Socket socket;
  public boolean file = Files.exists(Path.of("."));
  public String environment = System.getenv("HOME");

  public Instant now = Instant.now();
  public LocalDate today = LocalDate.now();
  public Supplier<ZonedDateTime> later = ZonedDateTime::now;
  public ZoneId zone = ZoneId.systemDefault();
  public Clock clock = Clock.systemUTC();
  public InstantSource source = InstantSource.system();
  public Date date = new Date();
  public long nanos = System.nanoTime();
  public long millis = System.currentTimeMillis();

  public Random random = new Random();
  public UUID id = UUID.randomUUID();
  public double chance = Math.random();

  public Thread thread = Thread.currentThread();
  public ReentrantLock lock;

  public void shuffles(List<String> all) {
    Collections.shuffle(all);
    all.parallelStream().forEach(String::length);
  }

  public synchronized void method() throws InterruptedException {
    wait();
  }

  public void block() {
    synchronized (this) {
      lock = null;
    }
  }

  /// What goes out has to be data.
  public static final class Says {
    public Consumer<String> answer;
    public CompletableFuture<String> later;
  }
}
