package org.switchroom.cti.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Tests provoke faults, and what is logged of them is nobody's matter as long as they pass. So
/// everything that is logged goes to `target/tests.log`, under the name of its test, and the
/// console has what was logged during a test that failed.
///
/// JUnit finds it by `META-INF/services`. Processes that tests start log as they did.
public final class FailureLog implements TestExecutionListener {
  private static final Path FILE = Path.of("target", "tests.log");

  /// Of a stack, what is not JUnit's.
  private static final String LINE =
      "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{0} - %msg%n"
          + "%ex{full, org.junit, org.apache.maven}";

  /// More of it is in the file alone. In bytes.
  private static final int MOST_SHOWN = 32 << 10;

  private final Logger logger;
  private final Path file;
  private final PrintStream console;
  private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

  /// Where in the file each of those begins that are under way.
  private final Map<String, Long> begins = new ConcurrentHashMap<>();

  /// For JUnit: everything that is logged in this process.
  public FailureLog() {
    this((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME), FILE, System.out);
  }

  /// @param logger logs to the file from the first test on, and nowhere else
  FailureLog(Logger logger, Path file, PrintStream console) {
    this.logger = logger;
    this.file = file;
    this.console = console;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    if (appender.isStarted()) return;
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(logger.getLoggerContext());
    encoder.setPattern(LINE);
    encoder.start();
    appender.setContext(logger.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setFile(file.toString());
    appender.setAppend(false);
    appender.start();
    logger.detachAndStopAllAppenders();
    logger.addAppender(appender);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    // Past the levels of its logger: it is no news, and must be there.
    appender.doAppend(
        new LoggingEvent(
            FailureLog.class.getName(), logger, Level.INFO, "── " + name(test), null, null));
    begins.put(test.getUniqueId(), size());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Long from = begins.remove(test.getUniqueId());
    if (result.getStatus() == TestExecutionResult.Status.FAILED)
      show(test, from == null ? 0 : from);
  }

  private void show(TestIdentifier test, long from) {
    String logged = logged(from);
    if (logged.isBlank()) return;
    console.printf(
        "── Logged during %s, which failed (all of it is in %s):%n%s── end of that log%n",
        name(test), file.toAbsolutePath(), logged);
  }

  private static String name(TestIdentifier test) {
    return test.getSource().orElse(null) instanceof MethodSource method
        ? method.getClassName() + "." + test.getLegacyReportingName()
        : test.getLegacyReportingName();
  }

  private String logged(long from) {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long begin = Math.max(from, in.length() - MOST_SHOWN);
      in.seek(begin);
      byte[] bytes = new byte[(int) (in.length() - begin)];
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return begin == from ? text : "…" + text.substring(text.indexOf('\n'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long size() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
