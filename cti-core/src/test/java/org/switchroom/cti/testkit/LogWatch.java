package org.switchroom.cti.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/// What the classes of a package say to the log.
public final class LogWatch implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  public LogWatch(Class<?> ofPackage) {
    logger = (Logger) LoggerFactory.getLogger(ofPackage.getPackageName());
    said.start();
    logger.addAppender(said);
  }

  public List<String> said(Level level) {
    return List.copyOf(said.list).stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(said);
  }
}
