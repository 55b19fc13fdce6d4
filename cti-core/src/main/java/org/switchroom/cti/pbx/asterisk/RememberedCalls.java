package org.switchroom.cti.pbx.asterisk;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /// Empty: nothing that the dialplan has written.
  static Optional<EndedCall> read(PbxId pbx, @Nullable String key, @Nullable String line) {
    if (key == null || line == null) return Optional.empty();
    String call = key.substring(key.lastIndexOf('/') + 1);
    String[] said = line.split("\\|", FIELDS);
    if (said.length < FIELDS || call.isBlank()) return Optional.empty();
    return seconds(said[0]).map(ended -> read(CallId.of(pbx, call), said, ended));
  }

  private static EndedCall read(CallId call, String[] said, Instant ended) {
    String agent = said[7];
    String phone = agent.isEmpty() ? said[10] : "";
    Optional<Instant> answered = seconds(said[6]);
    if (answered.isEmpty() && !phone.isEmpty()) {
      answered =
          seconds(said[8]).map(since -> since.plusSeconds(Math.clamp(number(said[9]), 0, 86_400)));
    }
    boolean talked = answered.isPresent() && !(agent.isEmpty() && phone.isEmpty());
    return new EndedCall(
        call,
        PhoneNumber.of(said[3]),
        PhoneNumber.dialed(said[2]),
        seconds(said[1]),
        said[4],
        milliseconds(said[5]),
        talked ? answered : Optional.empty(),
        talked ? agent : "",
        talked ? phone : "",
        ended);
  }

  private static Optional<Instant> seconds(String text) {
    long seconds = number(text);
    return seconds <= 0 || seconds > Integer.MAX_VALUE * 2L
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds));
  }

  private static Optional<Instant> milliseconds(String text) {
    long milli = number(text);
    return milli <= 0 || milli > Integer.MAX_VALUE * 2_000L
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(milli));
  }

  private static long number(String text) {
    return text.matches("\\d{1,16}") ? Long.parseLong(text) : 0;
  }
}
