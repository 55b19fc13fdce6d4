package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.TalkRecording;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.CallEvent.RecordingBegan;
import org.switchroom.cti.event.CallEvent.RecordingEnded;
import org.switchroom.cti.event.CallEvent.RecordingPaused;
import org.switchroom.cti.event.CallEvent.RecordingResumed;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CenterEvent.RecordingDiskBroke;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.PauseCause;
import org.switchroom.cti.event.RecordingEnd;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.RecordingId;

/// Talks are recorded, as their queue has it. The PBX begins with the first word, in the moment in
/// which it connects caller and agent, and goes on with the caller to whoever has them next, also
/// where they wait in between; who comes to a script is not recorded there.
///
/// ```
///   offered, with a name ─▶ connected: it begins ⇄ pauses ─▶ a script, a number, the end: over
///                                          ▲                        │ to an agent again
///                                          └─── another begins ◀────┘
/// ```
final class RecordingRules {
  /// A key is followed by the next one within this, while a secret is keyed.
  static final Duration KEYING = Duration.ofSeconds(10);

  private RecordingRules() {}

  // ── Which are ───────────────────────────────────────────────────────────────────────────────

  /// By which name a talk is recorded that an offer leads to; what colleagues say to each other is
  /// not. Where one goes on, the PBX begins no other.
  static Optional<RecordingId> wanted(Contact contact, QueueSettings queue, Deciding d) {
    return queue.records(contact) && !d.state().recordingDiskBroken()
        ? Optional.of(name(contact, d))
        : Optional.empty();
  }

  /// Of the contact and of when, which is never the same.
  private static RecordingId name(Contact contact, Deciding d) {
    Instant at = d.at().plus(d.wallAhead());
    String plain = contact.id().value().replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("\\.+", ".");
    String first = plain.isEmpty() || !Character.isLetterOrDigit(plain.charAt(0)) ? "c" : "";
    return new RecordingId(
        "%s%.100s-%d"
            .formatted(first, plain, at.getEpochSecond() * 1000 + at.getNano() / 1_000_000));
  }

  // ── What the PBX says ───────────────────────────────────────────────────────────────────────

  static void began(Call call, RecordingId id, Deciding d) {
    if (call.recording().filter(one -> one.id().equals(id)).isPresent()) return;
    end(call, RecordingEnd.LOST, d);
    d.emit(new RecordingBegan(call.id(), call.contact(), id, queue(call, d)));
    Contact contact = d.contact(call);
    Call now = d.state().call(call.id()).orElseThrow();
    // Such as by an offer that was made before they said so.
    if (contact.refusesRecording()) stop(now, RecordingEnd.REFUSED, d);
    else if (contact.recordingPaused()) pauses(now, PauseCause.SCRIPT, "", d);
  }

  private static String queue(Call call, Deciding d) {
    return d.contact(call).queue().map(QueueId::value).orElse("");
  }

  /// It has ended it by itself.
  static void ended(Call call, Deciding d) {
    end(call, RecordingEnd.TALK_OVER, d);
  }

  /// What is so after a start or a lost link, and was said in vain meanwhile.
  ///
  /// @param id the recording that goes on; empty: none
  /// @param after a start or a lost link: what was asked just now may not have been heard
  static void live(Call call, Optional<RecordingId> id, boolean after, Deciding d) {
    Optional<TalkRecording> known = call.recording();
    boolean same = id.isPresent() && known.map(TalkRecording::id).equals(id);
    if (same && known.orElseThrow().ended()) {
      d.effect(new Effect.Send(new PbxCommand.StopRecording(call.id())));
    } else if (same) {
      mute(call.id(), known.orElseThrow().pause().isPresent(), d);
    } else if (id.isPresent()) {
      began(call, id.get(), d);
    } else if (after && isFresh(call, d)) {
      d.effect(
          new Effect.Send(
              new PbxCommand.StartRecording(call.id(), call.recorded().orElseThrow().id())));
    } else {
      end(call, RecordingEnd.LOST, d);
    }
  }

  private static boolean isFresh(Call call, Deciding d) {
    return call.recorded().filter(one -> ControlRules.isFresh(one.since(), d)).isPresent();
  }

  // ── What agents ask for ─────────────────────────────────────────────────────────────────────

  /// What goes on already is no fault.
  static Optional<Refusal> start(Call call, AgentId agent, Deciding d) {
    if (call.recorded().isPresent()) return Optional.empty();
    Contact contact = d.contact(call);
    Optional<QueueSettings> queue = contact.queue().flatMap(d.plan()::queue);
    if (queue.isEmpty()) return Optional.of(Refusal.NOT_TO_RECORD);
    Optional<Refusal> not = queue.get().notRecordedOnDemand(contact);
    if (not.isPresent()) return not;
    Optional<Refusal> cannot = cannot(call, d);
    if (cannot.isPresent()) return cannot;
    if (d.state().recordingDiskBroken()) return Optional.of(Refusal.NO_ROOM_TO_RECORD);
    RecordingId id = name(contact, d);
    d.emit(new RecordingBegan(call.id(), call.contact(), id, queue(call, d)));
    d.emit(noted(agent, Deed.BEGAN_RECORDING, call));
    d.effect(new Effect.Send(new PbxCommand.StartRecording(call.id(), id)));
    return Optional.empty();
  }

  static Optional<Refusal> pause(Call call, AgentId agent, Deciding d) {
    Optional<TalkRecording> goesOn = call.recorded();
    if (goesOn.isEmpty()) return Optional.of(Refusal.NOT_RECORDED);
    Optional<TalkRecording.Pause> pause = goesOn.get().pause();
    if (pause.filter(one -> one.cause() == PauseCause.ASKED).isPresent()) return Optional.empty();
    Optional<Refusal> cannot = cannot(call, d);
    if (cannot.isPresent()) return cannot;
    pauses(call, PauseCause.ASKED, agent.value(), d);
    d.emit(noted(agent, Deed.PAUSED_RECORDING, call));
    return Optional.empty();
  }

  /// Until somebody says otherwise.
  private static void pauses(Call call, PauseCause cause, String by, Deciding d) {
    RecordingId id = call.recorded().orElseThrow().id();
    d.emit(new RecordingPaused(call.id(), call.contact(), id, cause, by, Optional.empty()));
    mute(call.id(), true, d);
  }

  /// Also one that has paused by itself.
  static Optional<Refusal> resume(Call call, AgentId agent, Deciding d) {
    Optional<TalkRecording> goesOn = call.recorded();
    if (goesOn.isEmpty()) return Optional.of(Refusal.NOT_RECORDED);
    if (goesOn.get().pause().isEmpty()) return Optional.empty();
    Optional<Refusal> cannot = cannot(call, d);
    if (cannot.isPresent()) return cannot;
    resume(call, goesOn.get(), agent.value(), d);
    d.emit(noted(agent, Deed.RESUMED_RECORDING, call));
    return Optional.empty();
  }

  private static Optional<Refusal> cannot(Call call, Deciding d) {
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(call.id().pbx())) return Optional.of(Refusal.PBX_DOWN);
    return Optional.empty();
  }

  private static Noted noted(AgentId agent, Deed what, Call call) {
    return new Noted(agent.value(), what, "contact " + call.contact());
  }

  // ── Pauses ──────────────────────────────────────────────────────────────────────────────────

  /// The caller keys something: it may be a secret, and is in no recording.
  static void keyed(Call call, Deciding d) {
    keyed(call, Duration.ZERO, d);
  }

  /// The agent does: their keys are heard one after the other, after those that are heard still.
  static void keyed(Call call, KeyedDigits digits, Deciding d) {
    keyed(call, digits.length(), d);
  }

  private static void keyed(Call call, Duration length, Deciding d) {
    Optional<TalkRecording> goesOn = call.recorded();
    if (goesOn.isEmpty()) return;
    Optional<TalkRecording.Pause> pause = goesOn.get().pause();
    if (pause.filter(one -> one.cause() != PauseCause.KEYS).isPresent()) return;
    if (pause.isEmpty()) mute(call.id(), true, d);
    Instant last =
        pause
            .flatMap(TalkRecording.Pause::until)
            .map(until -> until.minus(KEYING))
            .filter(d.at()::isBefore)
            .orElse(d.at());
    Instant all = last.plus(length);
    Instant most = d.at().plus(KeyedDigits.PACE.multipliedBy(KeyedDigits.MOST_WAITING));
    d.emit(
        new RecordingPaused(
            call.id(),
            call.contact(),
            goesOn.get().id(),
            PauseCause.KEYS,
            "",
            Optional.of((all.isBefore(most) ? all : most).plus(KEYING))));
  }

  /// Nothing was keyed for a while.
  static void due(Call call, Deciding d) {
    call.recorded()
        .filter(one -> one.pause().isPresent())
        .ifPresent(one -> resume(call, one, "", d));
  }

  private static void resume(Call call, TalkRecording one, String by, Deciding d) {
    d.emit(new RecordingResumed(call.id(), call.contact(), one.id(), by));
    mute(call.id(), false, d);
  }

  private static void mute(CallId call, boolean mute, Deciding d) {
    d.effect(new Effect.Send(new PbxCommand.MuteRecording(call, mute)));
  }

  // ── The disk ────────────────────────────────────────────────────────────────────────────────

  /// Nothing more can be written, or it can again: recordings end, and talks go on.
  static void disk(boolean broken, Deciding d) {
    if (broken == d.state().recordingDiskBroken()) return;
    d.emit(new RecordingDiskBroke(broken));
    if (!broken) return;
    for (Call call : List.copyOf(d.state().calls())) stop(call, RecordingEnd.NO_ROOM, d);
  }

  // ── Ends ────────────────────────────────────────────────────────────────────────────────────

  static void end(Call call, RecordingEnd why, Deciding d) {
    call.recorded()
        .ifPresent(one -> d.emit(new RecordingEnded(call.id(), call.contact(), one.id(), why)));
  }

  /// And the PBX is to end it too.
  static void stop(Call call, RecordingEnd why, Deciding d) {
    if (call.recorded().isEmpty()) return;
    end(call, why, d);
    d.effect(new Effect.Send(new PbxCommand.StopRecording(call.id())));
  }
}
