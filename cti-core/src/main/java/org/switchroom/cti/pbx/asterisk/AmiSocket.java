package org.switchroom.cti.pbx.asterisk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.asteriskjava.util.SocketConnectionFacade;

/// The line to AMI: no delay of small writes (the library's own socket has it, and it costs an
/// offer its milliseconds), lines that end with CR LF and nothing else, whole messages that the
/// guard has looked at, and a hand on the reader's pace.
final class AmiSocket implements SocketConnectionFacade {
  /// Longer than any line of AMI; a longer one is no AMI.
  private static final int LONGEST_LINE = 1 << 20;

  /// More than any message of AMI has; the answer to `ListCommands` has about 170.
  private static final int MOST_LINES = 10_000;

  private static final int BUFFER = 1 << 16;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final AmiFlow flow;
  private final AmiGuard guard = new AmiGuard(AmiActions.LIST);
  private final Deque<String> ready = new ArrayDeque<>();
  private boolean greeted;
  private byte[] line = new byte[1024];

  AmiSocket(AmiSettings settings, AmiFlow flow) throws IOException {
    this.flow = flow;
    int timeout = (int) settings.silence().toMillis();
    socket =
        settings.tls()
            ? SSLSocketFactory.getDefault().createSocket()
            : SocketFactory.getDefault().createSocket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeout);
      socket.connect(new InetSocketAddress(settings.host(), settings.port()), timeout);
      // Else it would fail where somebody reads, who cannot say what is wrong.
      if (socket instanceof SSLSocket secure) secure.startHandshake();
      in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      out = socket.getOutputStream();
    } catch (IOException e) {
      socket.close();
      throw e instanceof SSLException fault ? new AmiTlsException(settings, fault) : e;
    }
  }

  @Override
  public String readLine() throws IOException {
    if (!greeted) {
      greeted = true;
      return nextLine();
    }
    while (ready.isEmpty()) if (!readMessage()) return null;
    return ready.poll();
  }

  /// Makes the next message ready, if it may be read. The library has taken up all before it.
  ///
  /// @return false: there is none any more
  private boolean readMessage() throws IOException {
    flow.holdBack();
    var lines = new ArrayList<String>();
    String next = nextLine();
    for (; next != null && !next.isEmpty(); next = nextLine()) {
      if (lines.size() == MOST_LINES)
        throw new IOException("A message of AMI has more than " + MOST_LINES + " lines");
      lines.add(next);
    }
    List<String> taken = next == null ? List.of() : guard.take(lines);
    List<String> read = taken.isEmpty() ? taken : AmiEvents.read(taken);
    if (!read.isEmpty()) {
      give(read);
      if (flow.read()) give(AmiFlow.MARK);
    }
    return next != null;
  }

  private void give(List<String> message) {
    ready.addAll(message);
    ready.add("");
  }

  /// A lone CR or LF is part of the line, so a value cannot begin a line of its own. Null: the end.
  private String nextLine() throws IOException {
    int length = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n' && length > 0 && line[length - 1] == '\r') {
        return new String(line, 0, length - 1, StandardCharsets.UTF_8);
      }
      if (length == line.length) {
        if (length >= LONGEST_LINE)
          throw new IOException("A line of AMI is longer than " + LONGEST_LINE);
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) next;
    }
    return null;
  }

  @Override
  public void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flow.end();
    socket.close();
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public InetAddress getRemoteAddress() {
    return socket.getInetAddress();
  }

  @Override
  public int getRemotePort() {
    return socket.getPort();
  }
}
