package org.switchroom.ivr;

/// Who is calling? Answers come within the time the implementation allows, or are `FAILED`.
public interface Lookups {
  enum Answer {
    FOUND,
    NOT_FOUND,
    FAILED
  }

  Answer byCallerNumber();

  Answer byAccount(String digits);
}
