package org.switchroom.cti.center;

import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;

/// What somebody at a desk asks for. Each is answered once: with null when it is done, else with
/// the refusal.
public sealed interface DeskRequest {
  Instant at();

  AgentId agent();

  /// Who wants the answer. Called on the center's thread; it must not block.
  Consumer<Refusal> answer();

  record LogIn(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  record LogOut(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  /// A screen of the agent's is connected.
  record DeskOpened(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  /// The agent's last screen is gone.
  record DeskClosed(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  record GoReady(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  record GoNotReady(Instant at, AgentId agent, String reason, Consumer<Refusal> answer)
      implements DeskRequest {}

  record Answer(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  record HangUp(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  record Hold(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  record Retrieve(Instant at, AgentId agent, Consumer<Refusal> answer) implements DeskRequest {}

  /// @param disposition one of the queue's; empty where none is needed
  record CompleteWrapUp(
      Instant at, AgentId agent, String disposition, String note, Consumer<Refusal> answer)
      implements DeskRequest {}

  record AcceptTask(Instant at, AgentId agent, String task, Consumer<Refusal> answer)
      implements DeskRequest {}

  record DeclineTask(Instant at, AgentId agent, String task, Consumer<Refusal> answer)
      implements DeskRequest {}

  /// The task is done.
  record CloseTask(Instant at, AgentId agent, String task, String note, Consumer<Refusal> answer)
      implements DeskRequest {}

  /// A supervisor has a waiting caller go before others.
  ///
  /// @param agent the supervisor, who need not be an agent
  /// @param points beside what the caller has; 0 takes it back
  record Raise(Instant at, AgentId agent, CallId call, int points, Consumer<Refusal> answer)
      implements DeskRequest {}

  /// The agent says who the caller is.
  ///
  /// @param customer the id of one of those whom the call's pop names; nobody else can be chosen
  record ChooseCustomer(
      Instant at, AgentId agent, CallId call, long customer, Consumer<Refusal> answer)
      implements DeskRequest {}

  /// The caller is nobody we know yet.
  ///
  /// @param write is given this request and the number that calls when it is decided that the agent
  ///   may, and not before; it writes the customer down, and says what came of it with
  ///   [CenterEvent.CustomerWritten]. Called on the center's thread; it must not block
  record NewCustomer(
      Instant at,
      AgentId agent,
      CallId call,
      BiConsumer<NewCustomer, PhoneNumber> write,
      Consumer<Refusal> answer)
      implements DeskRequest {}
}
