package org.switchroom.cti.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A database server that takes connections, and says nothing more.
class SilentDatabaseTest {
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void oneThatDoesNotAnswerIsAway() throws Exception {
    // The machine takes the connection, whether anybody looks after it or not.
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:postgresql://127.0.0.1:%d/center".formatted(silent.getLocalPort());
      assertThatThrownBy(() -> Database.openAsItIs(url, "a", "b", Duration.ofMillis(250)))
          .isInstanceOf(RuntimeException.class);
    }
  }
}
