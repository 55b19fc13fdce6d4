package org.switchroom.ivr;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.switchroom.ivr.speech.Language;

/// What a script can ask of the world around it. Every answer comes within the time that the
/// implementation allows, or says that it failed; nothing here throws.
public interface Services {
  enum Answer {
    FOUND,
    NOT_FOUND,
    FAILED
  }

  /// What can be looked up, and by what.
  enum Kind {
    /// The customer, by the number they call from.
    CALLER,
    /// The customer, by the number of their account.
    ACCOUNT,
    /// An order, by its number.
    ORDER,
    /// The latest order of a customer.
    LATEST_ORDER,
    /// A ticket, by its number.
    TICKET,
    /// The latest open ticket of a customer.
    LATEST_TICKET;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Empty: there is none.
    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    public static List<String> words() {
      return Arrays.stream(values()).map(Kind::word).toList();
    }
  }

  /// @param record what was found, as texts, numbers and truths by name; empty: nothing
  record Found(Answer answer, Map<String, Object> record) {
    public static final Found NOTHING = new Found(Answer.NOT_FOUND, Map.of());
    public static final Found FAILED = new Found(Answer.FAILED, Map.of());
  }

  /// The time at the center.
  ZonedDateTime now();

  /// @param key empty for what the call itself says
  Found lookUp(Kind kind, String key);

  /// Whether this is the customer's PIN: found, not found, or it could not be checked. After a few
  /// wrong ones in a row it is not found whatever it is.
  ///
  /// @param customer their id
  Answer checkPin(String customer, String pin);

  /// @return true: open
  boolean open(String calendar);

  /// @param body empty: none
  /// @return what was answered, as JSON has it
  Found http(String method, String url, Optional<Map<String, Object>> body, Duration timeout);

  /// A message becomes work for a queue.
  Answer leaveVoicemail(String queue, Caller.Recording recording);

  /// What comes of asking to be called back.
  enum CallbackAnswer {
    TAKEN,
    /// They have asked before, and somebody will call.
    STANDS,
    /// Nobody can be called at this number, or it may not be.
    NO_NUMBER,
    FAILED
  }

  CallbackAnswer requestCallback(String queue, String number);

  /// @param recording empty: none
  /// @return the ticket, with its `number`
  Found openTicket(String subject, String priority, Optional<String> recording);

  /// What came of telling the caller that their talk is recorded.
  ///
  /// @param where the script with its version, and the step in it
  /// @param took from its beginning to the answer
  Answer noticed(NoticeAnswer answer, String where, Language language, Duration took);

  /// Whether recordings of the caller's talks begin paused from now on.
  Answer pauseTalkRecording(boolean pause);

  /// One answer of a survey.
  Answer score(String question, int score, int most);
}
