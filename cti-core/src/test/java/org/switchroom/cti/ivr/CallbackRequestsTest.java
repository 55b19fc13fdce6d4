package org.switchroom.cti.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallbackRequestsTest {
  @Test
  void oneCallerAsksAFewTimesADay() {
    var requests = new CallbackRequests();
    for (int i = 0; i < CallbackRequests.MOST_A_DAY; i++) {
      assertThat(requests.mayAsk("+886912345678")).isTrue();
      requests.took("+886912345678", Integer.toString(i));
    }
    assertThat(requests.mayAsk("+886912345678")).isFalse();
    assertThat(requests.mayAsk("+886912345678")).isFalse();
    assertThat(requests.of("+886912345678")).hasSize(CallbackRequests.MOST_A_DAY);
    assertThat(requests.mayAsk("+886223456789")).isTrue();
    assertThat(requests.of("+886223456789")).isEmpty();
  }
}
