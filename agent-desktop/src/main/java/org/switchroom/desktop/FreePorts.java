package org.switchroom.desktop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.switchroom.desktop.server.StartFault;

/// Says plainly that a port is taken, before anything is started.
final class FreePorts {
  private FreePorts() {}

  static void mustBeFree(String address, int port, String whose, String advice) {
    if (port == 0) return;
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException e) {
      throw new StartFault(
          "Port %d on %s is taken, and %s needs it. %s".formatted(port, address, whose, advice));
    }
  }
}
