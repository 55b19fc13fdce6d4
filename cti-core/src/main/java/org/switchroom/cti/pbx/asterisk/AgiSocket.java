package org.switchroom.cti.pbx.asterisk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One session's connection, which is read as far as its beginning before anybody is given it. No
/// line and no beginning is longer than Asterisk's are.
final class AgiSocket implements SocketEnds {
  /// Asterisk's has about twenty lines; in bytes.
  private static final int LONGEST_BEGINNING = 16 << 10;

  /// An answer, with a variable's value in it; in bytes.
  private static final int LONGEST_LINE = 64 << 10;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Deque<String> beginning = new ArrayDeque<>();
  private final StringBuilder unsent = new StringBuilder();
  private final AtomicReference<Runnable> whenClosed = new AtomicReference<>(() -> {});

  /// Who reads and has not come back from that; null: nobody.
  private volatile @Nullable Thread reader;

  AgiSocket(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(new Received(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /// Whether it is the other side that has to speak: whom nobody has read yet, or has just read and
  /// not thought of, is not silent. In this order, as a reader who has taken the last of it runs
  /// until it is the reader no more.
  boolean isSilent() {
    Thread waits = reader;
    if (waits == null) return false;
    try {
      if (socket.getInputStream().available() > 0) return false;
    } catch (IOException closed) {
      return true;
    }
    return isParked(waits) && reader != null;
  }

  private static boolean isParked(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  /// Where it comes from, as text.
  String peer() {
    return socket.getInetAddress().getHostAddress();
  }

  /// Reads until the empty line. Who reads on is given all of it once more.
  List<String> readBeginning() throws IOException {
    var lines = new ArrayList<String>();
    int left = LONGEST_BEGINNING;
    String line;
    do {
      line = nextLine(left);
      left -= line.getBytes(StandardCharsets.UTF_8).length + 1;
      lines.add(line);
    } while (!line.isEmpty());
    beginning.addAll(lines);
    return lines;
  }

  @Override
  public String readLine() throws IOException {
    String line = beginning.poll();
    return line == null ? nextLine(LONGEST_LINE) : line;
  }

  private String nextLine(int longest) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new EOFException("AGI says nothing more");
      if (line.size() >= longest) throw new IOException("AGI does not come to an end");
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void write(String text) {
    unsent.append(text);
  }

  @Override
  public void flush() throws IOException {
    out.write(unsent.toString().getBytes(StandardCharsets.UTF_8));
    unsent.setLength(0);
  }

  /// @param work to be done once, when it is closed by whoever was given it
  void whenClosed(Runnable work) {
    whenClosed.set(work);
  }

  @Override
  public void close() throws IOException {
    whenClosed.getAndSet(() -> {}).run();
    socket.close();
  }

  @Override
  public Socket socket() {
    return socket;
  }

  private final class Received extends FilterInputStream {
    Received(InputStream from) {
      super(from);
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
      reader = Thread.currentThread();
      try {
        return in.read(into, at, most);
      } finally {
        reader = null;
      }
    }
  }
}
