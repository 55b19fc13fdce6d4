package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP line that can be cut, between us and somebody who lives on.
public final class LinkProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int to;
  private volatile boolean broken;
  private volatile long delayMillis;

  /// Taken by who lets nothing through. Guarded by itself.
  private final Object frozen = new Object();

  private boolean isFrozen;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  public LinkProxy(int to) {
    this.to = to;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        if (broken) {
          near.close();
          continue;
        }
        Socket far = far(near);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        open.add(near);
        open.add(far);
        // It was broken while this one was on its way.
        if (broken) {
          near.close();
          far.close();
        }
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      } catch (IOException e) {
        // Closed, or nobody is there: the caller sees its socket close.
      }
    }
  }

  private Socket far(Socket near) throws IOException {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), to);
    } catch (IOException e) {
      near.close();
      throw e;
    }
  }

  private void copy(Socket from, Socket into) {
    try (from;
        into) {
      pass(from.getInputStream(), into.getOutputStream());
    } catch (IOException e) {
      // One side is gone; both are closed.
    } finally {
      open.remove(from);
      open.remove(into);
    }
  }

  private void pass(InputStream in, OutputStream out) throws IOException {
    byte[] chunk = new byte[16_384];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      hold();
      out.write(chunk, 0, read);
      out.flush();
    }
  }

  private void hold() throws IOException {
    try {
      if (delayMillis > 0) Thread.sleep(delayMillis);
      synchronized (frozen) {
        while (isFrozen) frozen.wait();
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /// Every chunk takes so long, in both directions.
  public void slowDown(Duration delay) {
    delayMillis = delay.toMillis();
  }

  /// Sockets are accepted and stay open, and nothing goes through, until it is thawed.
  public void freeze(boolean now) {
    synchronized (frozen) {
      isFrozen = now;
      frozen.notifyAll();
    }
  }

  /// Breaks what is open; what comes is refused until [#mend].
  public void breakOff() {
    broken = true;
    cut();
  }

  public void mend() {
    broken = false;
  }

  /// Breaks what is open; what comes is let through.
  public void cut() {
    for (Socket socket : Set.copyOf(open)) {
      try {
        socket.close();
      } catch (IOException e) {
        // It was closing already.
      }
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
