package org.switchroom.cti.testkit;

import java.nio.file.Path;
import java.time.Duration;
import org.switchroom.cti.pbx.asterisk.AmiSettings;

/// A PBX with callers and phones that do as they are told: a real one, or the simulated.
public interface PbxRig extends AutoCloseable {
  /// What a phone does when it rings.
  enum Manner {
    ANSWERS,
    /// Answers, and there is something to be heard from it.
    ANSWERS_AND_SPEAKS,
    RINGS,
    /// Rings until it is told to answer (SIP NOTIFY, event "talk").
    ANSWERS_WHEN_TOLD,
    /// Answers at once where its INVITE tells it to (Call-Info, `answer-after`), and else rings.
    ANSWERS_BY_ITSELF_WHEN_TOLD,
    DECLINES,
    BUSY,
    /// Sends its calls to 1002 (SIP 302).
    MOVES,
    /// Answers, and hangs up after a second.
    ANSWERS_AND_HANGS_UP,
    /// Answers, and transfers the caller to 900 after a second.
    ANSWERS_AND_TRANSFERS,
    /// Answers, and transfers the caller to 1002 after a second.
    ANSWERS_AND_GIVES_AWAY
  }

  String USER = "switchroom";
  String SECRET = "secret";

  /// The phone of the agent of this number: 1001 is the first's.
  static String device(int agent) {
    return "PJSIP/" + (1000 + agent);
  }

  /// How to reach its manager, with our FastAGI at this port.
  AmiSettings ami(int agiPort);

  /// The same, at whichever port it gets.
  default AmiSettings ami() {
    return ami(0);
  }

  /// For somebody who hears all of it, as the server does not.
  AmiSettings listening();

  /// Phones `PJSIP/1001` to `PJSIP/1004` are there; sets what one does.
  void phone(String device, Manner manner);

  /// The agent of this phone calls somebody, whatever else it does, for some seconds.
  void callsSomebody(String device);

  /// The agent of this phone does not want to be disturbed, and has told the PBX, or wants to be
  /// again.
  void doNotDisturb(String device, boolean on);

  /// A phone that is registered nowhere.
  default String unreachablePhone() {
    return "PJSIP/1099";
  }

  /// Somebody calls, and sends whatever they like as both numbers, also line ends.
  void call(String from, String dialed, Duration hangsUpAfter);

  /// Somebody calls 8001 who is called so; nobody else is called anything but "Caller".
  void callAs(String name, String from, Duration hangsUpAfter);

  /// Somebody calls 8001, presses the key when the menu asks, and hangs up after a while.
  void call(String from, char key, Duration hangsUpAfter);

  /// The same; while held they press a second key, some seconds later.
  void callThatPressesWhileHeld(String from, char key, char heldKey, Duration hangsUpAfter);

  /// The same; when the agent is gone they press a second key.
  void callThatPressesAfterTheTalk(String from, char key, char second, Duration hangsUpAfter);

  /// Whether that key is pressed after some time, wherever they are then.
  default boolean pressesInTalks() {
    return true;
  }

  /// The same; there is something to be heard from them.
  void callThatSpeaks(String from, char key, Duration hangsUpAfter);

  /// Somebody calls `straight`, and listens to what is keyed.
  void callThatListens(String from, Duration hangsUpAfter);

  /// What they have heard so far, key by key.
  String keysHeard(String from);

  /// Where callers are recorded, as the PBX sees it.
  String recordings();

  /// A file that the PBX names.
  Path onThisMachine(String file);

  /// A number outside that rings and is not answered, as the PBX dials it.
  String outside();

  /// The links to the PBX break; its calls live on.
  void dropLinks();

  /// The PBX is stopped with all its calls, and started. What it was told to keep it has.
  void stopAndStart();

  @Override
  void close();
}
