package org.switchroom.cti.center;

/// Why a request is not done, for the person who asked.
///
/// @param code stays the same across languages
/// @param message in English
public record Refusal(String code, String message) {
  static final Refusal NOT_LOGGED_IN = new Refusal("not-logged-in", "You are not logged in.");
  static final Refusal NO_CALL = new Refusal("no-call", "There is no call to do this with.");
  static final Refusal NO_TASK = new Refusal("no-task", "This task is not yours any more.");
  static final Refusal NO_MATCH =
      new Refusal("not-found", "This is none of the customers who may be calling.");
  static final Refusal NOT_SAVED = new Refusal("not-saved", "It was not saved. Try again.");
  static final Refusal BEING_SAVED =
      new Refusal("being-saved", "What you said of this call is being saved already.");
  static final Refusal PBX_DOWN =
      new Refusal("pbx-down", "The telephone system is not connected. Try again in a moment.");
  static final Refusal STOPPING =
      new Refusal(
          "stopping", "The server is being restarted. Nothing was done; try again in a moment.");
  public static final Refusal OVERLOADED =
      new Refusal("overloaded", "The server is overloaded. Nothing was done; try again.");
}
