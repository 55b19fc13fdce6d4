package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The line to AMI: no delay of small writes (the library's own socket has it, and it costs an
/// offer its milliseconds), lines that end with CR LF and nothing else, whole messages that the
/// guard has looked at, and a hand on the reader's pace.
final class AmiSocket implements SocketEnds {
  /// Longer than any line of AMI; a longer one is no AMI.
  private static final int LONGEST_LINE = 1 << 20;

  /// More than any message of AMI has; the answer to `ListCommands` has about 170.
  private static final int MOST_LINES = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final AmiFlow flow;
  private final AmiGuard guard = new AmiGuard(AmiActions.LIST);
  private final Deque<String> ready = new ArrayDeque<>();
  private boolean greeted;

  /// What was read, from the beginning of the next line on. Byte by byte from a stream would cost
  /// more than all the rest of an event.
  private byte[] block = new byte[1 << 16];

  private int begin;
  private int end;

  AmiSocket(AmiSettings settings, AmiFlow flow) throws IOException {
    this.flow = flow;
    int timeout = (int) settings.silence().toMillis();
    Optional<AmiTrust> trust =
        settings.tls().equals(AmiTls.NONE)
            ? Optional.empty()
            : Optional.of(AmiTrust.of(settings.tls()));
    socket = trust.isPresent() ? trust.get().socket() : SocketFactory.getDefault().createSocket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeout);
      socket.connect(new InetSocketAddress(settings.host(), settings.port()), timeout);
      // Else it would fail where somebody reads, who cannot say what is wrong.
      if (socket instanceof SSLSocket secure) secure.startHandshake();
      in = socket.getInputStream();
      out = socket.getOutputStream();
    } catch (IOException e) {
      socket.close();
      throw e instanceof SSLException fault
          ? new AmiTlsException(settings, fault, trust.flatMap(AmiTrust::shown))
          : e;
    }
  }

  @Override
  public @Nullable String readLine() throws IOException {
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
  private @Nullable String nextLine() throws IOException {
    for (int at = begin; true; at++) {
      if (at == end) {
        at -= begin;
        if (!readMore()) return null;
      }
      if (block[at] != '\n' || at == begin || block[at - 1] != '\r') continue;
      var line = new String(block, begin, at - 1 - begin, StandardCharsets.UTF_8);
      begin = at + 1;
      return line;
    }
  }

  /// The line that has begun is at the block's beginning then. Returns false at the end.
  private boolean readMore() throws IOException {
    System.arraycopy(block, begin, block, 0, end - begin);
    end -= begin;
    begin = 0;
    if (end >= LONGEST_LINE) throw new IOException("A line of AMI is longer than " + LONGEST_LINE);
    if (end == block.length) block = Arrays.copyOf(block, 2 * end);
    int read = in.read(block, end, block.length - end);
    end += Math.max(read, 0);
    return read >= 0;
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
  public Socket socket() {
    return socket;
  }
}
