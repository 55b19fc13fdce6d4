package org.switchroom.cti.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports that must be known before somebody opens them: they stand in a configuration, or a server
/// that is killed comes back to them. (Who can ask for port 0 and say what it has got does that.)
///
/// A port that was free a moment ago may be another's by now. These are not: they lie outside the
/// range from which the kernel chooses (32768 to 60999, for port 0 and for connections that go
/// out), and whoever has one here has its twin open as long, the same number of the other protocol.
/// No other run of tests gets the twin, and the kernel closes it when this process ends, however it
/// does.
public final class HeldPorts implements AutoCloseable {
  private enum Protocol {
    TCP {
      @Override
      Closeable open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      }
    },
    UDP {
      @Override
      Closeable open(int port) throws IOException {
        var socket = new DatagramSocket(null);
        try {
          socket.setReuseAddress(false);
          socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          return socket;
        } catch (IOException e) {
          socket.close();
          throw e;
        }
      }
    };

    abstract Closeable open(int port) throws IOException;
  }

  /// Who needs them. Asterisk's own media has 20000 to 29999.
  enum Use {
    /// One for each server.
    SERVER(Protocol.TCP, Protocol.UDP, 30_000, LAST + 1, 1),
    /// One for each who calls or is called.
    SIP(Protocol.UDP, Protocol.TCP, 10_000, 12_000, 1),
    /// All phones of an Asterisk.
    PHONES(Protocol.UDP, Protocol.TCP, 12_000, 16_000, 100),
    /// The media of one SIPp: it takes another itself where one is taken.
    MEDIA(Protocol.UDP, Protocol.TCP, 16_000, 19_800, 20);

    private final Protocol protocol;
    private final Protocol twin;
    private final int first;
    private final int blocks;
    private final int width;

    /// What was let go is taken again as late as can be.
    private final AtomicInteger next;

    Use(Protocol protocol, Protocol twin, int first, int end, int width) {
      this.protocol = protocol;
      this.twin = twin;
      this.first = first;
      this.width = width;
      blocks = (end - first) / width;
      next = new AtomicInteger((int) (System.nanoTime() % blocks));
    }
  }

  /// Of all uses.
  static final int LAST = 32_699;

  private static final List<HeldPorts> FOR_GOOD = new CopyOnWriteArrayList<>();

  private final int first;
  private final int last;
  private final Closeable twin;

  private HeldPorts(int first, int last, Closeable twin) {
    this.first = first;
    this.last = last;
    this.twin = twin;
  }

  /// For a server, until this process ends. Nobody listens there before it does.
  public static int forServer() {
    return forGood(Use.SERVER);
  }

  /// As many as the use has, from the number that is returned on; until this process ends.
  static int forGood(Use use) {
    HeldPorts held = take(use);
    FOR_GOOD.add(held);
    return held.first();
  }

  /// The same, until it is closed.
  static HeldPorts take(Use use) {
    for (int tries = 0; tries < use.blocks; tries++) {
      int first = use.first + Math.floorMod(use.next.getAndIncrement(), use.blocks) * use.width;
      Closeable twin;
      try {
        twin = use.twin.open(first);
      } catch (IOException e) {
        continue;
      }
      var held = new HeldPorts(first, first + use.width - 1, twin);
      if (areFree(use, first)) return held;
      held.close();
    }
    throw new IllegalStateException(
        "All %d ports for %s from %d on are taken. Maybe earlier tests have left processes."
            .formatted(use.blocks * use.width, use, use.first));
  }

  /// Of somebody who knows nothing of twins, or was left by a run that was killed.
  private static boolean areFree(Use use, int first) {
    for (int port = first; port < first + use.width; port++) {
      try (var _ = use.protocol.open(port)) {
        // Nobody has it.
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  @Override
  public void close() {
    try {
      twin.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
