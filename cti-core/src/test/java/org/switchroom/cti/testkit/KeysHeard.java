package org.switchroom.cti.testkit;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Which keys come as events of RFC 4733, one call after the other.
///
/// Each packet of a key has the time of its beginning, and what ends it is the end bit, in a packet
/// that is sent three times. What comes after that with the same time is a key of another call,
/// whose clock may begin as the one before it did. Who sends it may be another in its middle, where
/// the call goes from one bridge to another.
final class KeysHeard {
  /// By their events.
  static final String KEYS = "0123456789*#";

  private static final int TIME = 4;
  private static final int SOURCE = 8;
  private static final int EVENT = 12;
  private static final int FLAGS = 13;
  private static final int END = 0x80;

  /// The last key, who sends it, when it began, and whether it is over; none has come yet.
  private int last = -1;

  private int from;
  private int since;
  private boolean over = true;

  /// A packet has come.
  ///
  /// @param rtp with its header, of 12 bytes
  /// @return the key that begins to be heard with it; one whose beginning is lost, with the first
  ///   of it that is not
  Optional<Character> comes(ByteBuffer rtp) {
    if (rtp.remaining() <= FLAGS) return Optional.empty();
    int event = rtp.get(EVENT);
    if (event < 0 || event >= KEYS.length()) return Optional.empty();
    int source = rtp.getInt(SOURCE);
    int began = rtp.getInt(TIME);
    boolean ends = (rtp.get(FLAGS) & END) != 0;
    boolean known = event == last && began == since && (!over || ends && source == from);
    last = event;
    from = source;
    since = began;
    over = ends;
    return known ? Optional.empty() : Optional.of(KEYS.charAt(event));
  }
}
