package org.switchroom.cti.pbx.asterisk;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.asteriskjava.manager.event.DeviceStateChangeEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxId;

/// An Asterisk from the start on: what it tells becomes facts, and commands become actions.
final class StartedAsterisk implements AmiLink.Listener {
  private static final Logger log = LoggerFactory.getLogger(StartedAsterisk.class);

  /// Phones whose state is being asked for.
  private static final int MOST_ASKED = 200;

  private final PbxId id;
  private final InstantSource clock;
  private final Ownership ownership;
  private final AgiAdmission admission;
  private final Consumer<PbxEvent> facts;
  private final AgentPhones phones;
  private final AmiTranslator translator;
  private final AmiLink link;
  private final ChannelActions channels;
  private final DigitSender digits;

  /// What is to be done when the states of all phones are known, in the order of the lists.
  private final Queue<Runnable> statesWanted = new ConcurrentLinkedQueue<>();

  /// What the dialplan reads of us, by name.
  private final Map<String, String> globals = new LinkedHashMap<>();

  /// What was found there instead, and said. Used on the event thread.
  private final Map<String, String> wrong = new HashMap<>();

  /// Its link is not begun before [#start].
  StartedAsterisk(
      PbxId id,
      AmiSettings settings,
      Ownership ownership,
      AgiAdmission admission,
      InstantSource clock,
      Function<AmiLink.Listener, AmiLink> links,
      Set<String> watched,
      Consumer<PbxEvent> facts) {
    this.id = id;
    this.clock = clock;
    this.ownership = ownership;
    this.admission = admission;
    this.facts = facts;
    // Before the address, where nobody is let in without it.
    globals.put(Kit.GLOBAL_TOKEN, admission.token());
    globals.put(Kit.GLOBAL_RECORDINGS, settings.recordings());
    globals.put(Kit.GLOBAL_AGI, settings.agiAddress());
    globals.put(Kit.GLOBAL_PATIENCE, Long.toString(settings.patience().toSeconds()));
    phones = new AgentPhones(id, facts);
    phones.watch(watched);
    translator = new AmiTranslator(id, clock, phones::has, admission, facts);
    translator.moved().whenMoved(this::send);
    link = links.apply(this);
    channels = new ChannelActions(link, translator::lives);
    digits = new DigitSender(link);
    admission.by(
        (channel, answer) ->
            link.send(AmiActions.doing(channel), said -> answer.accept(value(said))));
  }

  void start() {
    link.start();
  }

  @Override
  public void up() {
    // First of all: nobody shall fall back to whom we are about to listen.
    tellThatWeLive();
    admission.linked();
    // Before anything is heard.
    phones.begin();
    link.send(AmiActions.hear());
    globals.forEach((name, value) -> link.send(AmiActions.setGlobal(name, value)));
    // Whose phone can be rung is known before anybody is offered: otherwise the first
    // caller came to the first phone that is asked.
    statesWanted.clear();
    askAllStates(() -> whileOurs(this::askWhatLives));
  }

  /// What is over before what lives: a call is in one of them, or its end is an event.
  private void askWhatLives() {
    link.send(AmiActions.ended());
    link.send(AmiActions.status());
  }

  @Override
  public void heartbeat() {
    globals.forEach(this::keep);
    translator.heartbeat();
  }

  @Override
  public void event(ManagerEvent event) {
    if (event instanceof DeviceStateChangeEvent device) {
      phones.changed(clock.instant(), device);
      return;
    }
    if (event instanceof DeviceStateListCompleteEvent) {
      askInTurn(phones.listEnds(clock.instant()));
      return;
    }
    channel(event);
    translator.on(event).ifPresent(late -> link.send(AmiActions.hangUp(late)));
  }

  /// A phone whose last call is over is free before its agent is.
  private void channel(ManagerEvent event) {
    switch (event) {
      case NewChannelEvent e -> phones.appears(clock.instant(), e.getUniqueId(), e.getChannel());
      case HangupEvent e -> phones.over(clock.instant(), e.getUniqueId());
      default -> {}
    }
  }

  @Override
  public void down(String reason) {
    digits.forget();
    translator.begin();
    facts.accept(new PbxEvent.Disconnected(clock.instant(), id, reason));
  }

  /// Done if nobody has taken the Asterisk from us; then the link is down instead.
  private void whileOurs(Runnable work) {
    link.send(
        AmiActions.get(Kit.GLOBAL_OWNER),
        answer -> {
          String owner = value(answer);
          Optional<String> lost = succeeded(answer) ? ownership.lost(owner) : Optional.empty();
          if (lost.isPresent()) {
            link.lose(lost.get());
            return;
          }
          if (succeeded(answer) && Ownership.free(owner)) {
            link.send(AmiActions.setGlobal(Kit.GLOBAL_OWNER, ownership.again()));
          }
          work.run();
        });
  }

  /// In the PBX's own time, so that no clock has to agree with another.
  private void tellThatWeLive() {
    link.send(
        AmiActions.clock(),
        now -> {
          if (succeeded(now)) link.send(AmiActions.setGlobal(Kit.GLOBAL_HEARTBEAT, value(now)));
        });
  }

  /// What the dialplan reads of us stays right, whoever else writes it: callers would miss their
  /// scripts until the link is begun anew.
  private void keep(String name, String right) {
    link.send(
        AmiActions.get(name),
        answer -> {
          String found = value(answer);
          if (!succeeded(answer) || right.equals(found)) return;
          if (!found.equals(wrong.put(name, found))) {
            log.warn(
                "{} on Asterisk was {} and is set right again. Maybe another Switchroom uses this"
                    + " Asterisk, or its global variables were cleared.",
                name,
                name.equals(Kit.GLOBAL_TOKEN)
                    ? "another"
                    : "\"%s\" instead of \"%s\"".formatted(AmiAction.clean(found), right));
          }
          link.send(AmiActions.setGlobal(name, right));
        });
  }

  void watch(Set<String> watched) {
    askStates(phones.watch(watched), () -> {});
  }

  /// In what Asterisk tells in one go of all devices that have told a state; the others are asked
  /// for one by one.
  ///
  /// @param answered all of them
  private void askAllStates(Runnable answered) {
    statesWanted.add(answered);
    link.send(
        AmiActions.deviceStates(),
        answer -> {
          if (!succeeded(answer)) askInTurn(phones.watched());
        });
  }

  /// The list is told, or there is none.
  private void askInTurn(Collection<String> silent) {
    Runnable answered = statesWanted.poll();
    if (answered != null) askStates(silent, answered);
  }

  /// A few hundred at once; the next are asked as answers come.
  ///
  /// @param answered all of them
  private void askStates(Collection<String> phones, Runnable answered) {
    if (phones.isEmpty()) {
      answered.run();
      return;
    }
    var next = new ConcurrentLinkedQueue<String>(phones);
    var left = new AtomicInteger(phones.size());
    for (int i = 0; i < MOST_ASKED; i++) {
      askNext(
          next,
          () -> {
            if (left.decrementAndGet() == 0) answered.run();
          });
    }
  }

  private void askNext(Queue<String> next, Runnable answered) {
    String phone = next.poll();
    if (phone == null) return;
    // First, so that nobody is offered in between who does not want to be disturbed.
    AgentPhones.doNotDisturb(phone)
        .ifPresent(
            device ->
                link.send(
                    AmiActions.deviceState(device),
                    response -> phones.quiet(phone, value(response))));
    link.send(
        AmiActions.deviceState(phone),
        response -> {
          phones.isIn(clock.instant(), phone, value(response));
          answered.run();
          askNext(next, answered);
        });
  }

  /// Empty: it has none.
  private static String value(ManagerResponse response) {
    String value = response.getAttribute("value");
    return value == null ? "" : value;
  }

  private static boolean succeeded(ManagerResponse response) {
    return "Success".equalsIgnoreCase(response.getResponse());
  }

  void send(PbxCommand asked) {
    if (asked instanceof PbxCommand.Move(_, var leg, _)) {
      translator.moved().moves(leg, clock.instant());
    }
    if (translator.moved().waits(asked, clock.instant())) return;
    PbxCommand command = translator.moved().of(asked);
    switch (command) {
      case PbxCommand.Heartbeat() -> whileOurs(this::tellThatWeLive);
      case PbxCommand.Compare() -> askAllStates(() -> link.send(AmiActions.status()));
      case PbxCommand.RingAgent ring -> {
        translator.expect(ring.leg(), ring.timeout());
        channels.send(AmiActions.stands(ring.call(), ring.leg()));
        link.send(AmiActions.originate(ring), response -> refused(ring.leg(), response));
      }
      case PbxCommand.Supervise ring -> {
        translator.expect(ring.leg(), ring.timeout());
        link.send(AmiActions.originate(ring), response -> refused(ring.leg(), response));
      }
      case PbxCommand.SuperviseBy by -> AmiActions.superviseBy(by).forEach(channels::send);
      case PbxCommand.TakeOver take -> AmiActions.takeOver(take).forEach(channels::send);
      case PbxCommand.CancelRing(var call, var leg) -> {
        channels.send(AmiActions.withdrawn(call, leg));
        hangUp(leg);
      }
      case PbxCommand.Forget(var call) -> link.send(AmiActions.forget(call.channel()));
      case PbxCommand.HangUpLeg(var leg) -> hangUp(leg);
      case PbxCommand.HangUpCall(var call) -> channels.send(AmiActions.hangUp(call.channel()));
      case PbxCommand.FallBack(var call) ->
          channels.send(AmiActions.redirect(call.channel(), Kit.CONTEXT_FALLBACK));
      case PbxCommand.TakeBack(var call) ->
          channels.send(AmiActions.redirect(call.channel(), Kit.CONTEXT_HOLD));
      case PbxCommand.RunScript(var call, var script, var keepsPlace) -> {
        String value = (keepsPlace ? Kit.KEEPS_PLACE : "") + script;
        channels.send(AmiActions.setVariable(call.channel(), Kit.SCRIPT, value));
        channels.send(AmiActions.redirect(call.channel(), Kit.CONTEXT_IVR));
      }
      case PbxCommand.Dial dial -> AmiActions.dial(dial).forEach(channels::send);
      case PbxCommand.Music(var call, var music) ->
          channels.send(AmiActions.setVariable(call.channel(), Kit.MUSIC, music));
      case PbxCommand.Say(var call, var files) ->
          channels.send(
              AmiActions.setVariable(
                  call.channel(), "SHARED(" + Kit.SAY + ")", String.join("&", files)));
      case PbxCommand.Adopt adopt ->
          AmiActions.adopt(adopt, clock.instant()).forEach(channels::send);
      case PbxCommand.Hold hold -> channels.send(AmiActions.hold(hold));
      case PbxCommand.Move move -> channels.send(AmiActions.move(move));
      case PbxCommand.Retrieve retrieve -> channels.send(AmiActions.retrieve(retrieve));
      case PbxCommand.Consult consult ->
          link.send(
              AmiActions.consult(consult),
              response -> {
                if (!succeeded(response)) notBegun(consult.call(), response);
              });
      case PbxCommand.MakeCall make ->
          link.send(
              AmiActions.makeCall(make),
              response -> {
                if (!succeeded(response)) notBegun(make.call(), response);
              });
      case PbxCommand.GiveToAsked give -> AmiActions.giveToAsked(give).forEach(channels::send);
      case PbxCommand.BackToConsultation(var own) ->
          AmiActions.backToConsultation(own).forEach(link::send);
      case PbxCommand.Conference conference ->
          AmiActions.conference(conference).forEach(link::send);
      case PbxCommand.GenerateDigits keys -> digits.send(keys);
      case PbxCommand.StartRecording(var call, var recording) -> {
        channels.send(AmiActions.setVariable(call.channel(), Kit.RECORDING, recording.value()));
        link.send(AmiActions.record(call, recording));
      }
      case PbxCommand.MuteRecording(var call, var mute) ->
          channels.send(AmiActions.mute(call, mute));
      case PbxCommand.StopRecording(var call) -> {
        channels.send(AmiActions.stopRecording(call));
        channels.send(AmiActions.setVariable(call.channel(), Kit.RECORDING, ""));
      }
      case PbxCommand.Answer(var leg) -> {
        translator.channelName(leg).ifPresent(channel -> link.send(AmiActions.answer(channel)));
      }
    }
  }

  /// An agent's own call that Asterisk could not begin.
  private void notBegun(CallId own, ManagerResponse response) {
    log.warn("Asterisk does not begin an agent's own call: {}", response.getMessage());
    facts.accept(new PbxEvent.CallEnded(clock.instant(), own));
  }

  /// A leg whose channel does not exist yet is hung up when it appears.
  private void hangUp(LegId leg) {
    if (translator.cancel(leg)) {
      channels.send(AmiActions.hangUp(translator.moved().channel(leg)));
    }
  }

  private void refused(LegId leg, ManagerResponse response) {
    if (!succeeded(response)) translator.refused(leg);
  }

  void close() {
    link.close();
  }
}
