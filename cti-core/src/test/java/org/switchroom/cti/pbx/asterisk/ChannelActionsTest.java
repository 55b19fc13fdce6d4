package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxId;

/// A transfer gives a caller another channel's place, a redirect an agent's phone a new one, and
/// for a moment Asterisk 22 finds neither: seen on a busy machine, a variable that was set then was
/// lost, and the caller with it when they came off hold; another time they stayed on hold.
class ChannelActionsTest {
  private static final CallId CALL = CallId.of(PbxId.MAIN, "17.1");

  private final List<List<String>> told = new ArrayList<>();
  private final VirtualAmiLink link = new VirtualAmiLink(told::add);
  private final Pbx pbx = link.open(() -> Instant.parse("2026-01-05T09:00:00Z"));

  @BeforeEach
  void aCallerCame() {
    pbx.start(Set.of(), _ -> {});
    link.up();
    link.receive("Event: VarSet\r\nUniqueid: 17.1\r\nVariable: SR_CALL\r\nValue: 17.1\r\n\r\n");
    told.clear();
  }

  @Test
  void whatIsSaidInTheMomentOfAMasqueradeIsSaidAgain() {
    pbx.send(new PbxCommand.TakeBack(CALL));
    answer("Error", "Channel does not exist: 17.1");
    answer("Error", "Redirect failed, channel not up.");
    answer("Success", "Redirect successful");
    assertThat(told).hasSize(3);
    assertThat(told.getLast()).contains("Action: Redirect", "Channel: 17.1");
  }

  @Test
  void nothingIsSaidToOneThatIsOver() {
    pbx.send(new PbxCommand.Music(CALL, "jazz"));
    link.receive("Event: Hangup\r\nUniqueid: 17.1\r\nCause: 16\r\n\r\n");
    answer("Error", "No such channel");
    assertThat(told).hasSize(1);
  }

  @Test
  void whatIsNeverFoundIsGivenUp() {
    pbx.send(new PbxCommand.Music(CALL, "jazz"));
    for (int i = 0; i < 1_000; i++) answer("Error", "No such channel");
    assertThat(told).hasSizeBetween(2, 999);
  }

  private void answer(String response, String message) {
    String id = told.getLast().get(1);
    link.receive("Response: %s\r\n%s\r\nMessage: %s\r\n\r\n".formatted(response, id, message));
  }
}
