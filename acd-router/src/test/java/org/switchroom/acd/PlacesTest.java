package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.QueueId;

/// The place in which somebody would be served. That it is right on whole days [RandomDay] sees.
class PlacesTest {
  private static final QueueState QUEUE = new QueueState(1, queue("q"));
  private static final Agent ANN = new Agent(profile("ann", "q"));

  /// Many of the same priority and age, who come, go and change theirs.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPlaceIsHowManyGoBefore(long seed) {
    var random = new SplittableRandom(seed);
    var places = new Places();
    var line = new ArrayList<RoutedContact>();
    for (int i = 0; i < 4_000; i++) {
      int what = random.nextInt(9);
      if (line.isEmpty() || what < 4) {
        var contact = new RoutedContact(i, new ContactId("c" + i), QUEUE);
        contact.sequence = i;
        contact.arrived = random.nextInt(50);
        contact.key = random.nextInt(-3, 4);
        line.add(contact);
        places.put(contact);
      } else if (what < 6) {
        RoutedContact gone = line.remove(random.nextInt(line.size()));
        places.remove(gone);
        assertThat(places.of(gone)).isZero();
      } else if (what < 7) {
        RoutedContact other = line.get(random.nextInt(line.size()));
        rings(other);
        places.put(other);
      } else {
        RoutedContact other = line.get(random.nextInt(line.size()));
        other.key = random.nextInt(-3, 4);
        places.put(other);
      }
      if (i % 50 == 0) isCounted(places, line);
    }
    isCounted(places, line);
    for (RoutedContact one : List.copyOf(line)) {
      line.remove(one);
      places.remove(one);
      if (line.size() % 100 == 0) isCounted(places, line);
    }
  }

  /// A phone, or no more.
  private static void rings(RoutedContact contact) {
    if (contact.assignments != null) {
      contact.remove(contact.assignments);
    } else {
      contact.add(new Assignment(contact, ANN, Channel.VOICE, AssignmentStage.RINGING));
    }
  }

  private static void isCounted(Places places, List<RoutedContact> line) {
    for (RoutedContact one : line) {
      List<RoutedContact> before = line.stream().filter(other -> goesBefore(other, one)).toList();
      assertThat(places.of(one)).isEqualTo(before.size() + 1);
      long ringing = before.stream().filter(RoutedContact::offered).count();
      assertThat(places.ringingBefore(one)).isEqualTo((int) ringing);
    }
  }

  private static boolean goesBefore(RoutedContact a, RoutedContact b) {
    return a.key != b.key ? a.key > b.key : QueueState.byArrival(a, b) < 0;
  }

  @Test
  void whoWouldComeNowHasThePlaceThatTheyHaveWhenTheyCome() {
    var center = TestCenter.of(queue("q"));
    var queue = new QueueId("q");
    for (int priority : new int[] {0, 5, 0, 9, 5, 0, 12, 7}) {
      center.after(30);
      int place = center.router.placeOfNew(queue, priority, center.now).orElseThrow();
      assertThat(center.router.place(center.comes("q", priority, null))).isEqualTo(place);
    }
    assertThat(center.router.placeOfNew(new QueueId("none"), 0, center.now)).isEmpty();
  }

  @Test
  void whoseIsPriorityGoesBeforeAndWhoRingsIsCounted() {
    var center = TestCenter.of(queue("q")).ready(profile("ann", "q"));
    ContactId rings = center.comes("q");
    ContactId waits = center.after(1).comes("q");
    assertThat(center.router.place(rings)).isEqualTo(1);
    assertThat(center.router.place(waits)).isEqualTo(2);
    ContactId gold = center.after(1).comes("q", 5, null);
    assertThat(center.router.place(gold)).isEqualTo(1);
    assertThat(center.router.place(waits)).isEqualTo(3);
    center.tell(new AcdEvent.PriorityChanged(center.now, waits, 9));
    assertThat(center.router.place(waits)).isEqualTo(1);
    center.answers(rings);
    assertThat(center.router.place(gold)).isEqualTo(2);
    assertThatThrownBy(() -> center.router.place(rings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("waits for nobody");
  }
}
