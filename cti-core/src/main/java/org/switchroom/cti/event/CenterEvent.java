package org.switchroom.cti.event;

import java.time.Duration;
import java.util.List;
import org.switchroom.acd.MemoryChange;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;

/// What happened to the center as a whole.
public sealed interface CenterEvent extends Event {
  /// A process has taken the ledger up. From here on the PBX has to be asked what lives.
  ///
  /// @param epoch rises by one with each
  /// @param down since the last turn before it
  record EngineStarted(long epoch, Duration down) implements CenterEvent {}

  /// @param queues that are configured from now on
  /// @param otherwise the queue for callers whose script chose none
  record ConfigurationTaken(List<QueueId> queues, List<AgentId> agents, QueueId otherwise)
      implements CenterEvent {}

  /// Everything that the PBX had to say of what lives has been taken.
  record PbxConnected(PbxId pbx) implements CenterEvent {}

  /// After a start: it is known what lives, or not waited for any longer. From here on contacts are
  /// offered, and what is timed happens.
  record Reconciled() implements CenterEvent {}

  record PbxDisconnected(PbxId pbx, String reason) implements CenterEvent {}

  /// @param phone as the PBX names it
  record PhoneChanged(PbxId pbx, String phone, PhoneState state) implements CenterEvent {}

  /// A desk's command is done.
  record CommandDone(CommandId command) implements CenterEvent {}

  record CommandRefused(CommandId command, Refusal refusal) implements CenterEvent {}

  /// What a script had to say is taken, once for each step of each visit.
  ///
  /// @param answer for the script: a number, or `done`
  record ScriptAnswered(CallId call, long visit, String step, String answer)
      implements CenterEvent {}

  /// The last number that was given to a ticket or a task.
  record NumberTaken(long number) implements CenterEvent {}

  /// What the router alone remembers has changed.
  record RouterRemembered(MemoryChange change) implements CenterEvent {}

  record TicketOpened(Ticket ticket) implements CenterEvent {}

  /// Time has passed, and something may be due.
  record TimePassed() implements CenterEvent {}

  /// The clock on the wall was set, or is found apart from the engine's own time, which never
  /// falls. From here on opening hours go by it.
  ///
  /// @param ahead of the wall clock, as of this turn; negative: it is behind
  record WallClockSet(Duration ahead) implements CenterEvent {}

  /// The policy in the shadow would have chosen otherwise.
  record ShadowDiffered(OfferId offer, String contact, AgentId agent) implements CenterEvent {}

  /// Somebody did or saw something that the audit keeps.
  ///
  /// @param who by name; `server`: nobody
  record Noted(String who, Deed what, String about) implements CenterEvent {}

  /// Talks cannot be recorded any more, or can be again.
  record RecordingDiskBroke(boolean broken) implements CenterEvent {}

  /// Nothing can be kept any more, or it can again.
  record DiskFilled(boolean full) implements CenterEvent {}
}
