package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.testkit.Outcomes;
import org.switchroom.ivr.Outcome;

/// A center on paper: time is moved by hand, the PBX is what the test says, and everything the
/// center wants is kept.
final class TestFloor {
  static final QueueId BILLING = new QueueId("billing");

  final List<Effect> effects = new ArrayList<>();
  Instant now = Instant.parse("2026-01-05T01:00:00Z");
  private final Consumer<Refusal> answer = _ -> {};
  final Center center;
  private int calls;

  TestFloor(WrapUp wrapUp) {
    var queue =
        new QueueSettings(
            BILLING,
            "Billing",
            SkillExpression.parse("billing"),
            0,
            Duration.ofSeconds(20),
            wrapUp,
            80,
            Duration.ofSeconds(10),
            List.of("invoice", "refund"));
    var skills = new Skills(Map.of("billing", 5));
    var agents =
        List.of(
            new AgentSettings(new AgentId("ann"), "Ann", "PJSIP/1001", skills),
            new AgentSettings(new AgentId("ben"), "Ben", "PJSIP/1002", skills));
    var settings =
        new CenterSettings(
            List.of(queue),
            agents,
            BILLING,
            ZoneId.of("Asia/Taipei"),
            Map.of("8001", "Main line"),
            Map.of());
    center = new Center(settings, now, effects::add, _ -> {});
    pbx(new PbxEvent.Synchronized(now, List.of()));
    phone("PJSIP/1001", PhoneState.AVAILABLE);
    phone("PJSIP/1002", PhoneState.AVAILABLE);
  }

  TestFloor ready(String agent) {
    desk(new DeskRequest.LogIn(now, new AgentId(agent), answer));
    desk(new DeskRequest.GoReady(now, new AgentId(agent), answer));
    return this;
  }

  void desk(DeskRequest request) {
    center.on(new CenterEvent.FromDesk(request));
  }

  Consumer<Refusal> answer() {
    return answer;
  }

  void pbx(PbxEvent event) {
    center.on(new CenterEvent.FromPbx(event));
  }

  void phone(String phone, PhoneState state) {
    pbx(new PbxEvent.PhoneChanged(now, phone, state));
  }

  void after(int seconds) {
    now = now.plusSeconds(seconds);
    center.on(new CenterEvent.TimePassed(now));
  }

  /// A caller comes through the script to the queue and is held.
  CallId caller() {
    var call = arriving();
    center.on(
        new CenterEvent.ScriptFinished(
            now, call, Outcomes.queued("billing", new Outcome.TrailEntry("menu", "2"))));
    pbx(new PbxEvent.CallQueued(now, call));
    return call;
  }

  CallId arriving() {
    var call = new CallId("call-" + ++calls);
    var from = new PhoneNumber("+886223000" + calls);
    pbx(new PbxEvent.CallArrived(now, call, from, new PhoneNumber("8001")));
    return call;
  }

  List<Effect.PopThenRing> rings() {
    return all(Effect.PopThenRing.class);
  }

  Effect.PopThenRing lastRing() {
    return rings().getLast();
  }

  /// The last offer's phone rings, is answered, and both are connected.
  LegId connect() {
    LegId leg = lastRing().ring().leg();
    pbx(new PbxEvent.LegRinging(now, leg));
    pbx(new PbxEvent.LegConnected(now, leg));
    return leg;
  }

  void legEnds(LegId leg, LegEnd end) {
    pbx(new PbxEvent.LegEnded(now, leg, end));
  }

  void callEnds(CallId call) {
    pbx(new PbxEvent.CallEnded(now, call));
  }

  AgentView agent(String name) {
    return all(Effect.AgentChanged.class).stream()
        .map(Effect.AgentChanged::view)
        .filter(view -> view.agent().value().equals(name))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  /// What the history keeps of calls.
  List<ContactRecord> contacts() {
    return all(Effect.Record.class).stream()
        .map(Effect.Record::record)
        .filter(ContactRecord.class::isInstance)
        .map(ContactRecord.class::cast)
        .toList();
  }

  QueueView queue() {
    return all(Effect.QueueChanged.class).getLast().view();
  }

  <E extends Effect> List<E> all(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
