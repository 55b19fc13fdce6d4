package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.asteriskjava.util.ServerSocketFacade;
import org.asteriskjava.util.SocketConnectionFacade;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A FastAGI session whose beginning says each thing once. Asterisk writes there who called and who
/// has forwarded them as it came, line ends too, and the library takes what comes last: a caller
/// could give themselves another call's id.
final class AgiGuard implements SocketConnectionFacade {
  private static final Logger log = LoggerFactory.getLogger(AgiGuard.class);

  /// More than any beginning has; Asterisk's own are about twenty.
  private static final int MOST_LINES = 200;

  private static final int LONGEST_TOLD = 100;

  private final SocketConnectionFacade session;
  private final Map<String, String> said = new HashMap<>();
  private boolean begun;

  private AgiGuard(SocketConnectionFacade session) {
    this.session = session;
  }

  /// Sessions that are looked at.
  static ServerSocketFacade of(ServerSocketFacade sessions) {
    return new ServerSocketFacade() {
      @Override
      public SocketConnectionFacade accept() throws IOException {
        return new AgiGuard(sessions.accept());
      }

      @Override
      public void setSocketReadTimeout(int millis) {
        sessions.setSocketReadTimeout(millis);
      }

      @Override
      public void close() throws IOException {
        sessions.close();
      }
    };
  }

  @Override
  public @Nullable String readLine() throws IOException {
    String line = session.readLine();
    if (line == null || begun) return line;
    if (line.isEmpty()) {
      begun = true;
      said.clear();
      return line;
    }
    int colon = line.indexOf(':');
    if (colon < 0) return line;
    String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).strip();
    String before = said.putIfAbsent(name, value);
    boolean twice = before != null && !before.equals(value);
    if (twice || said.size() > MOST_LINES) {
      String text = AmiAction.clean(line);
      log.warn(
          "A session of AGI says something twice and is refused. Maybe a caller has written it into"
              + " a number: {}",
          text.substring(0, Math.min(LONGEST_TOLD, text.length())));
      session.close();
      throw new IOException("AGI says something twice");
    }
    return line;
  }

  @Override
  public void write(String text) throws IOException {
    session.write(text);
  }

  @Override
  public void flush() throws IOException {
    session.flush();
  }

  @Override
  public void close() throws IOException {
    session.close();
  }

  @Override
  public boolean isConnected() {
    return session.isConnected();
  }

  @Override
  public InetAddress getLocalAddress() {
    return session.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return session.getLocalPort();
  }

  @Override
  public InetAddress getRemoteAddress() {
    return session.getRemoteAddress();
  }

  @Override
  public int getRemotePort() {
    return session.getRemotePort();
  }
}
