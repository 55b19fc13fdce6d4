package org.switchroom.cti.testkit;

/// A SIP client that people use, as Debian has it, for an agent's phone: without a window and
/// without a sound card, registered at a [RealAsterisk]. What it does is what its user does.
public interface SoftPhone extends AutoCloseable {
  /// Waits until it rings.
  void rings();

  /// Its user picks up.
  void answer();

  /// By its own key (re-INVITE).
  void hold();

  void retrieve();

  void press(String keys);

  /// Its own blind transfer (REFER), of the call that it is in.
  void transfer(String number);

  void hangUp();

  /// Whether it is in no call any more.
  boolean isIdle();

  @Override
  void close();
}
