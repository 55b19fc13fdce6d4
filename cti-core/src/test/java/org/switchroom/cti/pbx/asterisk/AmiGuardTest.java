package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a caller has written into a message, and what Asterisk writes by itself.
class AmiGuardTest {
  private static final String MARK = "-list";

  private final AmiGuard guard = new AmiGuard(MARK);

  private List<String> take(String... lines) throws IOException {
    return guard.take(List.of(lines));
  }

  @Test
  void aHeaderThatSaysTwoThingsIsACallers() throws IOException {
    assertThat(take("Event: Hangup", "Uniqueid: 1", "uniqueid : 2")).isEmpty();
    assertThat(take("Event: Hangup", "Event: Newchannel")).isEmpty();
  }

  @Test
  void oneThatIsRepeatedStandsOnce() throws IOException {
    assertThat(take("Event: Hangup", "Uniqueid: 1", "no header", ": 7", "UNIQUEID:  1 "))
        .containsExactly("Event: Hangup", "Uniqueid: 1");
  }

  @Test
  void eachVariableAndEachLineOfOutputIsOfItsOwn() throws IOException {
    List<String> status =
        List.of(
            "Event: Status",
            "Variable: SR_CALL=1",
            "Variable: SR_LEG=2",
            "ChanVariable: a=1",
            "ChanVariable: A=2",
            "Output: x",
            "Output: y");
    assertThat(guard.take(status)).isEqualTo(status);
    assertThat(take("Event: Status", "Variable: SR_CALL=1", "Variable: SR_CALL=2")).isEmpty();
    assertThat(take("Event: VarSet", "Variable: SR_CALL=1", "Variable: SR_LEG=2")).isEmpty();
  }

  @Test
  void inAListOnlyItsOwnIsHeard() throws IOException {
    take("Response: Success", "ActionID: 1" + MARK, "EventList: start");
    assertThat(take("Event: Hangup", "Uniqueid: 1")).isEmpty();
    assertThat(take("Event: Status", "ActionID: 1" + MARK, "Uniqueid: 1")).hasSize(3);
    assertThat(
            take("Event: StatusComplete", "ActionID: 1" + MARK, "EventList: Complete", "Uniqueid:"))
        .isEmpty();
    assertThat(take("Event: StatusComplete", "ActionID: 1" + MARK, "EventList: Complete"))
        .hasSize(3);
    assertThat(take("Event: Hangup", "Uniqueid: 1")).hasSize(2);
  }

  /// Of so many names each would be compared with each.
  @Test
  @Timeout(2)
  void namesThatWereChosenToMeetCostNoTime() throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 10_000; i++) {
      var name = new StringBuilder("x");
      // By a factor of 31, as Java's own hash has it, both are the same.
      for (int bit = 0; bit < 14; bit++) name.append((i >> bit & 1) == 0 ? "0@" : "1!");
      lines.add(name + ": 1");
    }
    for (int i = 0; i < 10; i++) assertThat(guard.take(lines)).hasSize(10_000);
  }

  @Test
  void lettersThatAreNotAsterisksMakeNoNameOfIts() throws IOException {
    assertThat(take("Event: Status", "Var\u0131able: a=1", "Var\u0131able: b=2")).isEmpty();
    take("Response: Success", "ActionID: 1" + MARK, "Eventl\u0131st: start");
    assertThat(take("Event: Hangup", "Uniqueid: 1")).hasSize(2);
  }

  /// As it reads on paper.
  private static List<String> plain(List<String> lines) {
    var taken = new ArrayList<String>();
    var values = new HashMap<String, String>();
    boolean status = lines.getFirst().equalsIgnoreCase("Event: Status");
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon <= 0) continue;
      String header = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      boolean each = header.endsWith("chanvariable") || (status && header.equals("variable"));
      int equals = each ? line.indexOf('=', colon) : -1;
      if (equals >= 0) header += line.substring(colon, equals);
      String value = line.substring(colon + 1).strip();
      String before = values.putIfAbsent(header, value);
      if (before == null || header.equals("output")) taken.add(line);
      else if (!before.equals(value)) return List.of();
    }
    return taken;
  }

  @Test
  void itTakesWhatItTakesOnPaper() throws IOException {
    var random = new Random(7);
    String[] names = {"Event", "EVENT ", "Uniqueid", "Variable", "xChanVariable", "Output", " a"};
    String[] values = {"Status", "1", " 1", "a=1", "a=2", "b=1", "a :=1", ""};
    int refused = 0;
    for (int i = 0; i < 200_000; i++) {
      var lines = new ArrayList<String>();
      lines.add(random.nextBoolean() ? "Event: Status" : "Event: Other");
      for (int n = random.nextInt(i % 1_000 == 0 ? 300 : 6); n > 0; n--) {
        String colon = random.nextInt(20) == 0 ? "" : ":";
        String number = random.nextInt(3) == 0 ? "" : Integer.toString(random.nextInt(40));
        lines.add(
            number
                + names[random.nextInt(names.length)]
                + colon
                + values[random.nextInt(values.length)]);
      }
      List<String> right = plain(lines);
      if (right.isEmpty()) refused++;
      assertThat(new AmiGuard(MARK).take(lines)).as("seed 7, message %d", i).isEqualTo(right);
    }
    assertThat(refused).isBetween(1_000, 199_000);
  }
}
