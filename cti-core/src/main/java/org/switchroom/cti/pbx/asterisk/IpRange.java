package org.switchroom.cti.pbx.asterisk;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address, or all that begin with the same bits, such as `10.0.1.0/24` or `fd00::/8`.
///
/// @param bits how many of them; of one address all that it has
public record IpRange(InetAddress base, int bits) {
  /// Java takes 10.0.0 for 10.0.0.0.
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,44})(?:/(\\d{1,3}))?");

  /// Empty: it is none. A name is none either: nobody is asked for it.
  public static Optional<IpRange> of(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) return Optional.empty();
    try {
      InetAddress base = InetAddress.ofLiteral(written.group(1));
      int all = base.getAddress().length * Byte.SIZE;
      int bits = written.group(2) == null ? all : Integer.parseInt(written.group(2));
      return bits > all ? Optional.empty() : Optional.of(new IpRange(base, bits));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean has(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) return false;
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) return false;
    }
    return true;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + bits;
  }
}
