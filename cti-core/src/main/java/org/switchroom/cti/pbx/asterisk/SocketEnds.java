package org.switchroom.cti.pbx.asterisk;

import java.net.InetAddress;
import java.net.Socket;
import org.asteriskjava.util.SocketConnectionFacade;

/// Who is at both ends of a socket, as Asterisk-Java asks it.
interface SocketEnds extends SocketConnectionFacade {
  Socket socket();

  @Override
  default boolean isConnected() {
    return socket().isConnected();
  }

  @Override
  default InetAddress getLocalAddress() {
    return socket().getLocalAddress();
  }

  @Override
  default int getLocalPort() {
    return socket().getLocalPort();
  }

  @Override
  default InetAddress getRemoteAddress() {
    return socket().getInetAddress();
  }

  @Override
  default int getRemotePort() {
    return socket().getPort();
  }
}
