package org.switchroom.desktop.figures;

/// What an agent or a supervisor does with a talk, and what its parties are then: what is measured
/// of each.
enum Control {
  ANSWER("answer", "caller and agent hear each other"),
  DECLINE("decline", "the agent's phone rings no more"),
  GENERATE_DIGITS("generate digits", "the caller's phone hears the key"),
  START_RECORDING("begin a recording", "Asterisk records"),
  PAUSE_RECORDING("pause a recording", "Asterisk records silence"),
  RESUME_RECORDING("resume a recording", "Asterisk records what is said"),
  HOLD("hold", "the caller hears music, the agent nobody"),
  RETRIEVE("retrieve", "they hear each other"),
  CONSULT("consult", "the caller is on hold, the colleague's phone rings"),
  CONSULT_QUEUE("consult a queue", "the caller is on hold, a phone of the queue's rings"),
  CONSULT_NUMBER("consult a number", "the caller is on hold, the number's phone rings"),
  ALTERNATE("alternate, to the caller", "agent and caller hear each other"),
  ALTERNATE_BACK("alternate, back", "the caller is on hold, agent and colleague hear each other"),
  CONFERENCE("conference", "all three are in one bridge"),
  LEAVE("leave a conference", "caller and colleague hear each other, the agent is out"),
  CANCEL("cancel", "agent and caller hear each other, the colleague is out"),
  COMPLETE("complete", "caller and colleague hear each other, the agent is out"),
  TRANSFER_TO_AGENT("transfer to a colleague", "the agent is out, the colleague's phone rings"),
  TRANSFER_TO_QUEUE("transfer to a queue", "the agent is out, the caller is in the hold"),
  GIVE_TO_ASKED("give to the number asked", "caller and number hear each other, the agent is out"),
  TRANSFER_TO_NUMBER("transfer to a number", "the agent is out, the number's phone rings"),
  PARK("park", "the agent is out, the caller is in the hold"),
  PICK_UP("pick up", "the agent's phone rings"),
  MAKE_CALL("call a number", "the agent's phone rings"),
  LISTEN("listen", "the supervisor's phone rings"),
  WHISPER("whisper, from listening", "the supervisor is heard by the agent"),
  BARGE("barge in, from whispering", "the supervisor is heard by both"),
  TAKE_OVER("take over", "caller and supervisor hear each other"),
  HANG_UP("hang up", "agent and caller are out");

  /// As the table has it.
  final String title;

  /// When it is done.
  final String done;

  Control(String title, String done) {
    this.title = title;
    this.done = done;
  }
}
