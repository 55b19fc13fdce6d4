package org.switchroom.desktop.testkit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;

/// The callers' trunk and the agents' phones of a [Torture], which play its dramas.
final class CrowdOfPhones implements AutoCloseable {
  private static final int MOST_REMEMBERED = 4;

  /// Longer than a phone is rung.
  private static final int OWN_CALL_MILLIS = 1_600;

  /// A phone whose caller is gone hangs up by itself then.
  private static final int GHOST_MILLIS = 3_000;

  private final SipUser trunk;
  private final Map<String, Phone> phones = new HashMap<>();
  private final Map<String, TorturedCall> calls;

  /// For whom an agent asks a colleague or a queue, by the agent's number.
  private final Map<String, TorturedCall> consults = new ConcurrentHashMap<>();

  /// One agent's phone.
  private static final class Phone {
    final String device;
    final SipUser user;
    final ConcurrentLinkedDeque<String> did = new ConcurrentLinkedDeque<>();
    volatile SipCall own;
    volatile SipCall leg;
    volatile TorturedCall with;
    volatile boolean excuse;

    Phone(String device, SipUser user) {
      this.device = device;
      this.user = user;
    }

    void does(String what) {
      did.add(what);
      if (did.size() > MOST_REMEMBERED) did.poll();
    }
  }

  /// @param calls by their number
  CrowdOfPhones(RealAsterisk asterisk, int agents, Map<String, TorturedCall> calls) {
    this.calls = calls;
    trunk = new SipUser("trunk", 0, asterisk.sipPort(), SipCall::hangUp);
    var made = new ConcurrentHashMap<String, Phone>();
    for (int i = 1; i <= agents; i++) {
      String device = PbxRig.device(i);
      var user =
          new SipUser(
              Integer.toString(1000 + i),
              asterisk.phonePort(device),
              asterisk.sipPort(),
              leg -> rung(made.get(device), leg));
      made.put(device, new Phone(device, user));
    }
    phones.putAll(made);
  }

  /// Whether this phone has done what an agent is not ready for; asked once.
  boolean takeExcuse(String device) {
    Phone phone = phones.get(device);
    boolean excuse = phone.excuse;
    phone.excuse = false;
    return excuse;
  }

  /// What this phone did last.
  String last(String device) {
    return phones.get(device).did.toString();
  }

  void forgetEnded() {
    trunk.forgetEnded();
    phones.values().forEach(phone -> phone.user.forgetEnded());
  }

  // ── Callers ─────────────────────────────────────────────────────────────────────────────────

  /// @param patience then they hang up, whatever has become of them
  void begin(TorturedCall call, Duration patience) {
    if (call.drama() == Torture.Drama.OWN_CALL_FIRST) {
      Phone any = phones.get(PbxRig.device((int) call.millis(1, phones.size())));
      trunk.in(call.millis(0, 40), () -> own(any));
    }
    SipCall made = trunk.call(call.number(), "8001");
    call.begun(made);
    if (call.drama() == Torture.Drama.CANCEL) trunk.in(call.millis(0, 60), made::hangUp);
    trunk.in(patience.toMillis(), made::hangUp);
  }

  // ── Phones ──────────────────────────────────────────────────────────────────────────────────

  private void rung(Phone phone, SipCall leg) {
    TorturedCall call = calls.get(leg.from());
    if (call == null) {
      consulted(phone, leg);
      return;
    }
    boolean first = call.rung(phone.device, leg);
    call.caller().ended().thenRun(() -> phone.user.in(GHOST_MILLIS, leg::hangUp));
    if (isBusy(phone)) {
      phone.does("is busy for " + call.number());
      // A phone with call waiting rings beside its own call; else it is a transfer.
      if (isLive(phone.own)) leg.ring();
      else leg.refuse("486 Busy Here", "");
      return;
    }
    phone.leg = leg;
    phone.with = call;
    leg.ring();
    phone.does((first ? "" : "again ") + call.drama() + " " + call.number());
    if (first) play(phone, leg, call);
    else talk(phone, leg, call, 150);
  }

  /// A colleague asks, for a caller; they may be put through before the answer.
  private void consulted(Phone phone, SipCall leg) {
    TorturedCall call = consults.get(leg.from());
    if (call == null) {
      leg.refuse("404 Not Found", "");
      return;
    }
    if (isBusy(phone)) {
      leg.refuse("486 Busy Here", "");
      phone.excuse = true;
      return;
    }
    call.rung(phone.device, leg);
    phone.leg = leg;
    phone.with = call;
    phone.does("is asked for " + call.number());
    leg.ring();
    phone.user.in(call.millis(0, 250), leg::answer);
    call.caller().ended().thenRun(() -> phone.user.in(GHOST_MILLIS, leg::hangUp));
  }

  private static boolean isLive(SipCall call) {
    return call != null && !call.isOver();
  }

  /// A leg whose caller is gone is over in a moment, and keeps a phone from nothing.
  private static boolean isBusy(Phone phone) {
    return isLive(phone.own) || isLive(phone.leg) && isLive(phone.with.caller());
  }

  /// Answers, and the caller hangs up after a while.
  private static void talk(Phone phone, SipCall leg, TorturedCall call, long millis) {
    phone.user.in(30, leg::answer);
    phone.user.in(30 + millis, call.caller()::hangUp);
  }

  private void play(Phone phone, SipCall leg, TorturedCall call) {
    SipUser user = phone.user;
    SipCall caller = call.caller();
    long after = call.millis(20, 100);
    long beside = call.millis(-50, 50);
    switch (call.drama()) {
      case TALK, OWN_CALL_FIRST, CANCEL -> talk(phone, leg, call, call.millis(300, 900));
      case BYE_AT_ANSWER -> both(user, leg::answer, caller::hangUp, after, beside);
      case BYE_JUST_AT_ANSWER -> both(user, leg::answer, caller::hangUp, after, call.millis(-3, 3));
      case ANSWER_AT_RINGS_END -> {
        phone.excuse = true;
        user.in(call.ring().toMillis() + call.millis(-30, 30), leg::answer);
        user.in(call.ring().toMillis() + 400, () -> hangUpIfTalks(leg, caller));
      }
      case BOTH_HANG_UP -> {
        user.in(after, leg::answer);
        both(user, leg::hangUp, caller::hangUp, after + call.millis(60, 300), beside / 10);
      }
      case ANSWER_AND_HANG_UP -> {
        phone.excuse = true;
        both(user, leg::answer, leg::hangUp, after, call.millis(0, 100));
      }
      case HOLD -> {
        long holds = after + call.millis(0, 100);
        user.in(after, leg::answer);
        user.in(holds, () -> leg.hold(true));
        if (beside < 0) both(user, () -> leg.hold(false), caller::hangUp, holds + 80, beside / 10);
        else user.in(holds + beside, caller::hangUp);
      }
      case MOVED -> {
        phone.excuse = true;
        int other = 1001 + (int) call.millis(0, phones.size() - 1);
        user.in(after, () -> leg.move("sip:%d@127.0.0.1".formatted(other)));
      }
      case BUSY -> {
        phone.excuse = true;
        user.in(after, () -> leg.refuse("486 Busy Here", ""));
      }
      case DECLINED -> {
        phone.excuse = true;
        user.in(after, leg::hangUp);
      }
      case TO_COLLEAGUE -> {
        int other = 1001 + (int) call.millis(0, phones.size() - 1);
        transfer(phone, leg, call, after, Integer.toString(other));
      }
      case TO_QUEUE -> transfer(phone, leg, call, after, "8001");
      case CONSULTS_COLLEAGUE -> {
        int other = 1001 + (int) call.millis(0, phones.size() - 1);
        consult(phone, leg, call, after, Integer.toString(other));
      }
      case CONSULTS_QUEUE -> consult(phone, leg, call, after, "8001");
      case OWN_CALL -> {
        user.in(call.millis(0, 60), () -> own(phone));
        user.in(OWN_CALL_MILLIS * 2L, leg::hangUp);
      }
      case GIVES_UP_AT_RING -> {
        user.in(call.millis(0, 30), caller::hangUp);
        if (beside > 0) user.in(call.millis(0, 30), leg::answer);
      }
    }
  }

  /// Two things, the second so many milliseconds after the first; less than 0: before it.
  private static void both(SipUser user, Runnable one, Runnable other, long after, long beside) {
    user.in(after + Math.max(0, -beside), one);
    user.in(after + Math.max(0, beside), other);
  }

  private static void hangUpIfTalks(SipCall leg, SipCall caller) {
    if (leg.isTalking()) caller.hangUp();
  }

  private static void transfer(
      Phone phone, SipCall leg, TorturedCall call, long after, String number) {
    long sends = after + 40 + call.millis(0, 100);
    phone.user.in(after, leg::answer);
    phone.user.in(
        sends,
        () -> {
          leg.refer(number);
          // Asterisk counts the phone as free from now on.
          phone.leg = null;
        });
    phone.user.in(sends + 150 + call.millis(0, 50), leg::hangUp);
    phone.user.in(sends + 2_500, call.caller()::hangUp);
  }

  /// Asks somebody on a second line, and puts the caller through some time later: the other may
  /// wait, ring or talk by then.
  private void consult(Phone phone, SipCall leg, TorturedCall call, long after, String number) {
    String mine = phone.device.substring("PJSIP/".length());
    long asks = after + 40 + call.millis(0, 60);
    long through = asks + call.millis(0, 500);
    phone.user.in(after, leg::answer);
    phone.user.in(asks, () -> ask(phone, leg, call, mine, number));
    phone.user.in(
        through,
        () -> {
          SipCall own = phone.own;
          if (!leg.isTalking() || own == null || own.isOver() || !own.ringing().isDone()) return;
          leg.referTo(own);
          call.putThroughNow();
          phone.leg = null;
        });
    phone.user.in(
        through + 300,
        () -> {
          leg.hangUp();
          if (phone.own != null) phone.own.hangUp();
        });
    phone.user.in(through + 2_500, call.caller()::hangUp);
  }

  private void ask(Phone phone, SipCall leg, TorturedCall call, String mine, String number) {
    if (!leg.isTalking()) return;
    leg.hold(true);
    consults.put(mine, call);
    phone.does("asks " + number);
    phone.own = phone.user.call(number);
  }

  /// The agent calls somebody.
  private static void own(Phone phone) {
    if (phone.own != null && !phone.own.isOver()) return;
    phone.does("calls somebody");
    SipCall made = phone.user.call("900");
    phone.own = made;
    phone.user.in(OWN_CALL_MILLIS, made::hangUp);
  }

  @Override
  public void close() {
    trunk.close();
    phones.values().forEach(phone -> phone.user.close());
  }
}
