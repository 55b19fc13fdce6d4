package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SilentSessionsTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress TWO = InetAddress.ofLiteral("10.0.0.2");
  private static final InetAddress THREE = InetAddress.ofLiteral("10.0.0.3");

  private final SilentSessions<String> sessions = new SilentSessions<>(4, 2);

  @Test
  void ofOneAddressItsOwnOldestGoes() {
    assertThat(sessions.add("b", TWO)).isEmpty();
    assertThat(sessions.add("a1", ONE)).isEmpty();
    assertThat(sessions.add("a2", ONE)).isEmpty();
    assertThat(sessions.add("a3", ONE)).contains("a1");
    assertThat(sessions.add("a4", ONE)).contains("a2");
    assertThat(sessions.size()).isEqualTo(3);
  }

  @Test
  void ofAllTheOldestGoes() {
    sessions.add("a1", ONE);
    sessions.add("b1", TWO);
    sessions.add("a2", ONE);
    sessions.add("b2", TWO);
    assertThat(sessions.add("c1", THREE)).contains("a1");
    assertThat(sessions.add("a3", ONE)).contains("b1");
    assertThat(sessions.size()).isEqualTo(4);
  }

  @Test
  void whoHasShownWhoseTheyAreMakesRoom() {
    sessions.add("a1", ONE);
    sessions.add("a2", ONE);
    sessions.remove("a1");
    sessions.remove("a1");
    assertThat(sessions.add("a3", ONE)).isEmpty();
    for (String all : new String[] {"a2", "a3"}) sessions.remove(all);
    assertThat(sessions.size()).isZero();
  }
}
