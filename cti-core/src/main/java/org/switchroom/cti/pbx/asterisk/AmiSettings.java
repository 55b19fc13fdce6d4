package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;

/// How to reach Asterisk's manager interface.
///
/// @param agiAddress where the dialplan reaches our FastAGI front, as `host:port`
/// @param patience without a heartbeat for so long, the dialplan's fallback queue takes over
/// @param silence a link that says nothing for so long is dead; our heartbeat asks every second
public record AmiSettings(
    String host,
    int port,
    String user,
    String secret,
    boolean tls,
    String agiAddress,
    Duration patience,
    Duration silence) {
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(6);
  public static final Duration DEFAULT_SILENCE = Duration.ofSeconds(5);

  /// One whose fallback queue waits as long as usual.
  public AmiSettings(
      String host,
      int port,
      String user,
      String secret,
      boolean tls,
      String agiAddress,
      Duration silence) {
    this(host, port, user, secret, tls, agiAddress, DEFAULT_PATIENCE, silence);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + (tls ? " (TLS)" : "");
  }
}
