package org.switchroom.cti.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.AgentView.InHandView;
import org.switchroom.cti.screens.ParkedView;

/// An agent at a desk, who does what agents do. What has no answer when the line breaks is sent
/// again, under its number.
final class ChaosAgent {
  private final Chaos world;
  final AgentId agent;

  /// What has no answer yet, by number.
  final Map<Long, Input.DeskCommand> asked = new LinkedHashMap<>();

  String state = "logged-out";
  String sitsAt = "";

  /// Every phone at which they may have sat.
  final Set<String> seats = new LinkedHashSet<>();

  private boolean here;
  private Instant away = Instant.MIN;
  private long lastAsked;
  private long views;

  ChaosAgent(Chaos world, AgentId agent) {
    this.world = world;
    this.agent = agent;
    seats.add(Chaos.phone(agent));
  }

  /// The server is gone.
  void lost() {
    here = false;
  }

  /// The browser finds its server again.
  void back(ChaosServer at) {
    world.time.in(
        Duration.ofMillis(world.random.nextInt(50, world.trouble ? 18_000 : 3_000)),
        () -> {
          if (world.server != at || here) return;
          if (world.time.instant().isBefore(away)) {
            back(at);
            return;
          }
          here = true;
          at.post(new Input.DeskOpened(agent));
          List.copyOf(asked.values()).forEach(command -> send(at, command));
        });
  }

  void leaves(Duration forSo) {
    ChaosServer at = world.server;
    if (!here || at == null) return;
    here = false;
    away = world.time.instant().plus(forSo);
    at.post(new Input.DeskClosed(agent));
    back(at);
  }

  void sees(ChaosServer from, AgentView view) {
    state = view.state().word();
    sitsAt = view.sitsAt();
    long mine = ++views;
    world.time.in(
        Duration.ofMillis(world.random.nextInt(100, 5_000)),
        () -> {
          if (world.server == from && here && mine == views) does(from, view);
        });
  }

  private interface Asking {
    Input.DeskCommand with(CommandId id);
  }

  private void does(ChaosServer at, AgentView view) {
    Optional<ContactId> contact =
        view.contacts().stream()
            .filter(one -> one.state().word().equals(view.state().word()))
            .map(InHandView::contact)
            .findFirst();
    switch (view.state()) {
      case LOGGED_OUT -> ask(at, id -> new Input.LogIn(id, agent));
      case NOT_READY -> {
        if (!elsewhere(at, 6)) ask(at, id -> new Input.GoReady(id, agent));
      }
      case WRAP_UP -> contact.ifPresent(of -> wrapsUp(at, of));
      case READY -> rests(at);
      case RESERVED, RINGING -> view.contacts().forEach(one -> isAsked(at, one));
      case TALKING ->
          asking(view)
              .filter(_ -> world.random.nextBoolean())
              .ifPresentOrElse(
                  of -> consults(at, of), () -> contact.ifPresent(of -> talks(at, of)));
      case HOLD -> contact.ifPresent(of -> holds(at, of));
      case CONSULTING -> asking(view).ifPresent(of -> consults(at, of));
      default -> {}
    }
    // Who was refused tries again.
    long mine = views;
    world.time.in(
        Duration.ofSeconds(7),
        () -> {
          if (world.server == at && here && mine == views) does(at, view);
        });
  }

  /// The contact beside which they ask somebody.
  private static Optional<ContactId> asking(AgentView view) {
    return view.contacts().stream()
        .filter(one -> one.asks().isPresent())
        .map(InHandView::contact)
        .findFirst();
  }

  /// Whoever is seen to be parked; of several who see it the first has them.
  void sees(ChaosServer from, ParkedView view) {
    if (view.callers().isEmpty()) return;
    ContactId of = view.callers().getFirst().contact();
    world.time.in(
        Duration.ofMillis(world.random.nextInt(100, 9_000)),
        () -> {
          if (world.server != from || !here) return;
          ask(from, id -> new Input.PickUp(id, agent, of));
        });
  }

  private void wrapsUp(ChaosServer at, ContactId of) {
    if (world.trouble && world.random.nextInt(12) == 0) calls(at, of.value());
    else ask(at, id -> new Input.CompleteWrapUp(id, agent, of, "other", "note"));
  }

  /// Whether they answer at their phone, at the desk, or not.
  private void isAsked(ChaosServer at, InHandView offered) {
    boolean asked = offered.state() == Stage.OFFERED || offered.state() == Stage.RINGING;
    if (!asked) return;
    switch (world.random.nextInt(world.trouble ? 6 : 60)) {
      case 0 -> ask(at, id -> new Input.Decline(id, agent, offered.contact()));
      case 1, 2 -> ask(at, id -> new Input.Answer(id, agent, offered.contact()));
      default -> {}
    }
  }

  /// Whether they call somebody, or sit down at another phone.
  private boolean elsewhere(ChaosServer at, int seldom) {
    if (!world.trouble || world.random.nextInt(seldom) > 0) return false;
    if (world.random.nextInt(3) > 0) calls(at, "");
    else sits(at);
    return true;
  }

  private void calls(ChaosServer at, String about) {
    String number = number();
    ask(at, id -> new Input.MakeCall(id, agent, number, about));
  }

  private String number() {
    return Chaos.NUMBERS.get(world.random.nextInt(Chaos.NUMBERS.size()));
  }

  /// At a hot desk, or at their own again.
  private void sits(ChaosServer at) {
    int which = world.random.nextInt(Chaos.HOT_DESKS.size() + 1);
    String phone = which < Chaos.HOT_DESKS.size() ? Chaos.HOT_DESKS.get(which) : Chaos.phone(agent);
    seats.add(phone);
    ask(at, id -> new Input.SitAt(id, agent, phone));
  }

  private void rests(ChaosServer at) {
    if (elsewhere(at, 8)) return;
    if (!world.trouble || world.random.nextInt(20) > 0) return;
    if (world.random.nextBoolean()) ask(at, id -> new Input.LogOut(id, agent));
    else ask(at, id -> new Input.GoNotReady(id, agent, "break"));
  }

  private void talks(ChaosServer at, ContactId of) {
    switch (world.random.nextInt(world.trouble ? 17 : 60)) {
      case 0 -> ask(at, id -> new Input.HangUp(id, agent, of));
      case 1 -> ask(at, id -> new Input.Hold(id, agent, of));
      case 2 -> ask(at, id -> new Input.GoNotReady(id, agent, "lunch"));
      case 9 -> ask(at, id -> new Input.MoveTalk(id, agent, of));
      case 11 -> ask(at, id -> new Input.Park(id, agent, of, "chaos"));
      case 3 -> ask(at, id -> new Input.KeepDraft(id, agent, of, "", "so far"));
      case 4 -> givesAway(at, of);
      case 6, 14, 15, 16 -> asksSomebody(at, of);
      case 7 -> ask(at, id -> new Input.PauseRecording(id, agent, of));
      case 12 -> ask(at, id -> new Input.StartRecording(id, agent, of));
      case 13 -> sits(at);
      case 8 -> ask(at, id -> new Input.ResumeRecording(id, agent, of));
      case 5 ->
          ask(at, id -> new Input.GenerateDigits(id, agent, of, new KeyedDigits("1234567890*#")));
      default -> {}
    }
  }

  /// Some are forgotten.
  private void holds(ChaosServer at, ContactId of) {
    if (world.trouble && world.random.nextInt(4) > 0) return;
    ask(at, id -> new Input.Retrieve(id, agent, of));
  }

  private void asksSomebody(ChaosServer at, ContactId of) {
    switch (world.random.nextInt(3)) {
      case 0 -> ask(at, id -> new Input.ConsultAgent(id, agent, of, colleague(), "chaos"));
      case 1 -> ask(at, id -> new Input.ConsultQueue(id, agent, of, queue(), ""));
      default -> ask(at, id -> new Input.ConsultNumber(id, agent, of, number(), "chaos"));
    }
  }

  private AgentId colleague() {
    return new AgentId(Chaos.agent(world.random.nextInt(1, Chaos.AGENTS + 1)));
  }

  private QueueId queue() {
    return new QueueId(Chaos.QUEUES.get(world.random.nextInt(Chaos.QUEUES.size())));
  }

  private void consults(ChaosServer at, ContactId of) {
    switch (world.random.nextInt(9)) {
      case 6, 7, 8 -> ask(at, id -> new Input.Conference(id, agent, of));
      case 0 -> ask(at, id -> new Input.Alternate(id, agent, of));
      case 1, 2 -> ask(at, id -> new Input.CompleteConsultation(id, agent, of));
      case 3 -> ask(at, id -> new Input.CancelConsultation(id, agent, of));
      default -> {}
    }
  }

  private void givesAway(ChaosServer at, ContactId of) {
    switch (world.random.nextInt(3)) {
      case 0 -> ask(at, id -> new Input.TransferToAgent(id, agent, of, colleague(), "chaos"));
      case 1 -> ask(at, id -> new Input.TransferToQueue(id, agent, of, queue(), ""));
      default -> ask(at, id -> new Input.TransferToNumber(id, agent, of, number(), "chaos"));
    }
  }

  private void ask(ChaosServer at, Asking asking) {
    long number = ++lastAsked;
    Input.DeskCommand command = asking.with(new CommandId(agent.value(), number));
    asked.put(number, command);
    send(at, command);
  }

  private void send(ChaosServer at, Input.DeskCommand command) {
    at.ask(
        command,
        refusal -> {
          Input.DeskCommand was = asked.remove(command.id().number());
          boolean done = was != null && refusal.isEmpty();
          if (done && was instanceof Input.CompleteWrapUp wrapUp) {
            world.wrappedUp(wrapUp.contact().value(), agent);
          }
          if (done && was instanceof Input.CompleteConsultation complete) {
            world.gaveAway(complete.contact().value(), agent);
          }
          if (done && was instanceof Input.MakeCall) world.madeCall(agent);
          if (done && was instanceof Input.Transfer transfer) {
            world.gaveAway(transfer.contact().value(), agent);
          }
          if (done && was instanceof Input.Park park) {
            world.gaveAway(park.contact().value(), agent);
          }
        });
    // An impatient hand clicks twice.
    if (world.happens(world.rates.repeated())) at.ask(command, _ -> {});
  }
}
