package org.switchroom.cti.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/// What the classes of a package have logged, on any threads.
public final class LogWatch implements AutoCloseable {
  private final Logger logger;
  private final Kept said = new Kept();

  /// Longer than anything waits that gives up and says so.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Logback's own list loses one of two events that come in the same moment.
  private static final class Kept extends UnsynchronizedAppenderBase<ILoggingEvent> {
    final Facts<ILoggingEvent> events = new Facts<>(PATIENCE);

    @Override
    protected void append(ILoggingEvent event) {
      events.accept(event);
    }
  }

  public LogWatch(Class<?> ofPackage) {
    this(ofPackage.getPackageName());
  }

  /// What anything logs, of any library.
  public static LogWatch ofAll() {
    return new LogWatch(Logger.ROOT_LOGGER_NAME);
  }

  private LogWatch(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    said.start();
    logger.addAppender(said);
  }

  public List<String> said(Level level) {
    return said.events.all().stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /// Waits until it is said, or was.
  public void await(Level level, String part) {
    said.events.await(
        ILoggingEvent.class,
        event -> event.getLevel().equals(level) && event.getFormattedMessage().contains(part));
  }

  @Override
  public void close() {
    logger.detachAppender(said);
  }
}
