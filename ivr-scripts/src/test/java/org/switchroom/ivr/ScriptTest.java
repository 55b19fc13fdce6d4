package org.switchroom.ivr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.rehearsal.Rehearsal;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.FaultsException;

class ScriptTest {
  private static final Map<String, Object> REGULAR =
      Map.of("id", 7L, "name", "Alice", "tier", "gold", "language", "en");

  static Script shipped(String name) {
    try {
      return ScriptLoader.load(
          name + ".yaml", ScriptLoader.builtin(name).orElseThrow(), DeclaredNames.ANY);
    } catch (FaultsException e) {
      throw new AssertionError(e);
    }
  }

  private static Rehearsal bookshop() {
    return Rehearsal.of(shipped("bookshop"))
        .with(ScriptLoader.BUILTIN.stream().map(ScriptTest::shipped).toList());
  }

  private static Script script(String steps) throws FaultsException {
    return ScriptLoader.load(
        "test.yaml", "name: test\nstart: a\nsteps:\n" + steps.indent(2), DeclaredNames.ANY);
  }

  @Test
  void aKnownCallerWhoPressesTwoIsQueuedForBilling() {
    var run = bookshop().customer(REGULAR).presses("2").run();
    assertThat(run.queue()).contains("billing");
    assertThat(run.outcome().walk().trail())
        .containsExactly(
            new TrailEntry("identify", "found"),
            new TrailEntry("opening-hours", "open"),
            new TrailEntry("menu", "2"),
            new TrailEntry("billing", "billing"));
  }

  private static Script noticing() throws FaultsException {
    return script(
        """
        a: {notice: Talks are recorded. Press 9 to refuse., refuse: 9, next: q, refused: r}
        q: {queue: recorded}
        r: {queue: private}
        """);
  }

  @Test
  void whoHearsTheNoticeToItsEndHasHeardIt() throws FaultsException {
    var run = Rehearsal.of(noticing()).run();
    assertThat(run.left()).containsExactly("notice heard");
    assertThat(run.queue()).contains("recorded");
    assertThat(run.path()).containsExactly("a:next");
  }

  @Test
  void whoRefusesGoesAnotherWay() throws FaultsException {
    var run = Rehearsal.of(noticing()).presses("9").run();
    assertThat(run.left()).containsExactly("notice refused");
    assertThat(run.queue()).contains("private");
  }

  /// Who presses anything hears it once more, and no key cuts it short then.
  @Test
  void aNoticeThatIsCutShortIsNoProof() throws FaultsException {
    var run = Rehearsal.of(noticing()).presses("1", "9").run();
    assertThat(run.heard()).hasSize(2);
    assertThat(run.left()).containsExactly("notice refused");
    run = Rehearsal.of(noticing()).presses("1").run();
    assertThat(run.left()).containsExactly("notice heard");
    run = Rehearsal.of(noticing()).presses("!").run();
    assertThat(run.left()).isEmpty();
  }

  /// As where its sound file is missing.
  @Test
  void aNoticeThatWasNotPlayedIsNone() throws FaultsException {
    var deaf =
        new Caller() {
          @Override
          public void play(List<Prompt> prompts) {}

          @Override
          public char readKey(List<Prompt> prompts, Duration timeout) {
            return SILENCE;
          }

          @Override
          public boolean heardAll() {
            return false;
          }

          @Override
          public String readDigits(List<Prompt> prompts, int most, char end, Duration timeout) {
            return "";
          }

          @Override
          public Optional<Recording> record(
              List<Prompt> prompts, Duration longest, Duration silence, char end) {
            return Optional.empty();
          }
        };
    var run = Rehearsal.of(noticing()).run(deaf);
    assertThat(run.left()).isEmpty();
    assertThat(run.outcome().walk().trail()).contains(new TrailEntry("a", "not played"));
  }

  @Test
  void aTalkIsPausedByAScript() throws FaultsException {
    var run =
        Rehearsal.of(
                script(
                    """
                    a: {talk-recording: pause, next: b}
                    b: {talk-recording: resume, next: q}
                    q: {queue: recorded}
                    """))
            .run();
    assertThat(run.left()).containsExactly("talk-recording pause", "talk-recording resume");
    assertThatThrownBy(() -> script("a: {talk-recording: stop, next: q}\nq: {queue: orders}"))
        .hasMessageContaining("it must be pause or resume");
    assertThatThrownBy(
            () -> script("a: {notice: Hello, refuse: nine, next: q}\nq: {queue: orders}"))
        .hasMessageContaining("must be one key");
  }

  @Test
  void whatEveryCenterHasSpeaksTheLanguagesOfTheCenterAlone() throws FaultsException {
    for (String name : ScriptLoader.EVERYWHERE) {
      for (Language one : Language.values()) {
        String yaml = ScriptLoader.builtin(name, EnumSet.of(one));
        Script script = ScriptLoader.load(name, yaml, DeclaredNames.ANY);
        assertThat(script.languages()).containsExactly(one);
        assertThat(Rehearsal.of(script).run().heard()).hasSize(1);
      }
    }
  }

  @Test
  void whatIsSecretIsSentAndKeptNowhere() throws FaultsException {
    Script script =
        script(
            """
            a: {collect: Your card, as: card, secret: true, digits: 16, next: pay, otherwise: z}
            pay:
              http: https://pay.example/card
              body: {number: card}
              as: paid
              next: z
              failure: z
            z: {queue: orders}
            """);
    var run = Rehearsal.of(script).presses("123#", "4111111111111111").run();
    assertThat(run.left())
        .containsExactly("POST https://pay.example/card {number=4111111111111111}");
    assertThat(run.outcome().walk().trail())
        .containsExactly(new TrailEntry("a", "•••"), new TrailEntry("z", "orders"));
    assertThat(run.outcome().toString()).doesNotContain("4111");
  }

  /// What is keyed in beyond a secret's last digit is no answer to the next question.
  @Test
  void keysThatFollowASecretAreSwallowed() throws FaultsException {
    Script script =
        script(
            """
            a: {collect: Card, as: card, secret: true, digits: 4-6, next: b, otherwise: z}
            b: {collect: Number, as: number, digits: 4-6, next: z, otherwise: z}
            z: {queue: orders}
            """);
    var swallowed = new ArrayList<Character>();
    for (String pressed : List.of("123456", "1234")) {
      swallowed.clear();
      Rehearsal.of(script).run(new Pressing(pressed, swallowed));
      assertThat(swallowed).as(pressed).hasSize(pressed.length() == 6 ? 1 : 0);
    }
  }

  private record Pressing(String digits, List<Character> swallowed) implements Caller {
    @Override
    public void play(List<Prompt> prompts) {}

    @Override
    public char readKey(List<Prompt> prompts, Duration timeout) {
      return SILENCE;
    }

    @Override
    public String readDigits(List<Prompt> prompts, int most, char end, Duration timeout) {
      return digits;
    }

    @Override
    public void swallow(char end, Duration silence) {
      swallowed.add(end);
    }

    @Override
    public Optional<Recording> record(
        List<Prompt> prompts, Duration longest, Duration silence, char end) {
      return Optional.empty();
    }
  }

  @Test
  void aStrangerChoosesTheirLanguageAndIsAskedForTheirAccountOnce() {
    var run = bookshop().presses("2", "1042#", "1", "2").run();
    assertThat(run.queue()).contains("orders");
    assertThat(run.outcome().walk().answers()).containsEntry("account", "1042");
    assertThat(run.outcome().walk().language()).isEqualTo(Language.ZH_HANT);
    assertThat(run.heard())
        .startsWith("For English, press 1.", "國語請按 2。", "普通话请按 3。", "歡迎致電福爾摩沙書店。");
  }

  @Test
  void whoPressesNothingOrWrongKeysIsNotLost() {
    var run = bookshop().customer(REGULAR).presses("7", ".", "9").run();
    assertThat(run.queue()).contains("general");
    assertThat(run.heard()).filteredOn("That is not one of the choices."::equals).hasSize(2);
  }

  @Test
  void starLeadsToTheMenuBefore() {
    var run = bookshop().customer(REGULAR).presses("1", "*", "2").run();
    assertThat(run.path()).contains("orders-menu:*");
    assertThat(run.queue()).contains("billing");
  }

  @Test
  void starLeadsToAMenuOfTheSameScriptOnly() throws FaultsException {
    Script outer =
        script(
            """
            a: {menu: Which?, keys: {1: b}, otherwise: q}
            b: {script: inner, next: c}
            c: {menu: And which?, keys: {"*": back, 2: q}, otherwise: q}
            q: {queue: outer}
            """);
    Script inner =
        ScriptLoader.load(
            "inner.yaml",
            """
            name: inner
            start: m
            steps:
              m: {menu: Inside?, keys: {"*": back, 1: r}, otherwise: r}
              r: {return: true}
            """,
            DeclaredNames.ANY);
    var run =
        Rehearsal.of(outer).with(List.of(inner)).presses("1", "*", "1", "*", "1", "1", "2").run();
    assertThat(run.queue()).contains("outer");
    assertThat(run.heard())
        .containsExactly(
            "Which?", "Inside?", "Inside?", "And which?", "Which?", "Inside?", "And which?");
  }

  @Test
  void aHangUpEndsTheScriptAnywhere() {
    for (int before = 0; before < 4; before++) {
      String[] presses = {"1", "1042#", "1", "1"};
      presses[before] = "!";
      assertThat(bookshop().presses(presses).run().outcome())
          .isInstanceOfSatisfying(
              Outcome.HungUp.class, hungUp -> assertThat(hungUp.byCaller()).isTrue());
    }
  }

  @Test
  void aLookupThatFailsTakesItsOwnBranch() {
    var run = bookshop().away(Services.Kind.CALLER).presses("1", ".", "2").run();
    assertThat(run.outcome().walk().trail()).contains(new TrailEntry("identify", "failed"));
    assertThat(run.queue()).contains("billing");
  }

  @Test
  void outOfHoursTheCallerLeavesAMessage() {
    var run = bookshop().customer(REGULAR).calendar("office", false).presses("say").run();
    assertThat(run.left()).containsExactly("voicemail messages");
    assertThat(run.heard()).contains("Thank you. We have your message.");
  }

  @Test
  void theCallerHearsWhereTheirOrderIsWithoutAnAgent() {
    var order =
        Map.<String, Object>of(
            "number",
            "40712",
            "date",
            "2026-11-20",
            "status",
            "customs",
            "due",
            "2026-12-01",
            "customer",
            "7");
    var run =
        bookshop()
            .customer(REGULAR)
            .record(Services.Kind.LATEST_ORDER, "7", order)
            .presses("1", "1", ".")
            .run();
    assertThat(String.join(" ", run.heard()))
        .contains(
            "Your order four zero seven one two , of November twentieth , is in customs"
                + " It should arrive on December first");
    assertThat(run.outcome()).isInstanceOf(Outcome.HungUp.class);
    assertThat(run.queue()).isEmpty();
  }

  @Test
  void anOrderOfSomebodyElseIsToldOnlyWithTheirPinWhichIsKeptNowhere() {
    var order =
        Map.<String, Object>of(
            "number", "40712", "date", "2026-11-20", "status", "shipped", "customer", "9");
    var rehearsal =
        Rehearsal.of(shipped("order-status"))
            .record(Services.Kind.ORDER, "40712", order)
            .pin("8642");
    var run = rehearsal.presses("40712#", "1111#", "8642#").run();
    assertThat(run.heard()).contains("on its way", "That is not right.");
    assertThat(run.outcome().walk().toString()).doesNotContain("8642").doesNotContain("1111");

    var wrong =
        Rehearsal.of(shipped("order-status"))
            .record(Services.Kind.ORDER, "40712", order)
            .presses("40712#", "1#", "2222#", "3333#")
            .run();
    assertThat(wrong.heard()).doesNotContain("on its way");
    assertThat(wrong.path()).contains("pin:wrong");
  }

  @Test
  void aComplaintBecomesATicketAndItsNumberIsSaid() {
    var run = bookshop().customer(REGULAR).presses("3", "say", ".").run();
    assertThat(run.left()).containsExactly("ticket high Complaint by telephone from +886223450000");
    assertThat(String.join(" ", run.heard())).contains("has the number one zero zero one");
  }

  @Test
  void aMessageCountsAlthoughItsCallerHangsUp() throws FaultsException {
    var script =
        script(
            """
            a: {voicemail: Speak., queue: messages, next: z, otherwise: z, failure: z}
            z: {hangup: true}
            """);
    Caller hangsUpWhileSpeaking = new HangsUpWhileSpeaking();
    var run = Rehearsal.of(script).run(hangsUpWhileSpeaking);
    assertThat(run.left()).containsExactly("voicemail messages");
    assertThat(((Outcome.HungUp) run.outcome()).byCaller()).isTrue();
  }

  @Test
  void theSameQuestionsInTheSurveyForEverybody() {
    var run = Rehearsal.of(shipped("survey")).presses("9", "4", "2").run();
    assertThat(run.left()).containsExactly("score satisfaction 4", "score solved 2");
  }

  @Test
  void aQueueMayAskForMoreAndForSomebody() throws FaultsException {
    var script =
        script(
            """
            a:
              queue: billing
              ask: mandarin >= 5
              prefer: customer.agent
              prefer-for: 45s
              priority: 10
            """);
    var customer = Map.<String, Object>of("id", 7L, "agent", "ann");
    var run = Rehearsal.of(script).customer(customer).run();
    assertThat(run.outcome())
        .isInstanceOfSatisfying(
            Outcome.Queued.class,
            queued -> {
              assertThat(queued.ask()).contains("mandarin >= 5");
              // Nobody has looked the customer up.
              assertThat(queued.preferred()).isEmpty();
              assertThat(queued.priority()).isEqualTo(10);
            });
  }

  @Test
  void expressionsBranchAndSet() throws FaultsException {
    var script =
        script(
            """
            a: {set: {tries: 1, early: "hour < 12"}, next: b}
            b:
              branch:
                - {when: "tries == 1 and early", next: morning}
                - {when: "weekday == 'sun'", next: sunday}
              otherwise: late
            morning: {queue: morning}
            sunday: {queue: sunday}
            late: {queue: late}
            """);
    assertThat(Rehearsal.of(script).run().queue()).contains("morning");
    var sunday = ZonedDateTime.of(2026, 11, 29, 15, 0, 0, 0, ZoneOffset.UTC);
    assertThat(Rehearsal.of(script).at(sunday).run().queue()).contains("sunday");
    assertThat(Rehearsal.of(script).at(sunday.plusDays(1)).run().queue()).contains("late");
  }

  private static final String GOES_BY_A_SERVICE =
      """
      a: {http: "https://shop.example/", as: r, next: b, failure: z}
      b:
        branch:
          - {when: "r.ok", next: ok}
          - {when: "not r.ok", next: no}
        otherwise: z
        failure: wrong
      ok: {queue: ok}
      no: {queue: no}
      wrong: {queue: wrong}
      z: {hangup: true}
      """;

  /// A text "false" was as true as "true", and its opposite too.
  @Test
  void whatIsNeitherTrueNorFalseIsNothingToGoBy() throws FaultsException {
    var script = script(GOES_BY_A_SERVICE);
    assertThat(Rehearsal.of(script).httpAnswers(Map.of("ok", true)).run().queue()).contains("ok");
    assertThat(Rehearsal.of(script).httpAnswers(Map.of("ok", false)).run().queue()).contains("no");
    assertThat(Rehearsal.of(script).run().queue()).as("it is missing").contains("no");
    for (Object other : List.of("false", "true", "0", "", 0, 1, Map.of("a", 1))) {
      assertThat(Rehearsal.of(script).httpAnswers(Map.of("ok", other)).run().queue())
          .as(other.toString())
          .contains("wrong");
    }
  }

  @Test
  void whatASubScriptIsGivenStaysTrueOrFalse() throws FaultsException {
    var inner =
        ScriptLoader.load(
            "inner.yaml",
            """
            name: inner
            arguments: [vip]
            start: a
            steps:
              a: {branch: [{when: vip, next: gold}], otherwise: plain}
              gold: {queue: gold}
              plain: {queue: plain}
            """,
            DeclaredNames.ANY);
    for (boolean vip : List.of(true, false)) {
      var outer =
          script(
              "a: {script: inner, with: {vip: '%d == 2'}, next: z}\nz: {hangup: true}\n"
                  .formatted(vip ? 2 : 1));
      assertThat(Rehearsal.of(outer).with(List.of(inner)).run().queue())
          .contains(vip ? "gold" : "plain");
    }
  }

  @Test
  void numbersOfServicesHarmNobody() throws FaultsException {
    var script =
        script(
            """
            a: {http: "https://shop.example/", as: r, next: b, failure: z}
            b: {set: {x: "r.amount * r.amount"}, next: c, failure: z}
            c: {set: {x: "x * x"}, next: d, failure: z}
            d: {set: {x: "x * x"}, next: e, failure: z}
            e: {set: {x: "x * x"}, next: z, failure: z}
            z: {say: "It costs {r.amount|money} {r.amount|number}.", next: over}
            over: {hangup: true}
            """);
    for (Object amount :
        List.of(
            "1e999999999",
            "1e-999999999",
            "-1E+999999999 TWD",
            "1e-100000000",
            new BigInteger("9".repeat(100)),
            new BigDecimal("1e999999999"),
            Double.POSITIVE_INFINITY,
            Double.NaN,
            "9".repeat(60_000))) {
      var run = Rehearsal.of(script).httpAnswers(Map.of("amount", amount)).run();
      assertThat(run.heard()).hasSizeLessThan(100);
    }
  }

  @Test
  void nobodyIsWhoseAccountTheyKeyInWithoutThePin() {
    var guesses = claimsToBeAlice().presses("1", "1042#", "9999#", "9998#", "1", "1").run();
    assertThat(guesses.heard()).doesNotContain("on its way");
    var knows = claimsToBeAlice().presses("1", "1042#", "1234#", "1", "1").run();
    assertThat(knows.heard()).contains("on its way");
  }

  private static Rehearsal claimsToBeAlice() {
    Map<String, Object> order =
        Map.of("number", "40712", "date", "2026-11-20", "status", "shipped", "customer", "9");
    return bookshop()
        .record(Services.Kind.ACCOUNT, "1042", Map.of("id", 9L, "name", "Alice"))
        .record(Services.Kind.LATEST_ORDER, "9", order);
  }

  @Test
  void aCallbackIsReadBackAndANumberThatIsNoneIsAskedForAgain() {
    var run =
        Rehearsal.of(shipped("callback"))
            .from("+886223456789")
            .presses("2", "**********#", "1", "1", "0912345678#", "1")
            .run();
    assertThat(run.left()).containsExactly("callback callbacks 0912345678");
    assertThat(run.path())
        .contains("confirm-other:1", "request-other:invalid", "no-number:1", "request-other:next");
    var again =
        Rehearsal.of(shipped("callback"))
            .from("+886223456789")
            .callback(Services.CallbackAnswer.STANDS)
            .presses("1")
            .run();
    assertThat(again.heard()).contains("You have asked us already, and we will call you back.");
    assertThat(again.left()).isEmpty();
  }

  @Test
  void aServiceIsAskedWithWhatTheCallerKeyedInAndItsFailureHasAWay() throws FaultsException {
    var script =
        script(
            """
            a: {collect: Number?, as: number, next: ask, otherwise: z}
            ask:
              http: "https://shop.example/parcels/{number}"
              as: parcel
              next: told
              failure: z
            told: {say: "It weighs {parcel.weight|number} grams.", next: z}
            z: {hangup: true}
            """);
    var run = Rehearsal.of(script).httpAnswers(Map.of("weight", 1200)).presses("12*#").run();
    assertThat(run.left()).containsExactly("GET https://shop.example/parcels/12*");
    assertThat(run.heard()).contains("one", "thousand", "two", "hundred");
    assertThat(Rehearsal.of(script).servicesFail().presses("1#").run().path())
        .containsExactly("a:next", "ask:failure");
  }

  @Test
  void aTransferThatFailsGoesOnInTheScript() throws FaultsException {
    var script =
        script(
            """
            a: {transfer: "+886912345678", failure: b}
            b: {queue: general}
            """);
    var outcome = (Outcome.Transferred) Rehearsal.of(script).run().outcome();
    assertThat(outcome.number()).isEqualTo("+886912345678");
    assertThat(outcome.failed().at().step()).isEqualTo("b");
  }

  @Test
  void aCallerWhoPressesRoundAndRoundGoesToTheDefaultQueue() throws FaultsException {
    var script =
        script(
            """
            a: {menu: Again?, keys: {1: a}, otherwise: z}
            z: {hangup: true}
            """);
    String[] ones = new String[600];
    Arrays.fill(ones, "1");
    assertThat(Rehearsal.of(script).presses(ones).run().outcome())
        .isInstanceOf(Outcome.Runaway.class);
  }

  @Test
  void scriptsThatCallEachOtherInACircleAreFound() throws FaultsException {
    var a = load("name: a\nstart: x\nsteps: {x: {script: b, next: y}, y: {return: true}}");
    var b = load("name: b\nstart: x\nsteps: {x: {script: a, next: y}, y: {return: true}}");
    assertThat(ScriptLoader.circle(Map.of("a", a, "b", b))).hasSize(3);
    assertThat(ScriptLoader.circle(Map.of("a", a))).isEmpty();
  }

  private static Script load(String yaml) throws FaultsException {
    return ScriptLoader.load("x.yaml", yaml, DeclaredNames.ANY);
  }

  @Test
  void whatIsNotYamlIsSaidSo() {
    assertThatThrownBy(() -> load("a: [1")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> load("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> load("- a")).hasMessageContaining("mapping");
  }

  private static final class HangsUpWhileSpeaking implements Caller {
    @Override
    public void play(List<Prompt> prompts) {}

    @Override
    public char readKey(List<Prompt> prompts, Duration timeout) {
      return SILENCE;
    }

    @Override
    public String readDigits(List<Prompt> prompts, int most, char end, Duration timeout) {
      return "";
    }

    @Override
    public Optional<Recording> record(
        List<Prompt> prompts, Duration longest, Duration silence, char end)
        throws CallerHungUpException {
      throw new CallerHungUpException(
          Optional.of(new Recording("half.wav", Duration.ofSeconds(3))));
    }
  }
}
