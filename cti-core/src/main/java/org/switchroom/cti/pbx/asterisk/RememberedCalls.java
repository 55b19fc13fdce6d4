package org.switchroom.cti.pbx.asterisk;

import java.time.Instant;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;

/// What the dialplan writes into the PBX's database when a call is over, in one line:
/// `ended|came|dialed|from|queue|waited since|talk since|agent|fallback since|waited there|phone`.
/// Times are seconds since 1970, but for the begin of the wait, which is ours and in milliseconds.
final class RememberedCalls {
  private static final int FIELDS = 11;

  private RememberedCalls() {}

  /// Null: nothing that the dialplan has written.
  static EndedCall read(PbxId pbx, String key, String line) {
    if (key == null || line == null) return null;
    String call = key.substring(key.lastIndexOf('/') + 1);
    String[] said = line.split("\\|", FIELDS);
    Instant ended = said.length < FIELDS ? null : seconds(said[0]);
    if (ended == null || call.isBlank()) return null;
    Instant fallback = seconds(said[8]);
    String agent = said[7];
    String phone = agent.isEmpty() ? said[10] : "";
    Instant answered = seconds(said[6]);
    if (answered == null && !phone.isEmpty() && fallback != null) {
      answered = fallback.plusSeconds(Math.clamp(number(said[9]), 0, 86_400));
    }
    boolean talked = answered != null && !(agent.isEmpty() && phone.isEmpty());
    return new EndedCall(
        CallId.of(pbx, call),
        PhoneNumber.of(said[3]),
        PhoneNumber.dialed(said[2]),
        seconds(said[1]),
        said[4],
        milliseconds(said[5]),
        talked ? answered : null,
        talked ? agent : "",
        talked ? phone : "",
        ended);
  }

  private static Instant seconds(String text) {
    long seconds = number(text);
    return seconds <= 0 || seconds > Integer.MAX_VALUE * 2L ? null : Instant.ofEpochSecond(seconds);
  }

  private static Instant milliseconds(String text) {
    long milli = number(text);
    return milli <= 0 || milli > Integer.MAX_VALUE * 2_000L ? null : Instant.ofEpochMilli(milli);
  }

  private static long number(String text) {
    return text.matches("\\d{1,16}") ? Long.parseLong(text) : 0;
  }
}
