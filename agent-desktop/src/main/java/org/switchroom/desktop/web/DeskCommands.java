package org.switchroom.desktop.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.function.BiFunction;
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

  /// What it is asked. The name of a record is the `type`, its components are the fields: a text is
  /// one line if it is not [Lines]. The front end's types are written of them.
  sealed interface FromDesk {
    record Ready() implements FromDesk {}

    record NotReady(String reason) implements FromDesk {}

    record Answer(String contact) implements FromDesk {}

    record Decline(String contact) implements FromDesk {}

    record HangUp(String contact) implements FromDesk {}

    record Hold(String contact) implements FromDesk {}

    record Retrieve(String contact) implements FromDesk {}

    record Draft(String contact, String disposition, @Lines String note) implements FromDesk {}

    record WrapUp(String contact, String disposition, @Lines String note) implements FromDesk {}

    record ChooseCustomer(String contact, long customer) implements FromDesk {}

    record NewCustomer(String contact, String name) implements FromDesk {}

    /// For supervisors.
    record Boost(String contact, int points) implements FromDesk {}
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Lines {}

  /// A message, or why it is none.
  private sealed interface Read {
    record Command(Input.DeskCommand command) implements Read {}

    record Refused(Refusal refusal) implements Read {}
  }

  void take(DeskSocket desk, String text) {
    Optional<DeskMessage> message = DeskMessage.parse(text);
    long id = message.map(DeskMessage::id).orElse(0L);
    Consumer<Optional<Refusal>> answer =
        refusal -> desk.send(Json.text(new ToDesk.Reply(id, refusal)));
    switch (message.map(said -> read(desk, said)).orElse(refused(UNKNOWN))) {
      case Read.Command(var command) -> engine.ask(command, answer);
      case Read.Refused(var refusal) -> answer.accept(Optional.of(refusal));
    }
  }

  private static Read read(DeskSocket desk, DeskMessage message) {
    if (desk.session.isEmpty() || message.id() == 0) return refused(UNKNOWN);
    var id = new CommandId(desk.session.get(), message.id());
    var user = new AgentId(desk.user.name());
    Optional<FromDesk> request = message.request();
    boolean boosts = request.filter(FromDesk.Boost.class::isInstance).isPresent();
    if (!desk.user.is(boosts ? Role.SUPERVISOR : Role.AGENT)) {
      return refused(boosts ? NOT_A_SUPERVISOR : NOT_AN_AGENT);
    }
    return request.map(asked -> read(id, user, asked)).orElse(refused(UNKNOWN));
  }

  private static Read read(CommandId id, AgentId user, FromDesk request) {
    return switch (request) {
      case FromDesk.Ready() -> command(new Input.GoReady(id, user));
      case FromDesk.NotReady(var reason) ->
          command(
              new Input.GoNotReady(
                  id, user, reason.isEmpty() ? "break" : cut(reason, LONGEST_REASON)));
      case FromDesk.Answer(var of) -> of(of, contact -> new Input.Answer(id, user, contact));
      case FromDesk.Decline(var of) -> of(of, contact -> new Input.Decline(id, user, contact));
      case FromDesk.HangUp(var of) -> of(of, contact -> new Input.HangUp(id, user, contact));
      case FromDesk.Hold(var of) -> of(of, contact -> new Input.Hold(id, user, contact));
      case FromDesk.Retrieve(var of) -> of(of, contact -> new Input.Retrieve(id, user, contact));
      case FromDesk.Draft(var of, var disposition, var note) ->
          typed(
              of,
              disposition,
              note,
              (contact, draft) -> new Input.KeepDraft(id, user, contact, draft));
      case FromDesk.WrapUp(var of, var disposition, var note) ->
          typed(
              of,
              disposition,
              note,
              (contact, draft) -> new Input.CompleteWrapUp(id, user, contact, draft));
      case FromDesk.ChooseCustomer(var of, var customer) ->
          of(of, contact -> new Input.ChooseCustomer(id, user, contact, customer));
      case FromDesk.NewCustomer(var of, var name) -> newCustomer(id, user, of, name);
      case FromDesk.Boost(var of, var points) -> boost(id, user, of, points);
    };
  }

  private static Read boost(CommandId id, AgentId supervisor, String of, int points) {
    if (Math.abs((long) points) > Urgency.MOST_PRIORITY) return refused(UNKNOWN);
    return of(of, contact -> new Input.Boost(id, supervisor, contact, points));
  }

  /// All of a note is kept, or none of it.
  private static Read typed(
      String of,
      String disposition,
      String note,
      BiFunction<ContactId, Draft, Input.DeskCommand> command) {
    if (note.length() > LONGEST_NOTE) return refused(NOTE_TOO_LONG);
    var draft = new Draft(cut(disposition, LONGEST_DISPOSITION), note);
    return of(of, contact -> command.apply(contact, draft));
  }

  /// The number is the contact's, whatever the desk says of it.
  private static Read newCustomer(CommandId id, AgentId agent, String of, String name) {
    if (TypedText.isBlank(name)) return refused(NAME_MISSING);
    if (name.length() > LONGEST_NAME) return refused(NAME_TOO_LONG);
    return of(of, contact -> new Input.NewCustomer(id, agent, contact, name));
  }

  /// A page that does not say which contact it means may mean one that the agent has no more.
  private static Read of(String contact, Function<ContactId, Input.DeskCommand> command) {
    return contact.isEmpty()
        ? refused(UNKNOWN)
        : command(command.apply(new ContactId(cut(contact, LONGEST_ID))));
  }

  /// A name of something we know: what is longer names nothing.
  private static String cut(String word, int longest) {
    return word.length() <= longest ? word : word.substring(0, longest);
  }

  private static Read command(Input.DeskCommand command) {
    return new Read.Command(command);
  }

  private static Read refused(Refusal refusal) {
    return new Read.Refused(refusal);
  }
}
