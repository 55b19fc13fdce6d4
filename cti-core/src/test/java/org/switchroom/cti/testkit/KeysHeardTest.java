package org.switchroom.cti.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class KeysHeardTest {
  private static final int SOURCE = 77;
  private static final int OTHER_SOURCE = 78;

  private final KeysHeard ear = new KeysHeard();
  private final StringBuilder heard = new StringBuilder();

  @Test
  void aKeyIsHeardOnceInAllOfItsPackets() {
    key(SOURCE, 160, '5');
    assertThat(heard).hasToString("5");
  }

  @Test
  void theSameKeyAgainIsAnother() {
    key(SOURCE, 160, '5');
    key(SOURCE, 1_760, '5');
    assertThat(heard).hasToString("55");
  }

  @Test
  void aKeyOfAnotherCallMayHaveTheSameTime() {
    key(SOURCE, 160, '5');
    key(OTHER_SOURCE, 160, '5');
    key(OTHER_SOURCE, 160, '6');
    assertThat(heard).hasToString("556");
  }

  @Test
  void anEndThatIsSentAgainIsNoKey() {
    for (int i = 0; i < 3; i++) comes(SOURCE, 160, '5', true);
    assertThat(heard).hasToString("5");
  }

  @Test
  void aKeyOfWhichOnlyItsEndHasComeIsHeard() {
    key(SOURCE, 160, '1');
    comes(SOURCE, 1_760, '2', true);
    key(SOURCE, 3_360, '3');
    assertThat(heard).hasToString("123");
  }

  @Test
  void whatIsNoKeyIsNotHeard() {
    comes(SOURCE, 160, 16, true);
    assertThat(ear.comes(ByteBuffer.allocate(13))).isEmpty();
    assertThat(heard).isEmpty();
  }

  /// As a phone sends it, the end three times.
  private void key(int source, int time, char key) {
    for (int i = 0; i < 4; i++) comes(source, time, key, false);
    for (int i = 0; i < 3; i++) comes(source, time, key, true);
  }

  private void comes(int source, int time, char key, boolean ends) {
    comes(source, time, KeysHeard.KEYS.indexOf(key), ends);
  }

  private void comes(int source, int time, int event, boolean ends) {
    var rtp = ByteBuffer.allocate(16).putInt(0x8065_0001).putInt(time).putInt(source);
    rtp.put((byte) event).put((byte) (ends ? 0x8a : 0x0a)).putShort((short) 160);
    ear.comes(rtp.flip()).ifPresent(heard::append);
  }
}
