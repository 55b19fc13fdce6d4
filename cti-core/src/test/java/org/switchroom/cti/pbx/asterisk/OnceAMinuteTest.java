package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnceAMinuteTest {
  private final List<String> said = new ArrayList<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final OnceAMinute warning = new OnceAMinute(said::add, later::add);

  private void aMinuteGoesBy() {
    later.remove().run();
  }

  @Test
  void whatComesOftenIsSaidAtOnceAndThenCounted() {
    for (int i = 0; i < 5_000; i++) warning.say("from " + i);
    assertThat(said).containsExactly("from 0");
    aMinuteGoesBy();
    assertThat(said).containsExactly("from 0", "from 4999 (4,999 in the last minute)");
    warning.say("once more");
    assertThat(said).as("within the next minute").hasSize(2);
    aMinuteGoesBy();
    assertThat(said).last().isEqualTo("once more (1 in the last minute)");
  }

  @Test
  void afterAQuietMinuteItIsSaidAtOnceAgain() {
    warning.say("one");
    aMinuteGoesBy();
    assertThat(later).as("nothing waits").isEmpty();
    warning.say("two");
    assertThat(said).containsExactly("one", "two");
  }
}
