package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.Supervision;

/// Whoever it is asks for whatever there is, in whatever a call can be, with whatever a text can
/// say: each is done or refused, and nothing is thrown. What is thrown would end the server.
class AnyCommandTest {
  private static final int ROUNDS = 12;
  private static final int COMMANDS = 60;

  private static final List<String> WHO = List.of("ann", "ben", "boss", "nobody");

  private static final List<String> WORDS =
      List.of(
          "",
          "q",
          "work",
          "ann",
          "ben",
          "nobody",
          "0223456789",
          "+886223456789",
          "119",
          "refund",
          "PJSIP/1001",
          "x".repeat(100),
          "\uD83D\uDE00",
          "%",
          "../..",
          "a,b|c=d",
          "-1");

  /// Where a call can be.
  enum Situation {
    NOTHING(_ -> {}),
    RINGS(
        floor -> {
          floor.caller();
          floor.rings("ann");
        }),
    TALKS(floor -> talks(floor)),
    ON_HOLD(
        floor -> {
          CallId call = talks(floor);
          floor.desk("ann").holds(call);
          floor.putsOnHold(call);
        }),
    HELD_BY_THE_PHONE(
        floor -> {
          talks(floor);
          floor.happens(new PbxEvent.PhoneHeld(floor.now, floor.leg("ann"), true));
        }),
    PARKED(
        floor -> {
          CallId call = talks(floor);
          floor.desk("ann").parks(call, "why");
          floor.holds(call);
        }),
    ASKS(floor -> asks(floor)),
    ASKS_AND_IS_ANSWERED(
        floor -> {
          asks(floor);
          floor.answers("ben");
        }),
    CONFERENCE(
        floor -> {
          CallId call = asks(floor);
          LegId leg = floor.leg("ann");
          floor.answers("ben");
          floor.desk("ann").conferences(call);
          CallId own = own(floor, call);
          floor.happens(new PbxEvent.LegConnected(floor.now, leg));
          floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
        }),
    ASKS_A_NUMBER(
        floor -> {
          CallId call = talks(floor);
          floor.desk("ann").asksNumber(call, "0223456789", "");
          floor.putsOnHold(call);
          CallId own = own(floor, call);
          floor.holds(own);
          floor.happens(new PbxEvent.NumberReached(floor.now, own));
        }),
    CALLS(floor -> calls(floor)),
    CALLS_AND_IS_ANSWERED(
        floor -> {
          CallId call = calls(floor);
          floor.happens(new PbxEvent.LegConnected(floor.now, PbxCommand.MakeCall.leg(call)));
          floor.happens(new PbxEvent.NumberReached(floor.now, call));
        }),
    WRAPS_UP(floor -> floor.leaves(talks(floor))),
    WORKS(
        floor -> {
          ContactId work = floor.message(floor.caller(), "work");
          floor.desk("ann").answers(work);
        }),
    WITHOUT_THE_LINK(
        floor -> {
          talks(floor);
          floor.linkIsLost();
        });

    private final Consumer<TestFloor> begins;

    Situation(Consumer<TestFloor> begins) {
      this.begins = begins;
    }

    private static CallId talks(TestFloor floor) {
      CallId call = floor.caller();
      floor.answers("ann");
      return call;
    }

    private static CallId asks(TestFloor floor) {
      CallId call = talks(floor);
      floor.ready("ben");
      assertThat(floor.desk("ann").asksColleague(call, "ben", "why")).isEmpty();
      floor.putsOnHold(call);
      floor.holds(own(floor, call));
      return call;
    }

    private static CallId own(TestFloor floor, CallId call) {
      return floor.engine.state().call(call).flatMap(Call::consultation).orElseThrow();
    }

    private static CallId calls(TestFloor floor) {
      floor.desk("ann").dials("0223456789");
      return floor.holds(floor.last(CallMade.class).call());
    }
  }

  @ParameterizedTest
  @EnumSource
  void isDoneOrRefused(Situation situation) {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(round);
      TestFloor floor =
          TestPlan.of("q", "other")
              .tasks("work")
              .agents("ann", "ben")
              .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ofSeconds(30))
              .open();
      floor.ready("ann");
      situation.begins.accept(floor);
      for (int i = 0; i < COMMANDS; i++) {
        Input.DeskCommand command = any(floor, random);
        assertThatCode(() -> floor.takes(command))
            .as("%s, round %d: %s", situation, round, command)
            .doesNotThrowAnyException();
      }
      floor.screensAreRight();
    }
  }

  private static Input.DeskCommand any(TestFloor floor, SplittableRandom random) {
    List<Class<?>> all = commands(Input.ScreenCommand.class).toList();
    Class<?> command = of(all, random);
    String who = of(WHO, random);
    RecordComponent[] components = command.getRecordComponents();
    var values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Class<?> type = components[i].getType();
      boolean typed = components[i].isAnnotationPresent(Typed.class);
      values[i] =
          type == AgentId.class && !typed ? new AgentId(who) : value(type, who, floor, random);
    }
    try {
      Class<?>[] types =
          Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return (Input.DeskCommand) command.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Class<?>> commands(Class<?> of) {
    return of.isRecord()
        ? Stream.of(of)
        : Stream.of(of.getPermittedSubclasses()).flatMap(AnyCommandTest::commands);
  }

  private static Object value(Class<?> type, String who, TestFloor floor, SplittableRandom random) {
    if (type == CommandId.class) return floor.next("any-" + who);
    if (type == ContactId.class) return contact(floor, random);
    if (type == int.class) return random.nextInt();
    if (type == long.class) return random.nextLong(10);
    if (type == Supervision.class) return of(List.of(Supervision.values()), random);
    String word = of(WORDS, random);
    if (type == KeyedDigits.class) return new KeyedDigits(word);
    if (type == AgentId.class) return new AgentId(word.isEmpty() ? "none" : word);
    if (type == QueueId.class) return new QueueId(word.isEmpty() ? "none" : word);
    return word;
  }

  private static ContactId contact(TestFloor floor, SplittableRandom random) {
    var known = new ArrayList<ContactId>();
    floor.engine.state().contacts().forEach(one -> known.add(one.id()));
    known.add(new ContactId("none"));
    return of(known, random);
  }

  private static <T> T of(List<? extends T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
