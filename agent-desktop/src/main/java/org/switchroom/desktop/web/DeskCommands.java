package org.switchroom.desktop.web;

import java.util.Optional;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Input.ScreenCommand;
import org.switchroom.cti.center.Input.SupervisorCommand;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.web.DeskMessage.Read;

/// What a desk may say: `{"id":7,"type":"hold","contact":"17.1"}`. Each message is answered with
/// its id; one that is sent again with the same id, also over another socket, is done once.
///
/// Nothing is written or looked up before it is decided that it may be: that is the engine's to
/// say. Of customers whom this log-in has found, which the engine knows nothing of, one is read
/// that the log-in may open anyway.
final class DeskCommands {
  private final EngineInbox engine;

  private final FoundCustomers found;

  DeskCommands(EngineInbox engine, FoundCustomers found) {
    this.engine = engine;
    this.found = found;
  }

  void take(DeskSocket desk, String text) {
    Optional<DeskMessage> message = DeskMessage.parse(text);
    long id = message.map(DeskMessage::id).orElse(0L);
    Consumer<Optional<Refusal>> answer =
        refusal -> desk.send(Json.text(new ToDesk.Reply(id, refusal)));
    switch (message.map(said -> read(desk, said)).orElse(new Read.Refused(DeskMessage.UNKNOWN))) {
      case Read.Command(Input.ChooseCustomer choice)
          when found.has(desk.logIn, choice.customer()) ->
          choose(choice, answer);
      case Read.Command(var command) -> engine.ask(command, answer);
      case Read.Refused(var refusal) -> answer.accept(Optional.of(refusal));
    }
  }

  /// Who is not there any more, or cannot be read, may still be one of those on the pop.
  private void choose(Input.ChooseCustomer choice, Consumer<Optional<Refusal>> answer) {
    found
        .read(choice.customer())
        .otherwise(Optional.empty())
        .onSuccess(
            card ->
                engine.ask(
                    card.<Input.DeskCommand>map(
                            one ->
                                new Input.ChooseFound(
                                    choice.id(), choice.agent(), choice.contact(), one))
                        .orElse(choice),
                    answer));
  }

  private static Read read(DeskSocket desk, DeskMessage message) {
    Optional<Class<? extends ScreenCommand>> command = message.command();
    if (desk.session.isEmpty() || message.id() == 0 || command.isEmpty()) {
      return new Read.Refused(DeskMessage.UNKNOWN);
    }
    Permission needed = permission(command.get());
    if (!desk.user.may(needed)) return new Read.Refused(Replies.notAllowed(needed));
    var id = new CommandId(desk.session.get(), message.id());
    return message.read(command.get(), id, new AgentId(desk.user.name()));
  }

  /// What somebody has to be allowed who sends it.
  static Permission permission(Class<? extends ScreenCommand> command) {
    if (command == Input.Boost.class) return Permission.RAISE;
    return SupervisorCommand.class.isAssignableFrom(command)
        ? Permission.SUPERVISE
        : Permission.SERVE;
  }
}
