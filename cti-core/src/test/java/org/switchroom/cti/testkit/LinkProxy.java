package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP line that can be cut, between us and somebody who lives on.
public final class LinkProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int to;
  private volatile boolean broken;
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
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      } catch (IOException e) {
        // Closed, or nobody is there: the caller sees its socket close.
      }
    }
  }

  private void copy(Socket from, Socket into) {
    try (from;
        into) {
      from.getInputStream().transferTo(into.getOutputStream());
    } catch (IOException e) {
      // One side is gone; both are closed.
    } finally {
      open.remove(from);
      open.remove(into);
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
  void cut() {
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
