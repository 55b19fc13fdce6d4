package org.switchroom.cti.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ch.qos.logback.classic.Logger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.slf4j.LoggerFactory;

/// Runs tests in a test, whose log is their own.
class FailureLogTest {
  private static final Logger OWN = (Logger) LoggerFactory.getLogger("planted");

  @TempDir Path folder;

  static final class OneFails {
    @BeforeEach
    void begins() {
      OWN.warn("begins");
    }

    @Test
    void passes() {
      OWN.warn("a fault on purpose");
    }

    @Test
    void fails() {
      OWN.warn("a fault of its own");
      throw new AssertionError("on purpose");
    }
  }

  static final class NoneBegins {
    @BeforeAll
    static void begins() {
      OWN.warn("what it needs is not there");
      throw new AssertionError("on purpose");
    }

    @Test
    void passes() {}
  }

  static final class SaysMuch {
    @Test
    void fails() {
      for (int i = 1; i <= 1_000; i++) OWN.warn("line {} {}", i, "x".repeat(100));
      throw new AssertionError("on purpose");
    }
  }

  private Path file() {
    return folder.resolve("tests.log");
  }

  /// Returns what the console says.
  private String run(Class<?> tests) {
    OWN.setAdditive(false);
    var console = new ByteArrayOutputStream();
    var config = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false);
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    LauncherFactory.create(config.build())
        .execute(
            request,
            new FailureLog(OWN, file(), new PrintStream(console, true, StandardCharsets.UTF_8)));
    OWN.detachAndStopAllAppenders();
    return console.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatATestThatFailedHasLoggedIsShown() {
    assertThat(run(OneFails.class))
        .containsSubsequence("OneFails.fails", "begins", "a fault of its own")
        .contains(file().toString())
        .doesNotContain("a fault on purpose");
  }

  @Test
  void allOfItIsInTheFileUnderTheNamesOfTheTests() throws Exception {
    run(OneFails.class);
    assertThat(Files.readString(file()))
        .containsSubsequence("OneFails.passes", "a fault on purpose")
        .containsSubsequence("OneFails.fails", "a fault of its own");
  }

  @Test
  void whatComesBeforeTheFirstTestIsShownWhereItFailed() {
    assertThat(run(NoneBegins.class))
        .containsSubsequence("NoneBegins", "what it needs is not there");
  }

  @Test
  void ofALongLogTheEndIsShown() {
    assertThat(run(SaysMuch.class))
        .contains("line 1000 ")
        .doesNotContain("line 1 ")
        .hasSizeLessThan(34 << 10);
  }
}
