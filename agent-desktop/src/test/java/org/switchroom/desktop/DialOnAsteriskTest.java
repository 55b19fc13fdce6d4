package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// Agents call numbers outside by the desk, and ask them beside a caller, on a real Asterisk: each
/// says a tone, and what each hears says who is with whom.
@NeedsAsterisk
class DialOnAsteriskTest {
  private static final int CALLER = 400;
  private static final int ANN = 550;
  private static final int OUTSIDE = 750;

  /// Of Asterisk's own sound.
  private static final int BEEP = 700;

  private static final String NUMBER = "0912 345 678";
  private static final String SHOWN = "+886227001234";
  private static final String LINE = "+886227005678";

  /// Whatever is dialed rings at a phone that is no agent's.
  private static final Dialing DIALING =
      new Dialing(
          "PJSIP/1003",
          SHOWN,
          Optional.empty(),
          "TW",
          List.of(new DialPattern("+8869")),
          List.of(),
          Dialing.Limits.DEFAULT);

  private RealAsterisk asterisk;
  private Database database;
  private Switchroom server;
  private SipUser annsPhone;
  private SipUser caller;
  private Optional<SipUser> outside = Optional.empty();
  private DeskClient ann;

  @BeforeEach
  void open() throws Exception {
    asterisk = new RealAsterisk();
    database = Database.open(Database.inMemoryUrl("dials-" + System.nanoTime()), "sa", "");
    serves(center().straightTo("orders").settings());
    annsPhone = asterisk.phoneThatSpeaks(PbxRig.device(1), ANN);
    caller = new SipUser("+886223000001", 0, asterisk.sipPort(), SipCall::hangUp).speaks(CALLER);
    annIsThere();
  }

  private TestCenter center() {
    return TestCenter.on(asterisk).withAgents(2).wrapsUp(WrapUp.Mode.OPTIONAL);
  }

  private void serves(Settings settings) throws Exception {
    serves(settings, DIALING);
  }

  private void serves(Settings settings, Dialing dialing) throws Exception {
    server = TestServer.start(settings.withDialing(dialing), database);
  }

  /// Served anew, with other limits.
  private void limited(Duration length, Duration warning, Duration callerLength) throws Exception {
    ann.close();
    server.close();
    var limits = new Dialing.Limits(length, warning, callerLength, 20, 500, 1, 100);
    serves(
        center().straightTo("orders").settings(),
        new Dialing(
            DIALING.through(),
            DIALING.callerId(),
            DIALING.queue(),
            DIALING.region(),
            DIALING.allow(),
            DIALING.deny(),
            limits));
    annIsThere();
  }

  private void annIsThere() {
    ann = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
    ann.await(said -> said.at("/topics/agent:a1/phone").asText().equals("AVAILABLE"));
    done("goReady");
  }

  @AfterEach
  void close() {
    ann.close();
    server.close();
    caller.close();
    outside.ifPresent(SipUser::close);
    database.close();
    asterisk.close();
  }

  /// Somebody at the number, who does this when it rings.
  private CompletableFuture<SipCall> somebody(Consumer<SipCall> does) {
    var rung = new CompletableFuture<SipCall>();
    outside =
        Optional.of(
            new SipUser(
                    "outside",
                    asterisk.phonePort("PJSIP/1003"),
                    asterisk.sipPort(),
                    call -> {
                      does.accept(call);
                      rung.complete(call);
                    })
                .speaks(OUTSIDE));
    return rung.orTimeout(10, TimeUnit.SECONDS);
  }

  private SipUser them() {
    return outside.orElseThrow();
  }

  private void done(String type, String... fields) {
    JsonNode reply = ann.askAndWait(type, fields);
    assertThat(reply.path("ok").asBoolean()).as("%s: %s", type, reply).isTrue();
  }

  private void isSoFar(String progress) {
    ann.await(said -> inHand(said).at("/dials/progress").asText().equals(progress));
  }

  private void asksSomebodyWho(String progress) {
    ann.await(said -> inHand(said).at("/asks/progress").asText().equals(progress));
  }

  private static JsonNode inHand(JsonNode said) {
    return said.at("/topics/agent:a1/contacts/0");
  }

  // ── Click to dial ───────────────────────────────────────────────────────────────────────────

  @Test
  void theNumberIsCalledWhenTheAgentsPhoneIsAnsweredAndThenItIsATalk() {
    CompletableFuture<SipCall> rung = somebody(SipCall::ring);
    done("makeCall", "number", NUMBER, "about", "");
    SipCall call = rung.join();
    assertThat(call.from()).contains(SHOWN);
    isSoFar("ringing");
    call.answer();
    isSoFar("reached");
    assertThat(ann.awaitPop().path("from").asText()).isEqualTo("+886912345678");
    annsPhone.sound().hears(OUTSIDE);
    them().sound().hears(ANN);
    done("hold");
    ann.awaitState("hold");
    them().sound().hearsNoMore(ANN);
    ann.forget();
    done("retrieve");
    ann.awaitState("talking");
    them().sound().hears(ANN);
    annsPhone.sound().hears(OUTSIDE);
    them().press("12");
    call.hangUp();
    ann.awaitState("wrap-up");
  }

  /// The customer knows the number that they had called, and not the one that agents else show.
  @Test
  void whoIsCalledBackSeesTheNumberThatTheyHadCalled() throws Exception {
    ann.close();
    server.close();
    var script =
        """
        name: menu
        start: back
        steps:
          back: {callback: '"0912345678"', queue: messages, next: done, failure: done}
          done: {hangup: true}
        """;
    Settings settings = TestCenter.withMessages(center().withScript(script).settings());
    serves(settings.withEntryPoints(Map.of(LINE, "Callbacks")));
    annIsThere();
    caller.call(LINE).ended().orTimeout(10, TimeUnit.SECONDS).join();
    ann.await(said -> said.at("/topics/agent:a1/contacts/0/state").asText().equals("offered"));
    String callback = ann.inHand();
    done("answer");
    CompletableFuture<SipCall> rung = somebody(SipCall::ring);
    done("makeCall", "number", NUMBER, "about", callback);
    assertThat(rung.join().from()).contains(LINE).doesNotContain(SHOWN);
  }

  // ── Asterisk's own records ──────────────────────────────────────────────────────────────────

  @Test
  void asterisksRecordHasWhoWasCalledAndByWhom() throws Exception {
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    done("makeCall", "number", NUMBER, "about", "");
    isSoFar("reached");
    rung.join().hangUp();
    ann.awaitState("wrap-up");
    assertThat(recorded()).containsExactly("dialed=+886912345678 queue=general agent=a1");
  }

  @Test
  void asterisksRecordsHaveTheNumberToWhichACallerWasGiven() throws Exception {
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    SipCall call = caller.call("8001");
    ann.awaitState("talking");
    done("transferToNumber", "number", NUMBER, "why", "");
    caller.sound().hears(OUTSIDE);
    rung.join().hangUp();
    call.ended().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(recorded())
        .containsExactly(
            "dialed=8001 queue=orders agent=a1", "dialed=+886912345678 queue=orders agent=a1");
  }

  @Test
  void asterisksRecordsHaveTheNumberThatWasAskedAndHasTheCaller() throws Exception {
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    SipCall call = annAsks(rung);
    done("completeConsultation");
    caller.sound().hears(OUTSIDE);
    rung.join().hangUp();
    call.ended().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(recorded())
        .containsExactly(
            "dialed=8001 queue=orders agent=a1", "dialed=+886912345678 queue=orders agent=a1");
  }

  /// The last field of each, when all is written.
  private List<String> recorded() throws Exception {
    assertThat(asterisk.stopsGracefully()).isTrue();
    return Files.readAllLines(asterisk.callRecords()).stream()
        .map(line -> line.substring(line.lastIndexOf(",") + 1).replace("\"", ""))
        .toList();
  }

  // ── Limits ──────────────────────────────────────────────────────────────────────────────────

  /// Whoever was called hears nothing of it, and the desk says when it will be.
  @Test
  void theAgentHearsAndReadsThatACallEndsThatTheyHaveMade() throws Exception {
    limited(Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofHours(1));
    CompletableFuture<SipCall> rung = somebody(SipCall::ring);
    done("makeCall", "number", NUMBER, "about", "");
    SipCall call = rung.join();
    isSoFar("ringing");
    call.answer();
    long answered = System.nanoTime();
    isSoFar("reached");
    annsPhone.sound().hears(OUTSIDE);
    JsonNode dials = ann.topic("agent:a1").at("/contacts/0/dials");
    assertThat(dials.path("ends").asLong() - dials.path("since").asLong()).isEqualTo(6_000);
    assertThat(dials.path("warns").asLong() - dials.path("since").asLong()).isEqualTo(3_000);
    annsPhone.sound().hears(BEEP);
    assertThat(secondsSince(answered)).isBetween(2.5, 5.0);
    them().sound().hears(ANN);
    annsPhone.sound().hears(OUTSIDE);
    call.ended().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(secondsSince(answered)).isBetween(5.5, 8.0);
    ann.awaitState("wrap-up");
  }

  /// Who called us did not call for the number's sake: they hear that it ends, and are with us
  /// again; the limit of calls that agents make is not theirs.
  @Test
  void aCallerWhoIsGivenToANumberWaitsAgainWhenALimitHasEndedThatTalk() throws Exception {
    limited(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(6));
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    SipCall call = caller.call("8001");
    ann.awaitState("talking");
    done("transferToNumber", "number", NUMBER, "why", "");
    ann.awaitState("wrap-up");
    SipCall there = rung.join();
    long answered = System.nanoTime();
    caller.sound().hears(OUTSIDE);
    caller.sound().hears(BEEP);
    assertThat(there.isOver()).isFalse();
    there.ended().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(secondsSince(answered)).isBetween(5.0, 9.0);
    hasTheCallerAgain(call);
  }

  /// As a caller whom their agent has given to whom they had asked.
  @Test
  void aCallerWaitsAgainWhenALimitHasEndedWhomTheirAgentHadAsked() throws Exception {
    limited(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(8));
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    SipCall call = caller.call("8001");
    ann.awaitState("talking");
    done("consultNumber", "number", NUMBER, "why", "");
    SipCall there = rung.join();
    long answered = System.nanoTime();
    asksSomebodyWho("talking");
    annsPhone.sound().hears(OUTSIDE);
    done("completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(OUTSIDE);
    there.ended().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(secondsSince(answered)).isBetween(7.0, 11.0);
    hasTheCallerAgain(call);
  }

  /// Ann, who is ready and whom they wait for.
  private void hasTheCallerAgain(SipCall call) {
    ann.forget();
    done("completeWrapUp", "contact", ann.inHand(), "disposition", "other", "note", "");
    ann.awaitState("talking");
    annsPhone.sound().hears(CALLER);
    caller.sound().hears(ANN);
    assertThat(call.isOver()).isFalse();
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /// In each moment: also while the number rings.
  @Test
  void aLinkThatIsLostAndBackEndsNothing() {
    CompletableFuture<SipCall> rung = somebody(SipCall::ring);
    done("makeCall", "number", NUMBER, "about", "");
    SipCall call = rung.join();
    isSoFar("ringing");
    linkBreaks();
    call.answer();
    annsPhone.sound().hears(OUTSIDE);
    them().sound().hears(ANN);
    linkBreaks();
    them().sound().hears(ANN);
    doneWhenLinked("hold");
    ann.awaitState("hold");
    linkBreaks();
    doneWhenLinked("retrieve");
    them().sound().hears(ANN);
    assertThat(call.isOver()).isFalse();
    ann.forget();
    call.hangUp();
    ann.awaitState("wrap-up");
  }

  /// The session is there a moment before the server knows what lives.
  private void doneWhenLinked(String type) {
    Await.until(
        () -> ann.askAndWait(type).path("ok").asBoolean(),
        type + " is done",
        Duration.ofSeconds(10));
  }

  /// Asterisk sends the server away, who comes back at once.
  private void linkBreaks() {
    String before = session().orElseThrow();
    asterisk.console("manager kick session " + before.split(" ")[1]);
    Await.until(
        () -> !session().equals(Optional.of(before)), "the link is lost", Duration.ofSeconds(10));
    Await.until(() -> session().isPresent(), "the link is back", Duration.ofSeconds(10));
  }

  /// The server's, by its beginning and its descriptor.
  private Optional<String> session() {
    return asterisk
        .console("manager show connected")
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns[0].equals(PbxRig.USER))
        .map(columns -> columns[2] + " " + columns[4])
        .findFirst();
  }

  /// A number that sends its calls elsewhere has nobody called there.
  @Test
  void whoIsCalledCannotHaveAnotherNumberCalled() {
    CompletableFuture<SipCall> rung = somebody(call -> call.move("sip:PJSIP%2F1002@127.0.0.1"));
    done("makeCall", "number", NUMBER, "about", "");
    rung.join();
    isSoFar("busy");
    ann.awaitState("wrap-up");
  }

  @Test
  void aBusyNumberIsSaid() {
    CompletableFuture<SipCall> rung = somebody(call -> call.refuse("486 Busy Here", ""));
    done("makeCall", "number", NUMBER, "about", "");
    rung.join();
    isSoFar("busy");
    ann.awaitState("wrap-up");
  }

  @Test
  void whoHangsUpEndsTheCall() {
    CompletableFuture<SipCall> rung = somebody(SipCall::ring);
    done("makeCall", "number", NUMBER, "about", "");
    SipCall call = rung.join();
    isSoFar("ringing");
    done("hangUp");
    ann.awaitState("wrap-up");
    call.ended().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void whoIsCalledGoesToTheQueueLikeACaller() {
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    done("makeCall", "number", NUMBER, "about", "");
    SipCall call = rung.join();
    isSoFar("reached");
    DeskClient ben = DeskClient.logIn(server.webPort(), "a2", TestCenter.PASSWORD);
    SipUser bensPhone = asterisk.phoneThatSpeaks(PbxRig.device(2), 850);
    assertThat(ben.askAndWait("goReady").path("ok").asBoolean()).isTrue();
    done("transferToQueue", "queue", "orders", "why", "");
    ben.awaitState("talking");
    them().sound().hears(850);
    bensPhone.sound().hears(OUTSIDE);
    assertThat(call.isOver()).isFalse();
    ben.close();
  }

  // ── Asking a number outside ─────────────────────────────────────────────────────────────────

  private SipCall annAsks(CompletableFuture<SipCall> rung) {
    SipCall call = caller.call("8001");
    ann.awaitState("talking");
    done("consultNumber", "number", NUMBER, "why", "");
    assertThat(rung.join().from()).as("the number that the caller has called").contains("8001");
    asksSomebodyWho("talking");
    annsPhone.sound().hears(OUTSIDE);
    them().sound().hears(ANN);
    caller.sound().hearsNoMore(ANN);
    annsPhone.sound().hearsNoMore(CALLER);
    return call;
  }

  @Test
  void whoIsAskedOutsideHasTheCallerInTheEnd() {
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    SipCall call = annAsks(rung);
    done("alternate");
    annsPhone.sound().hears(CALLER);
    annsPhone.sound().hearsNoMore(OUTSIDE);
    done("alternate");
    annsPhone.sound().hears(OUTSIDE);
    annsPhone.sound().hearsNoMore(CALLER);
    done("completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(OUTSIDE);
    them().sound().hears(CALLER);
    them().sound().hearsNoMore(ANN);
    rung.join().hangUp();
    call.ended().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /// A number that is asked may be a menu.
  @Test
  void whoeverTheAgentIsWithHearsWhatTheyKey() {
    annAsks(somebody(SipCall::answer));
    done("generateDigits", "digits", "12#");
    heard("12#");
    assertThat(caller.keysHeard()).as("on hold").isEmpty();
    assertThat(annsPhone.keysHeard()).as("their own phone").isEmpty();
    done("alternate");
    annsPhone.sound().hears(CALLER);
    done("generateDigits", "digits", "7");
    Await.until(() -> caller.keysHeard().equals("7"), "the caller hears", Duration.ofSeconds(10));
    done("conference");
    ann.await(said -> inHand(said).path("conference").asBoolean());
    done("generateDigits", "digits", "9");
    heard("12#9");
    Await.until(() -> caller.keysHeard().equals("79"), "the caller hears", Duration.ofSeconds(10));
  }

  private void heard(String keys) {
    Await.until(() -> them().keysHeard().equals(keys), "they hear", Duration.ofSeconds(10));
  }

  @Test
  void whoIsWithTheCallerGivesThemToWhomTheyHaveAsked() {
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    SipCall call = annAsks(rung);
    done("alternate");
    annsPhone.sound().hears(CALLER);
    done("completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(OUTSIDE);
    them().sound().hears(CALLER);
    call.hangUp();
    rung.join().ended().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void allThreeHearEachOtherAndWhoLeavesLeavesTwo() {
    CompletableFuture<SipCall> rung = somebody(SipCall::answer);
    SipCall call = annAsks(rung);
    done("conference");
    caller.sound().hears(OUTSIDE);
    caller.sound().hears(ANN);
    them().sound().hears(CALLER);
    them().sound().hears(ANN);
    done("completeConsultation");
    ann.awaitState("wrap-up");
    caller.sound().hears(OUTSIDE);
    them().sound().hears(CALLER);
    them().sound().hearsNoMore(ANN);
    assertThat(call.isOver()).isFalse();
  }

  @Test
  void whomNobodyAnswersTheAgentHasStill() {
    CompletableFuture<SipCall> rung = somebody(call -> call.refuse("486 Busy Here", ""));
    SipCall call = caller.call("8001");
    ann.awaitState("talking");
    done("consultNumber", "number", NUMBER, "why", "");
    rung.join();
    asksSomebodyWho("not-reached");
    Await.until(
        () -> ann.topic("agent:a1").at("/contacts/0/asks").isMissingNode(),
        "nobody is asked",
        Duration.ofSeconds(10));
    done("retrieve");
    ann.awaitState("talking");
    annsPhone.sound().hears(CALLER);
    assertThat(call.isOver()).isFalse();
  }
}
