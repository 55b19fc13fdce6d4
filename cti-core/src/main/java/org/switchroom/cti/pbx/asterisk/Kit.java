package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.TalkLimit;

/// The names that the dialplan kit (`pbx/asterisk/extensions_switchroom.conf`) and this adapter
/// share.
public final class Kit {
  /// Raised whenever the kit and the adapter must change together.
  public static final int VERSION = 19;

  public static final String CONTEXT_KIT = "switchroom-kit";
  public static final String CONTEXT_IN = "switchroom-in";
  public static final String CONTEXT_IVR = "switchroom-ivr";
  public static final String CONTEXT_HOLD = "switchroom-hold";
  public static final String CONTEXT_CONNECT = "switchroom-connect";
  public static final String CONTEXT_MOVED = "switchroom-moved";
  public static final String CONTEXT_TALK = "switchroom-talk";
  public static final String CONTEXT_AFTER = "switchroom-after";
  public static final String CONTEXT_FALLBACK = "switchroom-fallback";
  public static final String CONTEXT_PARKED = "switchroom-parked";
  public static final String CONTEXT_DIAL = "switchroom-dial";
  public static final String CONTEXT_AGENT = "switchroom-agent";
  public static final String CONTEXT_MOVES = "switchroom-moves";
  public static final String CONTEXT_OWN = "switchroom-own";
  public static final String CONTEXT_BESIDE = "switchroom-beside";
  public static final String CONTEXT_CONFERENCE = "switchroom-conference";
  public static final String CONTEXT_OUT = "switchroom-out";
  public static final String CONTEXT_NUMBER = "switchroom-number";
  public static final String CONTEXT_SUPERVISE = "switchroom-supervise";
  public static final String CONTEXT_WAIT = "switchroom-wait";
  public static final String CONTEXT_TELL = "switchroom-tell";
  public static final String CONTEXT_OWNER = "switchroom-owner";
  public static final String CONTEXT_RECORD = "switchroom-record";
  public static final String CONTEXT_CHECK = "switchroom-check";

  /// Where a leg that was answered waits for its caller.
  public static final String WAITING_BRIDGE = "switchroom";

  public static final String GLOBAL_HEARTBEAT = "SWITCHROOM_BEAT";
  public static final String GLOBAL_AGI = "SWITCHROOM_AGI";

  /// What a session of FastAGI has to show, as [AgiAdmission] has it.
  public static final String GLOBAL_TOKEN = "SWITCHROOM_TOKEN";

  /// The name by which it is shown in the session's URL.
  public static final String TOKEN = "token";

  /// Which server serves, as [Ownership] writes it. The dialplan does not read it.
  public static final String GLOBAL_OWNER = "SWITCHROOM_OWNER";

  /// The same in the PBX's own database: a restart of the PBX clears its global variables. A
  /// manager may not write there, so [#CONTEXT_OWNER] does.
  public static final String KEPT_OWNER = "switchroom-owner/name";

  /// The owner that is to be kept.
  public static final String OWNER = "SR_OWNER";

  /// Seconds without a heartbeat, after which the fallback queue takes over.
  public static final String GLOBAL_PATIENCE = "SWITCHROOM_PATIENCE";

  /// In the PBX's own database: the calls that are over, until we have them in the history.
  public static final String ENDED = "switchroom";

  public static final String CALL = "SR_CALL";
  public static final String DNIS = "SR_DNIS";

  /// When the call came, in seconds since 1970.
  public static final String CAME = "SR_CAME";

  public static final String HELD = "SR_HELD";

  /// When the dialplan held the call first, in seconds since 1970 with their thousandths, which
  /// kits before version 5 do not tell.
  public static final String SINCE = "SR_SINCE";

  public static final String PARKED = "SR_PARKED";
  public static final String FALLBACK = "SR_FALLBACK";
  public static final String NEXT = "SR_NEXT";

  /// The queue that the caller's script has chosen, and from the talk on the one in which they were
  /// answered, which stands on the agent's leg.
  public static final String QUEUE = "SR_QUEUE";

  public static final String PRIORITY = "SR_PRIORITY";
  public static final String ARRIVED = "SR_ARRIVED";
  public static final String ASK = "SR_ASK";
  public static final String LANGUAGE = "SR_LANGUAGE";

  /// The script to run; empty: the one of the dialed number.
  public static final String SCRIPT = "SR_SCRIPT";

  /// On the agent's leg, and of a caller who talks in SHARED: the script to run when the agent has
  /// hung up; empty: none.
  public static final String AFTER = "SR_AFTER";

  /// In SHARED: what a held caller shall hear.
  public static final String SAY = "SR_SAY";

  /// In SHARED: `seconds|agent` of the talk.
  public static final String TALK = "SR_TALK";

  /// In SHARED: the offer by which the caller talks or is about to; no other gets them.
  public static final String WITH = "SR_WITH";

  /// The leg with which the caller talks, or has talked last.
  public static final String TALKS = "SR_TALKS";

  /// On a leg: it waits where the caller can take it to themselves.
  public static final String READY = "SR_READY";

  /// In SHARED, while a supervisor takes the caller over: the leg that has them back if that fails.
  public static final String FROM = "SR_FROM";

  /// The class of music that the caller hears in the hold; empty: the PBX's default.
  public static final String MUSIC = "SR_MUSIC";

  public static final String DIAL = "SR_DIAL";
  public static final String RING = "SR_RING";
  public static final String DIALING = "SR_DIALING";

  /// Of a number outside, in seconds: whoever is there is let go so long after they answered.
  public static final String LONGEST = "SR_LONGEST";

  /// Of it, in seconds: so long before that our side hears a tone.
  public static final String WARNING = "SR_WARNING";

  /// Which number an agent calls.
  public static final String NUMBER = "SR_NUMBER";

  /// The agent who calls it, for the records; their own leg has [#AGENT].
  public static final String BY = "SR_BY";

  /// The number that whoever is called sees; empty: whatever the trunk shows.
  public static final String SHOWN = "SR_SHOWN";

  /// On the called side of a call that an agent makes: the end that is to call the number; empty:
  /// it has.
  public static final String DIALS = "SR_DIALS";

  /// How a number that was called did not answer, as `Dial()` has it.
  public static final String DIALED = "SR_DIALED";

  /// What the end is called that calls the number: the id of the call with this before it.
  static final String DIALS_OF = "dials-";

  /// A value of [#SCRIPT]: where the transfer that failed came from.
  public static final String RESUME = ":resume";

  /// What a value of [#SCRIPT] begins with, where the caller keeps their place.
  public static final String KEEPS_PLACE = "+";

  /// Asterisk's own: where a call goes that a phone sends elsewhere.
  public static final String FORWARD_CONTEXT = "FORWARD_CONTEXT";

  public static final String CALLER = "SR_CALLER";

  /// On the agent's leg: its offer, which is its id.
  public static final String OFFER = "SR_OFFER";

  /// With the offer's name behind it, in SHARED of the caller: whether that offer stands. Of
  /// several phones that ring for a caller each has its own.
  public static final String OFFERED = "SR_OFFERED_";

  public static final String STANDS = "1";
  public static final String WITHDRAWN = "0";

  public static final String AGENT = "SR_AGENT";

  /// On both ends of an agent's own call: the leg that hears it when it waits.
  public static final String BESIDE = "SR_BESIDE";

  /// On a caller who was given to whom their agent had asked outside: the end whose talk a limit
  /// has ended.
  public static final String LIMITED = "SR_LIMITED";

  /// What the end that the agent hears is called: the own call's id with this before it. Asterisk
  /// takes no id that another one begins with.
  static final String BESIDE_OF = "beside-";

  /// On the end of an agent's own call that the agent hears: the caller whom it is to hear, too.
  public static final String CONFERENCE = "SR_CONFERENCE";

  /// On a supervisor's leg: the agent's leg that it hears.
  public static final String SUPERVISES = "SR_SUPERVISES";

  /// On a supervisor's leg: how they are to take part, by the word of
  /// [org.switchroom.cti.pbx.Supervision].
  public static final String HOW = "SR_HOW";

  /// The same, as soon as they do.
  public static final String HEARS = "SR_HEARS";

  /// By which id a leg was rung that another call has taken the place of.
  public static final String MOVED = "SR_MOVED";

  /// The folder in which talks are recorded, as Asterisk sees it; empty: nothing is.
  public static final String GLOBAL_RECORDINGS = "SWITCHROOM_RECORDINGS";

  /// On the agent's leg, and of who is to begin one in [#CONTEXT_RECORD]: by which name a talk is
  /// recorded; empty: it is not.
  public static final String RECORD = "SR_RECORD";

  /// The recording of a caller that goes on; empty: none does.
  public static final String RECORDING = "SR_RECORDING";

  /// The channel whose phone shall answer.
  public static final String TELL = "SR_TELL";

  /// How far the dialplan is in [#CONTEXT_CHECK].
  public static final String CHECK = "SR_CHECK";

  public static final String CHECK_HEARD = "heard";
  public static final String CHECK_WRITTEN = "written";
  public static final String CHECK_DONE = "done";

  /// What the kit dials a number outside by.
  ///
  /// @param shown the one number that whoever is called sees; empty: the caller's, and of a call
  ///   that an agent makes the trunk's
  static SequencedMap<String, String> dialing(
      String number, String dial, Duration ring, TalkLimit limit, String shown) {
    var said = new LinkedHashMap<String, String>();
    said.put(NUMBER, number);
    said.put(DIAL, dial);
    said.put(RING, Long.toString(ring.toSeconds()));
    said.put(LONGEST, Long.toString(limit.length().toSeconds()));
    said.put(WARNING, Long.toString(limit.warning().toSeconds()));
    said.put(SHOWN, shown);
    return said;
  }

  /// The agent's own call whose end this is that the agent hears; empty: it is none.
  static Optional<String> besides(String channel) {
    return Optional.of(channel)
        .filter(one -> one.startsWith(BESIDE_OF))
        .map(one -> one.substring(BESIDE_OF.length()))
        .filter(PbxCommand.Consult::isOwn);
  }

  /// The call that an agent makes, whose end this is that calls the number; empty: it is none.
  static Optional<String> dials(String channel) {
    return Optional.of(channel)
        .filter(one -> one.startsWith(DIALS_OF))
        .map(one -> one.substring(DIALS_OF.length()))
        .filter(PbxCommand.MakeCall::isMade);
  }

  private Kit() {}
}
