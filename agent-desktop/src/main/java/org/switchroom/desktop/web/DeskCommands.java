package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.cti.center.CenterEvent;
import org.switchroom.cti.center.CenterLoop;
import org.switchroom.cti.center.DeskRequest;
import org.switchroom.cti.center.Refusal;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.desktop.settings.User.Role;

/// What a desk may say: `{"id":7,"type":"ready"}`. Each message is answered once with its id.
///
/// Nothing is written or looked up before it is decided that it may be: that is the center's to
/// say.
final class DeskCommands {
  private static final int LONGEST_NOTE = 4_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 40;
  private static final int LONGEST_DISPOSITION = 80;
  private static final int LONGEST_ID = 150;

  private static final Refusal UNKNOWN =
      new Refusal("bad-request", "This is no request that a desk can make.");
  private static final Refusal NAME_MISSING =
      new Refusal("name-missing", "Write the customer's name.");
  private static final Refusal NAME_TOO_LONG =
      new Refusal("too-long", "A name has at most %,d characters.".formatted(LONGEST_NAME));
  private static final Refusal NOTE_TOO_LONG =
      new Refusal("too-long", "A note has at most %,d characters.".formatted(LONGEST_NOTE));
  private static final Refusal NOT_AN_AGENT =
      new Refusal("not-an-agent", "Only agents can do this.");

  private static final Refusal NOT_A_SUPERVISOR =
      new Refusal("not-a-supervisor", "Only supervisors can do this.");

  private final CenterLoop center;
  private final CustomerDirectory customers;
  private final InstantSource clock;

  DeskCommands(CenterLoop center, CustomerDirectory customers, InstantSource clock) {
    this.center = center;
    this.customers = customers;
    this.clock = clock;
  }

  void take(DeskSocket desk, String text) {
    Optional<DeskMessage> message = DeskMessage.parse(text);
    long id = message.map(DeskMessage::id).orElse(0L);
    Consumer<Refusal> answer = refusal -> desk.send(reply(id, refusal));
    message.ifPresentOrElse(said -> take(desk, said, answer), () -> answer.accept(UNKNOWN));
  }

  private void take(DeskSocket desk, DeskMessage message, Consumer<Refusal> answer) {
    var user = new AgentId(desk.user.name());
    if (message.type().equals("raise")) {
      if (desk.user.is(Role.SUPERVISOR)) raise(user, message, answer);
      else answer.accept(NOT_A_SUPERVISOR);
    } else if (desk.user.is(Role.AGENT)) {
      take(user, message, answer);
    } else {
      answer.accept(NOT_AN_AGENT);
    }
  }

  private void raise(AgentId supervisor, DeskMessage message, Consumer<Refusal> answer) {
    int points = message.number("points", 0);
    Optional<CallId> call = call(message);
    if (call.isEmpty() || Math.abs((long) points) > Urgency.MOST_PRIORITY) {
      answer.accept(UNKNOWN);
    } else {
      center.ask(new DeskRequest.Raise(clock.instant(), supervisor, call.get(), points, answer));
    }
  }

  private void take(AgentId agent, DeskMessage message, Consumer<Refusal> answer) {
    Instant at = clock.instant();
    switch (message.type()) {
      case "ready" -> center.ask(new DeskRequest.GoReady(at, agent, answer));
      case "notReady" -> {
        String reason = message.word("reason", LONGEST_REASON);
        center.ask(
            new DeskRequest.GoNotReady(at, agent, reason.isEmpty() ? "break" : reason, answer));
      }
      case "answer" -> center.ask(new DeskRequest.Answer(at, agent, answer));
      case "hangUp" -> center.ask(new DeskRequest.HangUp(at, agent, answer));
      case "hold" -> center.ask(new DeskRequest.Hold(at, agent, answer));
      case "retrieve" -> center.ask(new DeskRequest.Retrieve(at, agent, answer));
      case "wrapUp" -> wrapUp(at, agent, message, answer);
      case "acceptTask" -> center.ask(new DeskRequest.AcceptTask(at, agent, task(message), answer));
      case "declineTask" ->
          center.ask(new DeskRequest.DeclineTask(at, agent, task(message), answer));
      case "closeTask" -> closeTask(at, agent, message, answer);
      case "chooseCustomer" -> chooseCustomer(at, agent, message, answer);
      case "newCustomer" -> newCustomer(at, agent, message, answer);
      default -> answer.accept(UNKNOWN);
    }
  }

  private static Optional<CallId> call(DeskMessage message) {
    String call = message.word("call", LONGEST_ID);
    return call.isEmpty() ? Optional.empty() : Optional.of(new CallId(call));
  }

  private static String task(DeskMessage message) {
    return message.word("task", LONGEST_ID);
  }

  private void wrapUp(Instant at, AgentId agent, DeskMessage message, Consumer<Refusal> answer) {
    String disposition = message.word("disposition", LONGEST_DISPOSITION);
    noted(
        message,
        answer,
        note -> center.ask(new DeskRequest.CompleteWrapUp(at, agent, disposition, note, answer)));
  }

  private void closeTask(Instant at, AgentId agent, DeskMessage message, Consumer<Refusal> answer) {
    noted(
        message,
        answer,
        note -> center.ask(new DeskRequest.CloseTask(at, agent, task(message), note, answer)));
  }

  /// All of a note is kept, or none of it.
  private static void noted(
      DeskMessage message, Consumer<Refusal> answer, Consumer<String> withNote) {
    String note = message.lines("note");
    if (note.length() > LONGEST_NOTE) answer.accept(NOTE_TOO_LONG);
    else withNote.accept(note);
  }

  private void chooseCustomer(
      Instant at, AgentId agent, DeskMessage message, Consumer<Refusal> answer) {
    long customer = message.idOf("customer");
    call(message)
        .ifPresentOrElse(
            call -> center.ask(new DeskRequest.ChooseCustomer(at, agent, call, customer, answer)),
            () -> answer.accept(UNKNOWN));
  }

  /// The number is the call's, whatever the desk says of it.
  private void newCustomer(
      Instant at, AgentId agent, DeskMessage message, Consumer<Refusal> answer) {
    String name = message.line("name");
    if (TypedText.isBlank(name)) {
      answer.accept(NAME_MISSING);
    } else if (name.length() > LONGEST_NAME) {
      answer.accept(NAME_TOO_LONG);
    } else {
      call(message)
          .ifPresentOrElse(
              call ->
                  center.ask(new DeskRequest.NewCustomer(at, agent, call, written(name), answer)),
              () -> answer.accept(UNKNOWN));
    }
  }

  private BiConsumer<DeskRequest.NewCustomer, PhoneNumber> written(String name) {
    return (request, from) ->
        customers
            .create(request.call(), request.agent(), name, from)
            .handle((card, _) -> Optional.ofNullable(card))
            .thenAccept(
                card ->
                    center.post(
                        new CenterEvent.CustomerWritten(clock.instant(), request, from, card)));
  }

  private static String reply(long id, Refusal refusal) {
    ObjectNode reply = Json.object().put("type", "reply").put("id", id).put("ok", refusal == null);
    if (refusal != null) reply.put("code", refusal.code()).put("message", refusal.message());
    return reply.toString();
  }
}
