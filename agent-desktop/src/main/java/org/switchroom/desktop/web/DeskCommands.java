package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.User.Role;

/// What a desk may say: `{"id":7,"type":"hold","contact":"17.1"}`. Each message is answered with
/// its id; one that is sent again with the same id, also over another socket, is done once.
///
/// Nothing is written or looked up before it is decided that it may be: that is the engine's to
/// say.
final class DeskCommands {
  private static final int LONGEST_NOTE = 4_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 40;
  private static final int LONGEST_DISPOSITION = 80;
  private static final int LONGEST_ID = 150;

  private static final Refusal UNKNOWN =
      new Refusal("bad-request", "This is no request that a desk can make. Load the page again.");
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

  private final EngineInbox engine;

  DeskCommands(EngineInbox engine) {
    this.engine = engine;
  }

  /// A message, or why it is none.
  private sealed interface Read {
    record Command(Input.DeskCommand command) implements Read {}

    record Refused(Refusal refusal) implements Read {}
  }

  void take(DeskSocket desk, String text) {
    Optional<DeskMessage> message = DeskMessage.parse(text);
    long id = message.map(DeskMessage::id).orElse(0L);
    Consumer<Optional<Refusal>> answer = refusal -> desk.send(reply(id, refusal));
    switch (message.map(said -> read(desk, said)).orElse(refused(UNKNOWN))) {
      case Read.Command(var command) -> engine.ask(command, answer);
      case Read.Refused(var refusal) -> answer.accept(Optional.of(refusal));
    }
  }

  private static Read read(DeskSocket desk, DeskMessage message) {
    if (desk.session.isEmpty() || message.id() == 0) return refused(UNKNOWN);
    var id = new CommandId(desk.session.get(), message.id());
    var user = new AgentId(desk.user.name());
    if (message.type().equals("boost")) {
      return desk.user.is(Role.SUPERVISOR) ? boost(id, user, message) : refused(NOT_A_SUPERVISOR);
    }
    return desk.user.is(Role.AGENT) ? read(id, user, message) : refused(NOT_AN_AGENT);
  }

  private static Read read(CommandId id, AgentId agent, DeskMessage message) {
    return switch (message.type()) {
      case "ready" -> command(new Input.GoReady(id, agent));
      case "notReady" -> {
        String reason = message.word("reason", LONGEST_REASON);
        yield command(new Input.GoNotReady(id, agent, reason.isEmpty() ? "break" : reason));
      }
      case "answer" -> of(message, contact -> new Input.Answer(id, agent, contact));
      case "decline" -> of(message, contact -> new Input.Decline(id, agent, contact));
      case "hangUp" -> of(message, contact -> new Input.HangUp(id, agent, contact));
      case "hold" -> of(message, contact -> new Input.Hold(id, agent, contact));
      case "retrieve" -> of(message, contact -> new Input.Retrieve(id, agent, contact));
      case "draft" ->
          typed(message, draft -> contact -> new Input.KeepDraft(id, agent, contact, draft));
      case "wrapUp" ->
          typed(message, draft -> contact -> new Input.CompleteWrapUp(id, agent, contact, draft));
      case "chooseCustomer" -> {
        long customer = message.idOf("customer");
        yield of(message, contact -> new Input.ChooseCustomer(id, agent, contact, customer));
      }
      case "newCustomer" -> newCustomer(id, agent, message);
      default -> refused(UNKNOWN);
    };
  }

  private static Read boost(CommandId id, AgentId supervisor, DeskMessage message) {
    int points = message.number("points", 0);
    if (Math.abs((long) points) > Urgency.MOST_PRIORITY) return refused(UNKNOWN);
    return of(message, contact -> new Input.Boost(id, supervisor, contact, points));
  }

  /// All of a note is kept, or none of it.
  private static Read typed(
      DeskMessage message, Function<Draft, Function<ContactId, Input.DeskCommand>> command) {
    String note = message.lines("note");
    if (note.length() > LONGEST_NOTE) return refused(NOTE_TOO_LONG);
    String disposition = message.word("disposition", LONGEST_DISPOSITION);
    return of(message, command.apply(new Draft(disposition, note)));
  }

  /// The number is the contact's, whatever the desk says of it.
  private static Read newCustomer(CommandId id, AgentId agent, DeskMessage message) {
    String name = message.line("name");
    if (TypedText.isBlank(name)) return refused(NAME_MISSING);
    if (name.length() > LONGEST_NAME) return refused(NAME_TOO_LONG);
    return of(message, contact -> new Input.NewCustomer(id, agent, contact, name));
  }

  /// A page that does not say which contact it means may mean one that the agent has no more.
  private static Read of(DeskMessage message, Function<ContactId, Input.DeskCommand> command) {
    String contact = message.word("contact", LONGEST_ID);
    return contact.isEmpty() ? refused(UNKNOWN) : command(command.apply(new ContactId(contact)));
  }

  private static Read command(Input.DeskCommand command) {
    return new Read.Command(command);
  }

  private static Read refused(Refusal refusal) {
    return new Read.Refused(refusal);
  }

  private static String reply(long id, Optional<Refusal> refusal) {
    ObjectNode reply =
        Json.object().put("type", "reply").put("id", id).put("ok", refusal.isEmpty());
    refusal.ifPresent(why -> reply.put("code", why.code()).put("message", why.message()));
    return reply.toString();
  }
}
