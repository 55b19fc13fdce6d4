package org.switchroom.cti.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HeldPortsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void noOtherRunOfTestsGetsTheTwinBeforeItIsLetGo() throws Exception {
    HeldPorts held = HeldPorts.take(HeldPorts.Use.SERVER);
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> new DatagramSocket(held.first(), HERE));
    held.close();
    try (var _ = new DatagramSocket(held.first(), HERE)) {
      assertThat(held.first()).isPositive();
    }
  }

  @Test
  void aServerComesBackToItsPort() throws Exception {
    int port = HeldPorts.forServer();
    for (int run = 0; run < 2; run++) {
      try (var server = new ServerSocket(port, 1, HERE)) {
        assertThat(server.getLocalPort()).isEqualTo(port);
      }
    }
  }

  /// Else a connection that goes out may have the port when its server comes.
  @Test
  void theKernelGivesNoneOfThemAway() throws Exception {
    Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    int first;
    // The kernel says it to one read that is long enough.
    try (var said = Files.newBufferedReader(range)) {
      first = Integer.parseInt(said.readLine().split("\\s+")[0]);
    }
    assertThat(HeldPorts.LAST)
        .as("Maybe net.ipv4.ip_local_port_range was made wider here.")
        .isLessThan(first);
  }
}
