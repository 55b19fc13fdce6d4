package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.ivr.Saying;

/// Says to those who wait what their queue has to say, each at their own times. It runs inside the
/// [Center], on its thread.
final class Announcer {
  /// A phone rings for the caller: they are not talked to now.
  private static final Duration WHILE_OFFERED = Duration.ofSeconds(3);

  /// What one caller has heard.
  private static final class Heard {
    final CallId call;
    QueueId queue;
    Instant due;
    Instant nextFigures;
    Instant nextMessage;
    int message;
    int said;
    int position = Integer.MAX_VALUE;
    long minutes = Long.MAX_VALUE;
    boolean over;

    Heard(CallId call) {
      this.call = call;
    }
  }

  private record Due(Instant at, Heard heard) {}

  private final Board board;
  private final Function<CallId, Call> calls;
  private final Predicate<CallId> offered;
  private final Consumer<Effect> out;
  private final Map<CallId, Heard> waiting = new HashMap<>();
  private final PriorityQueue<Due> dues = new PriorityQueue<>((a, b) -> a.at().compareTo(b.at()));

  Announcer(
      Board board, Function<CallId, Call> calls, Predicate<CallId> offered, Consumer<Effect> out) {
    this.board = board;
    this.calls = calls;
    this.offered = offered;
    this.out = out;
  }

  /// Who has moved to another queue hears that one's from now on.
  void waits(Instant at, CallId call, QueueId queue) {
    waitOver(call);
    Announcements announcements = board.settings(queue).announcements();
    if (!announcements.says()) return;
    var heard = new Heard(call);
    heard.queue = queue;
    heard.nextFigures = at.plus(announcements.first());
    heard.nextMessage =
        announcements.messages().isEmpty() ? null : at.plus(announcements.messagesEvery());
    waiting.put(call, heard);
    arm(heard, at);
  }

  void waitOver(CallId call) {
    Heard heard = waiting.remove(call);
    if (heard != null) heard.over = true;
  }

  Instant nextDeadline() {
    while (!dues.isEmpty() && stale(dues.peek())) dues.poll();
    return dues.isEmpty() ? null : dues.peek().at();
  }

  private static boolean stale(Due due) {
    return due.heard().over || due.heard().due != due.at();
  }

  /// The earlier of the two that are due.
  private void arm(Heard heard, Instant notBefore) {
    Instant next = heard.nextFigures;
    if (next == null || (heard.nextMessage != null && heard.nextMessage.isBefore(next))) {
      next = heard.nextMessage;
    }
    heard.due = next == null || next.isAfter(notBefore) ? next : notBefore;
    if (heard.due != null) dues.add(new Due(heard.due, heard));
  }

  void timePassed(Instant now) {
    while (nextDeadline() != null && !dues.peek().at().isAfter(now)) say(dues.poll().heard(), now);
  }

  private void say(Heard heard, Instant now) {
    Call call = calls.apply(heard.call);
    boolean waits = call != null && call.state instanceof CallState.Waiting;
    if (!waits || !board.knows(heard.queue)) {
      waitOver(heard.call);
      return;
    }
    if (offered.test(heard.call)) {
      arm(heard, now.plus(WHILE_OFFERED));
      return;
    }
    Announcements rules = board.settings(heard.queue).announcements();
    var said = new ArrayList<Effect.Said>();
    boolean figures = heard.nextFigures != null && !heard.nextFigures.isAfter(now);
    if (figures) {
      figures(heard, rules, said);
      heard.nextFigures = rules.every().isPositive() ? now.plus(rules.every()) : null;
    } else if (heard.nextMessage != null) {
      Saying message = rules.messages().get(heard.message++ % rules.messages().size());
      said.add(new Effect.Said(message, Map.of()));
      heard.nextMessage = now.plus(rules.messagesEvery());
    }
    if (!said.isEmpty()) {
      out.accept(new Effect.Announce(heard.call, call.language, said));
      heard.said++;
    }
    if (rules.most() > 0 && heard.said >= rules.most()) waitOver(heard.call);
    else arm(heard, now.plus(rules.least()));
  }

  /// Neither the place nor the time ever climbs: a caller who hears it take longer hangs up.
  private void figures(Heard heard, Announcements rules, List<Effect.Said> said) {
    int position = board.position(heard.queue, heard.call.value());
    if (position == 0) return;
    boolean down = position < heard.position;
    boolean again = position == heard.position && !rules.onlyWhenDown();
    if (rules.position() != null && (down || again)) {
      heard.position = position;
      boolean near = rules.positionLimit() == 0 || position <= rules.positionLimit();
      if (near) {
        said.add(new Effect.Said(rules.position(), Map.of("position", position)));
      } else if (rules.more() != null) {
        said.add(new Effect.Said(rules.more(), Map.of("position", rules.positionLimit())));
      }
    }
    Duration expected = board.expectedWait(heard.queue, position);
    if (rules.expected() != null && expected != null) {
      long minutes = Math.max(1, Math.ceilDiv(expected.toSeconds(), 60));
      heard.minutes = Math.min(heard.minutes, minutes);
      said.add(new Effect.Said(rules.expected(), Map.of("minutes", heard.minutes)));
    }
    rules
        .offers()
        .forEach(
            (key, offer) ->
                said.add(new Effect.Said(offer.saying(), Map.of("key", String.valueOf(key)))));
  }
}
