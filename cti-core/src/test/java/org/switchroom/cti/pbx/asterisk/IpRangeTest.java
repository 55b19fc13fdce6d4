package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, 10.0.0.5, true",
    "10.0.0.5, 10.0.0.6, false",
    "10.0.1.0/24, 10.0.1.255, true",
    "10.0.1.77/24, 10.0.1.1, true",
    "10.0.1.0/24, 10.0.2.0, false",
    "10.0.0.0/9, 10.127.0.0, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, ::1, false",
    "::1, ::1, true",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "10.0.0.5, ::ffff:10.0.0.5, true",
  })
  void whoIsInIt(String range, String address, boolean in) {
    assertThat(IpRange.of(range).orElseThrow().has(InetAddress.ofLiteral(address))).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "pbx", "10.0.0", "10.0.0.0/33", "::1/129", "10.0.0.1/", "10.0.0.256", "a/8"})
  void whatIsNone(String text) {
    assertThat(IpRange.of(text)).isEmpty();
  }

  @Test
  void itIsWrittenAsItIsRead() {
    assertThat(IpRange.of("10.0.1.0/24").orElseThrow()).hasToString("10.0.1.0/24");
  }
}
