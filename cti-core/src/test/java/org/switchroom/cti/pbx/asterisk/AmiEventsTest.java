package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What of Asterisk's messages goes on to who reads them.
class AmiEventsTest {
  @Test
  void ofAnEventWhatIsRead() {
    assertThat(
            AmiEvents.read(
                List.of(
                    "Event: Hangup",
                    "Privilege: call,all",
                    "Channel: PJSIP/1001-1",
                    "CallerIDNum: 1",
                    "uniqueid : u1",
                    "Uniqueid2: u2",
                    "Cause: 16")))
        .containsExactly("Event: Hangup", "uniqueid : u1", "Cause: 16");
    assertThat(AmiEvents.read(List.of("EVENT: newstate", "Linkedid: 1", "Uniqueid: 2")))
        .containsExactly("Event: newstate", "Uniqueid: 2");
  }

  @Test
  void aListWhole() {
    var status = List.of("Event: Status", "Uniqueid: 1", "Variable: SR_CALL=1", "Whatever: 2");
    assertThat(AmiEvents.read(status)).isEqualTo(status);
  }

  /// The library reads names by their letters and digits.
  @Test
  void ofAListNoNameThatIsAnotherToTheLibrary() {
    var status =
        List.of(
            "Event: Status",
            "Uniqueid: 1",
            "Unique-id: 2",
            "Unique_id : 3",
            "Un\u0130queid: 4",
            "Variable: SR_CALL=1");
    assertThat(AmiEvents.read(status))
        .containsExactly("Event: Status", "Uniqueid: 1", "Variable: SR_CALL=1");
  }

  @Test
  void ofAnEventThatNobodyReadsNothing() {
    assertThat(AmiEvents.read(List.of("Event: Newexten", "Uniqueid: 1"))).isEmpty();
    assertThat(AmiEvents.read(List.of("Event:", "Uniqueid: 1"))).isEmpty();
  }

  /// A message is what its first line says.
  @Test
  void anEventWithinAnotherMessageIsNone() {
    assertThat(AmiEvents.read(List.of("Response: Success", "Value: 1", "Event: Hangup")))
        .containsExactly("Response: Success", "Value: 1");
    assertThat(AmiEvents.read(List.of("Event: Status", "Event: Hangup", "Uniqueid: 1")))
        .containsExactly("Event: Status", "Uniqueid: 1");
  }

  /// Asterisk is not asked for what nobody reads, and tells all that is read.
  @Test
  void theKitLetsThroughWhatIsRead() throws IOException {
    List<String> let =
        Files.readAllLines(Path.of("../pbx/asterisk/manager_switchroom.conf")).stream()
            .filter(line -> line.startsWith("eventfilter(name("))
            .map(line -> line.replaceAll("eventfilter\\(name\\((\\w+)\\).*", "$1"))
            .toList();
    // What answers an action of ours passes no filter.
    var told = new ArrayList<>(AmiEvents.names());
    told.removeAll(
        List.of(
            "Status",
            "StatusComplete",
            "DBGetTreeResponse",
            "DeviceStateListComplete",
            "SwitchroomCheck"));
    assertThat(let).containsExactlyInAnyOrderElementsOf(told);
  }
}
