package org.switchroom.cti.center;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.speech.Language;

/// What is to be done outside when a turn is in the ledger, in this order. What else follows from a
/// turn is read off its events.
public sealed interface Effect {
  record Send(PbxCommand command) implements Effect {}

  /// A held caller shall hear this.
  record Announce(CallId call, Language language, List<Said> said) implements Effect {}

  /// @param variables what the saying speaks of
  record Said(Saying saying, Map<String, Object> variables) {}

  /// Say with [Input.CallerIdentified] who the caller is: no script asks in this run.
  record LookUp(CallId call, PhoneNumber from) implements Effect {}

  /// Write a new customer down, once for the contact and the agent, and say so with
  /// [Input.CustomerWritten].
  ///
  /// @param from the number that they call from
  record WriteCustomer(Input.NewCustomer command, PhoneNumber from) implements Effect {}

  /// Where a contact would stand, [Input.AskPlaces].
  ///
  /// @param places from 1; without queues to which it cannot be given
  record TellPlaces(long question, Map<QueueId, Integer> places) implements Effect {}

  /// A command that was answered before is answered again. Nothing has changed.
  record Repeat(CommandId command, Optional<Refusal> refusal) implements Effect {}
}
