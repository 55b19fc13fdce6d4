package org.switchroom.desktop.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

/// What a person reads who has started something that does not work.
class PlainMessageTest {
  private static String said(Throwable fault) {
    return PlainMessage.of(fault);
  }

  @Test
  void aFilesNameAloneSaysNothing() {
    assertThat(said(new AccessDeniedException("data/ledger/halt")))
        .isEqualTo("AccessDeniedException: data/ledger/halt");
  }

  @Test
  void whoHasSaidWhatItWasAboutIsHeard() {
    var full = new IOException("No space left on device");
    String more = "The ledger in data cannot be opened: No space left on device";
    assertThat(said(new IllegalStateException(new IOException(more, full)))).isEqualTo(more);
    assertThat(said(new IOException(full))).isEqualTo("No space left on device");
    assertThat(said(new IOException("It is broken.", full))).isEqualTo("No space left on device");
  }
}
