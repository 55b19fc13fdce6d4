package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.cti.center.CenterLoop;
import org.switchroom.cti.center.DeskRequest;
import org.switchroom.cti.center.Refusal;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.desktop.settings.User.Role;

/// What a desk may say: `{"id":7,"type":"ready"}`. Each message is answered once with its id.
final class DeskCommands {
  private static final int LONGEST_NOTE = 4_000;
  private static final int LONGEST_NAME = 200;

  private static final Refusal UNKNOWN =
      new Refusal("bad-request", "This is no request that a desk can make.");
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
    ObjectNode message = Json.parse(text);
    long id = message == null ? 0 : message.path("id").asLong(0);
    Consumer<Refusal> answer = refusal -> desk.send(reply(id, refusal));
    if (message == null) {
      answer.accept(UNKNOWN);
    } else if ("raise".equals(Json.text(message, "type", 40))) {
      raise(desk, message, answer);
    } else if (!desk.user.is(Role.AGENT)) {
      answer.accept(NOT_AN_AGENT);
    } else {
      take(desk, message, answer);
    }
  }

  private void raise(DeskSocket desk, ObjectNode message, Consumer<Refusal> answer) {
    int points = message.path("points").asInt(0);
    String call = Json.text(message, "call", 150);
    if (!desk.user.is(Role.SUPERVISOR)) {
      answer.accept(NOT_A_SUPERVISOR);
    } else if (call.isBlank() || Math.abs((long) points) > Urgency.MOST_PRIORITY) {
      answer.accept(UNKNOWN);
    } else {
      var who = new AgentId(desk.user.name());
      center.ask(new DeskRequest.Raise(clock.instant(), who, new CallId(call), points, answer));
    }
  }

  private void take(DeskSocket desk, ObjectNode message, Consumer<Refusal> answer) {
    Instant at = clock.instant();
    var agent = new AgentId(desk.user.name());
    switch (Json.text(message, "type", 40)) {
      case "ready" -> center.ask(new DeskRequest.GoReady(at, agent, answer));
      case "notReady" -> {
        String reason = Json.text(message, "reason", 40);
        center.ask(
            new DeskRequest.GoNotReady(at, agent, reason.isBlank() ? "break" : reason, answer));
      }
      case "answer" -> center.ask(new DeskRequest.Answer(at, agent, answer));
      case "hangUp" -> center.ask(new DeskRequest.HangUp(at, agent, answer));
      case "hold" -> center.ask(new DeskRequest.Hold(at, agent, answer));
      case "retrieve" -> center.ask(new DeskRequest.Retrieve(at, agent, answer));
      case "wrapUp" ->
          center.ask(
              new DeskRequest.CompleteWrapUp(
                  at,
                  agent,
                  Json.text(message, "disposition", 80),
                  Json.text(message, "note", LONGEST_NOTE),
                  answer));
      case "acceptTask" ->
          center.ask(
              new DeskRequest.AcceptTask(at, agent, Json.text(message, "task", 150), answer));
      case "declineTask" ->
          center.ask(
              new DeskRequest.DeclineTask(at, agent, Json.text(message, "task", 150), answer));
      case "closeTask" ->
          center.ask(
              new DeskRequest.CloseTask(
                  at,
                  agent,
                  Json.text(message, "task", 150),
                  Json.text(message, "note", LONGEST_NOTE),
                  answer));
      case "chooseCustomer" -> chooseCustomer(agent, message, answer);
      case "newCustomer" -> newCustomer(agent, message, answer);
      default -> answer.accept(UNKNOWN);
    }
  }

  private void chooseCustomer(AgentId agent, ObjectNode message, Consumer<Refusal> answer) {
    chosen(
        agent,
        message,
        customers
            .byId(message.path("customer").asLong(-1))
            .thenApply(found -> found.isEmpty() ? null : found.getFirst()),
        answer);
  }

  private void newCustomer(AgentId agent, ObjectNode message, Consumer<Refusal> answer) {
    String name = Json.text(message, "name", LONGEST_NAME).strip();
    if (name.isEmpty()) {
      answer.accept(new Refusal("name-missing", "Write the customer's name."));
      return;
    }
    PhoneNumber number = PhoneNumber.of(Json.text(message, "number", 32));
    chosen(agent, message, customers.create(name, number), answer);
  }

  private void chosen(
      AgentId agent,
      ObjectNode message,
      CompletableFuture<CustomerCard> card,
      Consumer<Refusal> answer) {
    String call = Json.text(message, "call", 150);
    card.whenComplete(
        (customer, fault) -> {
          if (fault != null || call.isBlank()) {
            answer.accept(new Refusal("not-saved", "It was not saved. Try again."));
          } else if (customer == null) {
            answer.accept(new Refusal("not-found", "There is no such customer."));
          } else {
            center.ask(
                new DeskRequest.ChooseCustomer(
                    clock.instant(), agent, new CallId(call), customer, answer));
          }
        });
  }

  private static String reply(long id, Refusal refusal) {
    ObjectNode reply = Json.object().put("type", "reply").put("id", id).put("ok", refusal == null);
    if (refusal != null) reply.put("code", refusal.code()).put("message", refusal.message());
    return reply.toString();
  }
}
