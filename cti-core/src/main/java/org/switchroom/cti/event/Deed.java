package org.switchroom.cti.event;

import java.util.Locale;

/// What the audit keeps of people, and of the server itself.
public enum Deed {
  LOGGED_IN,
  /// With a wrong password, for a name that there is.
  LOG_IN_REFUSED,
  LOGGED_OUT,
  LOGGED_OUT_EVERYWHERE,
  LOGGED_ANOTHER_OUT,
  /// A customer's record was put before an agent.
  SHOWN_CUSTOMER,
  /// Somebody looked for customers; how many they were shown, and not what they typed.
  SEARCHED_CUSTOMERS,
  /// Somebody opened the record of a customer whom they had found, or had in hand.
  OPENED_CUSTOMER,
  /// An agent said who the customer is.
  CHOSE_CUSTOMER,
  LISTENED_TO_MESSAGE,
  /// A supervisor took part in a talk.
  SUPERVISED_TALK,
  /// A supervisor took the caller over from an agent.
  TOOK_OVER_CALLER,
  /// A supervisor took part no more.
  LEFT_TALK,
  /// Somebody heard the recording of a talk.
  LISTENED_TO_TALK,
  /// An agent had a talk recorded, or silence in place of it.
  BEGAN_RECORDING,
  PAUSED_RECORDING,
  RESUMED_RECORDING,
  RAISED_CONTACT,
  CHANGED_SCRIPT,
  BLOCKED_CALLER,
  UNBLOCKED_CALLER,
  /// An agent ended a talk because of how the caller spoke.
  ENDED_ABUSIVE_CALL,
  /// A number that somebody wanted dialed.
  NOT_DIALED,
  TOOK_CONFIGURATION,
  TOOK_OUT_AUDIT,
  ERASED_PERSON,
  /// What the engine failed at twice.
  SET_ASIDE,
  /// What the PBX has, twice, otherwise than was believed.
  DIFFERENCE;

  /// As the audit has it: `logged-in`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
