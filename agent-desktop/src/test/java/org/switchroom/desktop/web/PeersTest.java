package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Whose requests they are.
class PeersTest {
  @Test
  void whomAProxySpeaksForIsBelievedOfOurOwnAlone() {
    var peers = new Peers(List.of("10.0.0.2", "fd00::2"));
    assertThat(peers.forwarded("10.0.0.2", List.of("203.0.113.7"))).isEqualTo("203.0.113.7");
    assertThat(peers.forwarded("10.0.0.2", List.of("198.51.100.1, 203.0.113.7, fd00::2")))
        .as("what stands before the last that is not ours is anybody's word")
        .isEqualTo("203.0.113.7");
    assertThat(peers.forwarded("10.0.0.2", List.of("x"))).isEqualTo("10.0.0.2");
    assertThat(peers.forwarded("10.0.0.2", List.of())).isEqualTo("10.0.0.2");
    assertThat(Peers.source("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
    assertThat(Peers.source("203.0.113.7")).isEqualTo("203.0.113.7");
  }
}
