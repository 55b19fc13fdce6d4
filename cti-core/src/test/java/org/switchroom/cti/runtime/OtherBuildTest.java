package org.switchroom.cti.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.TestPlan;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.testkit.FoldedTurns;

/// A ledger that another build has written is not only read: the next run begins with it.
class OtherBuildTest {
  private static final CenterSettings SETTINGS =
      TestPlan.of("orders", "returns").agents("ann").settings();
  private static final CallId CALL = new CallId("17.5");

  @TempDir Path folder;
  private final Engine engine = new Engine();
  private final Replica shown = new Replica();

  private void takes(Input input, Instant now) {
    engine.on(input, now, now, new FoldedTurns(shown));
    assertThat(shown.snapshot()).as("folded, after %s", input).isEqualTo(engine.snapshot());
  }

  /// The list of the PBX, and everything that is due in the hour after it.
  private void starts(LiveCall... calls) throws Exception {
    try (var in = getClass().getResourceAsStream("ledger-of-another-build.jsonl");
        var ledger = Ledger.open(folder, LedgerOptions.DEFAULT, InstantSource.system())) {
      new String(in.readAllBytes(), UTF_8)
          .lines()
          .forEach(line -> ledger.append(line.getBytes(UTF_8)));
      shown.restore(Recovery.replay(ledger, Recovery.Found.NOTHING, engine).snapshot());
    }
    Instant now = engine.snapshot().at().plusSeconds(3);
    takes(new Input.Start(5, SETTINGS), now);
    takes(new Input.FromPbx(new PbxEvent.Synchronized(now, List.of(calls))), now);
    Instant until = now.plusSeconds(3600);
    for (var due = engine.nextDeadline();
        due.isPresent() && due.get().isBefore(until);
        due = engine.nextDeadline()) {
      takes(new Input.Tick(), due.get());
    }
  }

  @Test
  void whoseCallsAreOverBeginsWithNone() throws Exception {
    starts();
    assertThat(engine.state().calls()).isEmpty();
    assertThat(engine.state().contacts()).isEmpty();
  }

  @Test
  void whoseCallsLiveGoesOnWithThem() throws Exception {
    starts(
        new LiveCall(
            CALL,
            new PhoneNumber("+886223000001"),
            new PhoneNumber("8001"),
            Place.QUEUED,
            "orders",
            Optional.of(Instant.parse("2026-01-05T12:00:02Z")),
            0,
            "",
            "en",
            Optional.empty(),
            ""));
    assertThat(engine.state().call(CALL)).isPresent();
    assertThat(engine.state().contacts()).singleElement().matches(contact -> contact.waits());
  }
}
