package org.switchroom.cti.pbx.asterisk;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;

/// How to reach Asterisk's manager interface.
///
/// @param agiAddress where the dialplan reaches our FastAGI front, as `host:port`; port 0: at the
///   one that it has got
/// @param agiPeers from where it does; empty: from the manager's host, and from this machine
/// @param patience without a heartbeat for so long, the dialplan's fallback queue takes over
/// @param recordings the folder in which talks are recorded, as Asterisk sees it; empty: none is
/// @param silence a link that says nothing for so long is dead; our heartbeat asks every second
@RecordBuilder
public record AmiSettings(
    String host,
    int port,
    String user,
    String secret,
    AmiTls tls,
    String agiAddress,
    List<IpRange> agiPeers,
    Duration patience,
    Duration silence,
    String recordings)
    implements AmiSettingsBuilder.With {
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(6);
  public static final Duration DEFAULT_SILENCE = Duration.ofSeconds(5);

  /// One in clear, whose fallback queue waits as long as usual.
  public AmiSettings(
      String host, int port, String user, String secret, String agiAddress, Duration silence) {
    this(
        host,
        port,
        user,
        secret,
        AmiTls.NONE,
        agiAddress,
        List.of(),
        DEFAULT_PATIENCE,
        silence,
        "");
  }

  /// The same, with FastAGI at this port where none was said.
  AmiSettings withAgiAt(int agiPort) {
    if (!agiAddress.endsWith(":0")) return this;
    return withAgiAddress(agiAddress.substring(0, agiAddress.length() - 1) + agiPort);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + (tls.equals(AmiTls.NONE) ? "" : " (TLS)");
  }
}
