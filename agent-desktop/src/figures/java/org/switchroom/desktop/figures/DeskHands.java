package org.switchroom.desktop.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;

/// Does a [ControlRound] at the desks of agents `a1` and `a2` and of supervisor `sup`, over the
/// socket that a screen has.
final class DeskHands implements Hands, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<Role, DeskClient> desks = new EnumMap<>(Role.class);
  private final SplittableRandom random = new SplittableRandom();
  private DeskClient asked;

  /// Whom the agent has parked.
  private String parked = "none";

  DeskHands(int webPort) {
    desks.put(Role.AGENT, DeskClient.logIn(webPort, "a1", TestCenter.PASSWORD));
    desks.put(Role.COLLEAGUE, DeskClient.logIn(webPort, "a2", TestCenter.PASSWORD));
    desks.put(Role.SUPERVISOR, DeskClient.logIn(webPort, "sup", TestCenter.PASSWORD));
    asked = desks.get(Role.AGENT);
  }

  @Override
  public String title() {
    return "desk";
  }

  @Override
  public String dialed() {
    return "8001";
  }

  @Override
  public String device(Role role) {
    return PbxRig.device(1 + role.ordinal());
  }

  @Override
  public String variable(String name) {
    return "SR_" + name;
  }

  @Override
  public void begin() {
    ready(Role.COLLEAGUE, false);
    is(Role.COLLEAGUE, "not-ready");
    ready(Role.AGENT, true);
    is(Role.AGENT, "ready");
  }

  @Override
  public void ready(Role who, boolean ready) {
    DeskClient desk = desks.get(who).forget();
    JsonNode answer =
        ready ? desk.askAndWait("goReady") : desk.askAndWait("goNotReady", "reason", "break");
    holds(answer);
  }

  /// Who is ready is rung.
  @Override
  public void ring(Role to) {}

  @Override
  public Press prepare(Control control, Role who) {
    if (control == Control.ANSWER || control == Control.DECLINE) is(who, "ringing");
    if (control == Control.CONSULT || control == Control.CONSULT_QUEUE) {
      ready(Role.COLLEAGUE, true);
      is(Role.COLLEAGUE, "ready");
    }
    asked = desks.get(who).forget();
    DeskClient desk = asked;
    if (control == Control.PARK) parked = desk.inHand();
    String caller = parked;
    return switch (control) {
      case ANSWER -> () -> desk.ask("answer");
      case DECLINE -> () -> desk.ask("decline");
      case GENERATE_DIGITS -> () -> desk.ask("generateDigits", "digits", "5");
      case START_RECORDING -> () -> desk.ask("startRecording");
      case PAUSE_RECORDING -> () -> desk.ask("pauseRecording");
      case RESUME_RECORDING -> () -> desk.ask("resumeRecording");
      case HOLD -> () -> desk.ask("hold");
      case RETRIEVE -> () -> desk.ask("retrieve");
      case CONSULT -> () -> desk.ask("consultAgent", "colleague", "a2", "why", "");
      case CONSULT_QUEUE -> () -> desk.ask("consultQueue", "queue", "orders", "why", "");
      case CONSULT_NUMBER ->
          () -> desk.ask("consultNumber", "number", ControlRound.NUMBER, "why", "");
      case TRANSFER_TO_NUMBER ->
          () -> desk.ask("transferToNumber", "number", ControlRound.NUMBER, "why", "");
      case PARK -> () -> desk.ask("park", "why", "");
      case PICK_UP -> () -> desk.ask("pickUp", "contact", caller);
      case MAKE_CALL -> () -> desk.ask("makeCall", "number", ControlRound.NUMBER, "about", "");
      case ALTERNATE, ALTERNATE_BACK -> () -> desk.ask("alternate");
      case CONFERENCE -> () -> desk.ask("conference");
      case LEAVE, COMPLETE, GIVE_TO_ASKED -> () -> desk.ask("completeConsultation");
      case CANCEL -> () -> desk.ask("cancelConsultation");
      case TRANSFER_TO_AGENT -> () -> desk.ask("transferToAgent", "colleague", "a1", "why", "");
      case TRANSFER_TO_QUEUE -> () -> desk.ask("transferToQueue", "queue", "orders", "why", "");
      case LISTEN -> () -> desk.ask("supervise", "colleague", "a2", "how", "listen");
      case WHISPER -> () -> desk.ask("supervise", "colleague", "a2", "how", "whisper");
      case BARGE -> () -> desk.ask("supervise", "colleague", "a2", "how", "barge");
      case TAKE_OVER -> () -> desk.ask("takeOver");
      case HANG_UP -> () -> desk.ask("hangUp");
    };
  }

  @Override
  public void settle(Control control) {
    holds(asked.awaitReply(asked.lastId()));
    switch (control) {
      case ANSWER, RETRIEVE, ALTERNATE, CONFERENCE -> is(Role.AGENT, "talking");
      case HOLD -> is(Role.AGENT, "hold");
      case CONSULT, CONSULT_QUEUE, CONSULT_NUMBER, ALTERNATE_BACK -> is(Role.AGENT, "consulting");
      case CANCEL -> {
        is(Role.AGENT, "talking");
        is(Role.COLLEAGUE, "ready");
      }
      case LEAVE, COMPLETE -> {
        is(Role.AGENT, "ready");
        is(Role.COLLEAGUE, "talking");
      }
      case TRANSFER_TO_AGENT, HANG_UP, TAKE_OVER -> is(Role.COLLEAGUE, "ready");
      case GIVE_TO_ASKED, TRANSFER_TO_NUMBER, PARK -> is(Role.AGENT, "ready");
      case DECLINE -> is(Role.AGENT, "not-ready");
      case PICK_UP, MAKE_CALL, LISTEN -> {}
      case WHISPER -> takesPart("whisper");
      case BARGE -> takesPart("barge");
      case TRANSFER_TO_QUEUE -> is(Role.AGENT, "not-ready");
      case GENERATE_DIGITS, START_RECORDING, PAUSE_RECORDING, RESUME_RECORDING -> {}
    }
    pause();
  }

  @Override
  public void settleAnswer(Role who) {
    switch (who) {
      case AGENT, COLLEAGUE -> is(who, "talking");
      case SUPERVISOR -> takesPart("listen");
      case OUTSIDE -> asksSomebodyWhoTalks();
    }
    pause();
  }

  private void asksSomebodyWhoTalks() {
    asked.await(
        message ->
            message
                .path("topics")
                .path("agent:a1")
                .path("contacts")
                .path(0)
                .path("asks")
                .path("progress")
                .asText()
                .equals("talking"));
  }

  /// In step with nobody's waiting.
  private void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10) + random.nextLong(20_000_000));
  }

  private void takesPart(String how) {
    asked.await(
        message -> {
          var one = message.path("topics").path("supervision:a2").path("supervisors").path(0);
          return one.path("connected").asBoolean() && one.path("how").asText().equals(how);
        });
  }

  private void is(Role who, String state) {
    DeskClient desk = desks.get(who);
    Await.until(() -> desk.state().equals(state), "%s is %s".formatted(desk, state), PATIENCE);
  }

  private static void holds(JsonNode answer) {
    if (!answer.path("ok").asBoolean()) throw new IllegalStateException("Refused: " + answer);
  }

  @Override
  public void close() {
    desks.values().forEach(DeskClient::close);
  }
}
