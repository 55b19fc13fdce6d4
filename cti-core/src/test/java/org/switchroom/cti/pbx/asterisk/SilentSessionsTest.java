package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.testkit.Await;

class SilentSessionsTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress TWO = InetAddress.ofLiteral("10.0.0.2");
  private static final InetAddress THREE = InetAddress.ofLiteral("10.0.0.3");

  private final Set<String> unread = ConcurrentHashMap.newKeySet();
  private final SilentSessions<String> sessions =
      new SilentSessions<>(4, 2, session -> !unread.contains(session));

  @Test
  void ofOneAddressItsOwnOldestGoes() throws Exception {
    assertThat(sessions.add("b", TWO)).isEmpty();
    assertThat(sessions.add("a1", ONE)).isEmpty();
    assertThat(sessions.add("a2", ONE)).isEmpty();
    assertThat(sessions.add("a3", ONE)).contains("a1");
    assertThat(sessions.add("a4", ONE)).contains("a2");
    assertThat(sessions.size()).isEqualTo(3);
  }

  @Test
  void ofAllTheOldestGoes() throws Exception {
    sessions.add("a1", ONE);
    sessions.add("b1", TWO);
    sessions.add("a2", ONE);
    sessions.add("b2", TWO);
    assertThat(sessions.add("c1", THREE)).contains("a1");
    assertThat(sessions.add("a3", ONE)).contains("b1");
    assertThat(sessions.size()).isEqualTo(4);
  }

  @Test
  void whoHasShownWhoseTheyAreMakesRoom() throws Exception {
    sessions.add("a1", ONE);
    sessions.add("a2", ONE);
    sessions.remove("a1");
    sessions.remove("a1");
    assertThat(sessions.add("a3", ONE)).isEmpty();
    for (String all : new String[] {"a2", "a3"}) sessions.remove(all);
    assertThat(sessions.size()).isZero();
  }

  @Test
  void whoHasSpokenAndWasNotReadStays() throws Exception {
    sessions.add("a1", ONE);
    sessions.add("a2", ONE);
    unread.add("a1");
    assertThat(sessions.add("a3", ONE)).contains("a2");
  }

  @Test
  void whereAllHaveSpokenWhoComesWaitsUntilOneIsRead() throws Exception {
    for (String one : List.of("a1", "a2")) {
      sessions.add(one, ONE);
      unread.add(one);
    }
    var comes = new FutureTask<>(() -> sessions.add("a3", ONE));
    Thread porter = Thread.ofPlatform().daemon().start(comes);
    Await.until(
        () -> porter.getState() == Thread.State.TIMED_WAITING,
        "whoever comes waits",
        Duration.ofSeconds(20));
    assertThat(sessions.size()).isEqualTo(2);
    sessions.remove("a2");
    assertThat(comes.get(20, TimeUnit.SECONDS)).as("there is a place").isEmpty();
    unread.add("a3");
    var next = new FutureTask<>(() -> sessions.add("a4", ONE));
    Thread.ofPlatform().daemon().start(next);
    unread.remove("a3");
    assertThat(next.get(20, TimeUnit.SECONDS)).as("it was read, and says no more").contains("a3");
  }
}
