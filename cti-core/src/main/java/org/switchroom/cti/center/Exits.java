package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.switchroom.acd.Decision;
import org.switchroom.cti.call.CallEvent;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;

/// How a caller leaves the queues for something other than an agent: by a key, or because the
/// queue's steps end so. It runs inside the [Center], on its thread.
final class Exits {
  /// A caller is sent out of the queues no more often than this; then the call is ended.
  private static final int MOST_DIVERSIONS = 5;

  private static final Duration RING_OUTSIDE = Duration.ofSeconds(30);

  private final Center center;
  private final Board board;
  private final Offers offers;
  private final Consumer<Effect> out;

  Exits(Center center, Board board, Offers offers, Consumer<Effect> out) {
    this.center = center;
    this.board = board;
    this.offers = offers;
    this.out = out;
  }

  /// A key takes up what the queue offers, also while a phone rings for the caller.
  void keyPressed(Instant at, CallId id, char key) {
    Call call = center.call(id);
    if (call == null || !(call.state instanceof CallState.Waiting waiting)) return;
    Announcements.Offer offer = board.settings(waiting.queue()).announcements().offers().get(key);
    if (offer == null || !center.pbxConnected()) return;
    center.move(id, new CallEvent.Diverted(at, true));
    out.accept(new Effect.Command(new PbxCommand.RunScript(id, offer.script(), true)));
  }

  /// The PBX has not heard of us for a while, and we are here: whoever waits, waits with us. Whose
  /// agent may answer in this moment is left where they are, and taken back if nobody answers: a
  /// caller is never moved by two hands.
  void fellBack(CallId id) {
    Call call = center.call(id);
    if (call == null || !(call.state instanceof CallState.Waiting)) return;
    call.fellBack = offers.offered(id);
    if (!call.fellBack) takeBack(id);
  }

  /// Out of the script, to where the dialplan holds them.
  void scriptFroze(CallId id) {
    Call call = center.call(id);
    boolean inScript =
        call != null
            && switch (call.state) {
              case CallState.InScript _,
                  CallState.Placed _,
                  CallState.Away _,
                  CallState.Released _ ->
                  true;
              case CallState.Waiting _, CallState.Talking _, CallState.Ended _ -> false;
            };
    if (inScript) takeBack(id);
  }

  void takeBack(CallId id) {
    out.accept(new Effect.Command(new PbxCommand.TakeBack(id)));
  }

  /// Nobody has answered.
  void notAnswered(CallId id) {
    Call call = center.call(id);
    if (call != null && call.fellBack) fellBack(id);
  }

  /// The caller leaves the queues. Who is sent out again and again is let go, so that two queues
  /// that send callers to each other's scripts do not do so for ever.
  void diverted(Decision.Diverted diverted, Dialing dialing) {
    CallId id = Contacts.call(diverted.contact());
    Call call = center.call(id);
    if (call == null) return;
    String argument = diverted.target().argument();
    String dial = dialing.dial(argument);
    boolean again = ++call.diversions <= MOST_DIVERSIONS;
    center.move(id, new CallEvent.Diverted(diverted.at(), false));
    PbxCommand command =
        switch (diverted.target().kind()) {
          case SCRIPT -> new PbxCommand.RunScript(id, argument, false);
          case VOICEMAIL -> new PbxCommand.RunScript(id, named(argument, "voicemail"), false);
          case CALLBACK -> new PbxCommand.RunScript(id, named(argument, "callback"), false);
          case NUMBER -> dial == null ? null : new PbxCommand.Dial(id, dial, RING_OUTSIDE);
          case HANG_UP -> null;
        };
    out.accept(
        new Effect.Command(command != null && again ? command : new PbxCommand.HangUpCall(id)));
  }

  private static String named(String argument, String otherwise) {
    return argument.isEmpty() ? otherwise : argument;
  }
}
