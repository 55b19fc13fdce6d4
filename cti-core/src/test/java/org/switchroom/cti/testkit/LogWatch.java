package org.switchroom.cti.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/// What the classes of a package have logged, on any threads.
public final class LogWatch implements AutoCloseable {
  private final Logger logger;
  private final Kept said = new Kept();

  /// Logback's own list loses one of two events that come in the same moment.
  private static final class Kept extends UnsynchronizedAppenderBase<ILoggingEvent> {
    final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      events.add(event);
    }
  }

  public LogWatch(Class<?> ofPackage) {
    logger = (Logger) LoggerFactory.getLogger(ofPackage.getPackageName());
    said.start();
    logger.addAppender(said);
  }

  public List<String> said(Level level) {
    return said.events.stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(said);
  }
}
