package org.switchroom.ivr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;

class ScriptTest {
  private static final Set<String> QUEUES = Set.of("orders", "billing", "general");

  /// A caller who presses what they are told to; `.` is silence, `!` hangs up.
  private static final class TestCaller implements Caller {
    final List<String> heard = new ArrayList<>();
    private final Deque<Character> presses = new ArrayDeque<>();

    TestCaller(String presses) {
      for (char press : presses.toCharArray()) this.presses.add(press);
    }

    @Override
    public void play(Prompt prompt) {
      heard.add(prompt.text());
    }

    @Override
    public char readKey(Prompt prompt, Duration timeout) throws CallerHungUpException {
      heard.add(prompt.text());
      return press();
    }

    private char press() throws CallerHungUpException {
      char press = presses.isEmpty() ? '.' : presses.poll();
      if (press == '!') throw new CallerHungUpException();
      return press == '.' ? SILENCE : press;
    }

    @Override
    public String readDigits(Prompt prompt, int most, char end, Duration timeout)
        throws CallerHungUpException {
      heard.add(prompt.text());
      var digits = new StringBuilder();
      char key = press();
      while (key != SILENCE && key != end) {
        digits.append(key);
        if (digits.length() == most) break;
        key = press();
      }
      return digits.toString();
    }
  }

  private record Known(Answer number, Answer account) implements Lookups {
    @Override
    public Answer byCallerNumber() {
      return number;
    }

    @Override
    public Answer byAccount(String digits) {
      return account;
    }
  }

  private static final Lookups REGULAR = new Known(Lookups.Answer.FOUND, Lookups.Answer.FOUND);
  private static final Lookups STRANGER = new Known(Lookups.Answer.NOT_FOUND, Lookups.Answer.FOUND);

  private static Script bookshop() throws FaultsException {
    return ScriptLoader.load("bookshop", ScriptLoader.builtin("bookshop"), QUEUES);
  }

  private static Outcome run(String presses, Lookups lookups) throws FaultsException {
    return ScriptRunner.run(bookshop(), new TestCaller(presses), lookups);
  }

  @Test
  void aKnownCallerWhoPressesTwoIsQueuedForBilling() throws FaultsException {
    assertThat(run("2", REGULAR))
        .isInstanceOfSatisfying(
            Outcome.Queued.class,
            queued -> {
              assertThat(queued.queue()).isEqualTo("billing");
              assertThat(queued.trail())
                  .containsExactly(
                      new TrailEntry("identify", "found"),
                      new TrailEntry("menu", "2"),
                      new TrailEntry("billing", "billing"));
            });
  }

  @Test
  void aStrangerIsAskedForTheirAccountAndNotAgainByTheAgent() throws FaultsException {
    var outcome = run("1042#1", STRANGER);
    assertThat(outcome.answers()).containsEntry("account", "1042");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Queued.class, q -> assertThat(q.queue()).isEqualTo("orders"));
  }

  @Test
  void whoPressesNothingOrWrongKeysIsNotLost() throws FaultsException {
    var caller = new TestCaller("7.9");
    var outcome = ScriptRunner.run(bookshop(), caller, REGULAR);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Queued.class, q -> assertThat(q.queue()).isEqualTo("general"));
    assertThat(caller.heard).filteredOn("That is not one of the choices."::equals).hasSize(2);
  }

  @Test
  void aHangUpEndsTheScriptAnywhere() throws FaultsException {
    assertThat(run("!", REGULAR))
        .isInstanceOfSatisfying(Outcome.HungUp.class, h -> assertThat(h.byCaller()).isTrue());
    assertThat(run("10!", STRANGER)).isInstanceOf(Outcome.HungUp.class);
  }

  @Test
  void aLookupThatFailsTakesItsOwnBranch() throws FaultsException {
    var outcome = run("1", new Known(Lookups.Answer.FAILED, Lookups.Answer.FAILED));
    assertThat(outcome.trail()).contains(new TrailEntry("identify", "failed"));
    assertThat(outcome).isInstanceOf(Outcome.Queued.class);
  }

  @Test
  void everyFaultIsNamedWithItsLine() {
    String yaml =
        """
        name: bad
        start: hello
        steps:
          hello:
            say: Hello.
            next: nowhere
          menu:
            menu: Press one.
            keys: {1: hello, 12: hello}
            otherwise: hello
          queue:
            queue: sales
        """;
    assertThatThrownBy(() -> ScriptLoader.load("bad.yaml", yaml, QUEUES))
        .isInstanceOfSatisfying(
            FaultsException.class,
            e ->
                assertThat(e.faults())
                    .extracting(Fault::line, Fault::message)
                    .contains(
                        org.assertj.core.groups.Tuple.tuple(
                            9, "\"12\" is not a key. Keys are 0 to 9, * and #."),
                        org.assertj.core.groups.Tuple.tuple(
                            12, "There is no queue sales. Known are [billing, general, orders].")));
  }

  @Test
  void exitsIntoNothingAndStepsNobodyReachesAreRefused() {
    String yaml =
        """
        name: bad
        start: hello
        steps:
          hello:
            say: Hello.
            next: nowhere
          orphan:
            hangup: true
        """;
    assertThatThrownBy(() -> ScriptLoader.load("bad.yaml", yaml, QUEUES))
        .hasMessage("bad.yaml:5: Step hello leads to nowhere, which does not exist.");
    assertThatThrownBy(
            () -> ScriptLoader.load("bad.yaml", yaml.replace("nowhere", "hello"), QUEUES))
        .hasMessageContaining("bad.yaml:8: No caller can reach step orphan")
        .hasMessageContaining("bad.yaml:2: The script never ends");
  }

  @Test
  void whatIsNotYamlIsSaidSo() {
    assertThatThrownBy(() -> ScriptLoader.load("x.yaml", "a: [1", QUEUES))
        .hasMessageContaining("x.yaml:")
        .hasMessageContaining("not YAML");
    assertThatThrownBy(() -> ScriptLoader.load("x.yaml", "", QUEUES)).hasMessageContaining("empty");
    assertThatThrownBy(() -> ScriptLoader.load("x.yaml", "- a", QUEUES))
        .hasMessageContaining("mapping");
  }
}
