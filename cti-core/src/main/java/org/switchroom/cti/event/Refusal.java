package org.switchroom.cti.event;

import java.util.List;

/// Why a command is not done, for the person who asked.
///
/// @param code stays the same across languages
/// @param message in English
public record Refusal(String code, String message) {
  public static final Refusal NOT_LOGGED_IN =
      new Refusal("not-logged-in", "You are not logged in.");
  public static final Refusal NO_CALL = new Refusal("no-call", "There is no call to do this with.");
  public static final Refusal NO_MATCH =
      new Refusal("not-found", "This is none of the customers who may be calling.");
  public static final Refusal NOT_SAVED = new Refusal("not-saved", "It was not saved. Try again.");
  public static final Refusal PAST =
      new Refusal("past", "This was asked long ago. Look at how things stand now.");
  public static final Refusal PBX_DOWN =
      new Refusal("pbx-down", "The telephone system is not connected. Try again in a moment.");
  public static final Refusal UNDER_WAY =
      new Refusal("under-way", "What was asked before is being done. Try again in a moment.");
  public static final Refusal HELD_ON_PHONE =
      new Refusal("held-on-phone", "The phone itself holds the call: take it off hold there.");
  public static final Refusal ON_HOLD =
      new Refusal("on-hold", "The caller is on hold: take them off hold first.");
  public static final Refusal NOT_RECORDED =
      new Refusal("not-recorded", "This talk is not recorded.");
  public static final Refusal NO_ROOM_TO_RECORD =
      new Refusal(
          "no-room-to-record", "Nothing can be recorded: the disk for it is full or missing.");
  public static final Refusal NOT_TO_RECORD =
      new Refusal("not-to-record", "Talks of this queue are not recorded on demand.");
  public static final Refusal CALLER_REFUSED =
      new Refusal("recording-refused", "The caller does not want to be recorded.");
  public static final Refusal NOT_NOTICED =
      new Refusal("not-noticed", "The caller was not told that talks are recorded.");
  public static final Refusal NO_KEYS =
      new Refusal("bad-request", "Keys are 0 to 9, * and #, at most 32 at once.");
  public static final Refusal DISPOSITION_NEEDED =
      new Refusal("disposition-needed", "Choose what the call was about before you go on.");
  public static final Refusal NAME_MISSING =
      new Refusal("name-missing", "Write the customer's name.");
  public static final Refusal REASON_MISSING = new Refusal("reason-missing", "Write why.");
  public static final Refusal TO_ONESELF =
      new Refusal("to-oneself", "You have the caller already.");
  public static final Refusal COLLEAGUE_AWAY =
      new Refusal("colleague-away", "This colleague takes no calls now.");
  public static final Refusal NOT_PARKED =
      new Refusal("not-parked", "This caller is not parked any more.");
  public static final Refusal PICKED_UP =
      new Refusal("picked-up", "A colleague has picked this caller up.");
  public static final Refusal NOT_SERVED =
      new Refusal("not-served", "You do not serve the queue of this caller.");
  public static final Refusal IN_CALL = new Refusal("in-call", "You are in a call.");
  public static final Refusal NOT_FREE =
      new Refusal("not-free", "You cannot take a call now: finish what you have first.");
  public static final Refusal PHONE_AWAY =
      new Refusal("phone-away", "Your phone cannot be rung now.");
  public static final Refusal CONSULTING =
      new Refusal("consulting", "You ask somebody already: go back to the caller first.");
  public static final Refusal NO_CONSULTATION =
      new Refusal("no-consultation", "You ask nobody now.");
  public static final Refusal NOT_ANSWERED =
      new Refusal("not-answered", "Whom you ask has not answered yet.");
  public static final Refusal NOT_REACHED =
      new Refusal("not-reached", "Nobody has answered there yet.");
  public static final Refusal COLLEAGUE_HOLDS =
      new Refusal("colleague-holds", "Whom you ask has put you on hold.");
  public static final Refusal CONFERENCE =
      new Refusal("conference", "This is a conference: leave it first.");
  public static final Refusal NO_PHONE =
      new Refusal("no-phone", "You have no phone here that could be rung.");
  public static final Refusal NO_SUCH_PHONE =
      new Refusal("no-such-phone", "This is no phone at which you can sit.");
  public static final Refusal PHONE_TAKEN =
      new Refusal("phone-taken", "Somebody else sits at this phone.");
  public static final Refusal PHONE_IN_USE =
      new Refusal("phone-in-use", "You have a call: change the phone when it is over.");
  public static final Refusal ANSWER_AT_PHONE =
      new Refusal("answer-at-phone", "This phone is answered by hand: answer at the phone.");
  public static final Refusal BARGE_ON_HOLD =
      new Refusal("barge-on-hold", "The caller is on hold, and hears nobody.");
  public static final Refusal BARGE_IN_CONFERENCE =
      new Refusal(
          "barge-in-conference", "In a conference you can listen, and whisper to the agent.");
  public static final Refusal TAKE_OVER_CONFERENCE =
      new Refusal("take-over-conference", "A conference cannot be taken over.");
  public static final Refusal OWN_TALK = new Refusal("own-talk", "This is your own talk.");
  public static final Refusal NO_TALK = new Refusal("no-talk", "There is no talk to take part in.");
  public static final Refusal TAKEN_OVER =
      new Refusal("taken-over", "A supervisor takes the caller over.");
  public static final Refusal NO_QUEUE =
      new Refusal("no-queue", "There is no queue for calls of this name.");
  public static final Refusal POINTS =
      new Refusal("bad-request", "A contact cannot be raised by so many points.");
  public static final Refusal DISK_FULL =
      new Refusal("not-saved", "It was not saved: the server's disk is full. Calls go on.");
  public static final Refusal SET_ASIDE =
      new Refusal(
          "set-aside",
          "The server cannot do this: it failed twice. Nothing was done; tell whoever runs it.");
  public static final Refusal STOPPING =
      new Refusal(
          "stopping", "The server is being restarted. Nothing was done; try again in a moment.");
  public static final Refusal OVERLOADED =
      new Refusal("overloaded", "The server is overloaded. Nothing was done; try again.");

  public static Refusal tooLong(String field, int most) {
    return new Refusal("too-long", "%s: at most %,d characters.".formatted(field, most));
  }

  /// @param why a number is not dialed, by its code
  public static Refusal notDialed(String why, String message) {
    return new Refusal("dial-" + why, message);
  }

  public static Refusal dispositionUnknown(String disposition, List<String> known) {
    return new Refusal(
        "disposition-unknown",
        "This queue has no disposition %s. It has %s.".formatted(disposition, known));
  }
}
