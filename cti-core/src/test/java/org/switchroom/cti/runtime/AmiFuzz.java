package org.switchroom.cti.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.TestPlan;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.asterisk.VirtualAmiLink;
import org.switchroom.cti.testkit.FoldedTurns;
import org.switchroom.cti.testkit.Mutator;

/// A PBX that says anything at all, to the adapter and the center behind it.
public final class AmiFuzz {
  private static final int BETWEEN_LINKS = 500;

  private AmiFuzz() {}

  /// @return what went wrong; empty: nothing
  public static List<String> run(long seed, long inputs) {
    // What Asterisk-Java says of each field that is no number fills disks, and what we refuse.
    ((Logger) LoggerFactory.getLogger("org.asteriskjava")).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger(VirtualAmiLink.class.getPackageName())).setLevel(Level.OFF);
    var faults = new ArrayList<String>();
    var mutator = new Mutator(seed, Mutator.corpus(Mutator.class, "/fuzz/ami.txt"));
    Instant now = Instant.parse("2026-01-05T01:00:00Z");
    var engine = new Engine();
    var folded = new Replica();
    var turns = new FoldedTurns(folded);
    engine.on(new Input.Start(1, settings()), now, now, turns);
    var link = new VirtualAmiLink(_ -> {});
    var pbx = link.open(() -> now);
    pbx.start(Set.of("PJSIP/1001"), fact -> engine.on(new Input.FromPbx(fact), now, now, turns));
    link.up();
    for (long i = 0; i < inputs && faults.size() < 5; i++) {
      String message = mutator.nextText();
      try {
        link.receive(message);
      } catch (RuntimeException e) {
        faults.add(
            "Seed %d, input %d: %s at %s in%n%s"
                .formatted(seed, i, e, e.getStackTrace()[0], message));
      }
      if (i % BETWEEN_LINKS > 0) continue;
      if (!folded.snapshot().equals(engine.snapshot())) {
        faults.add("Seed %d: the state is not what its events say.".formatted(seed));
      }
      link.down();
      link.up();
      engine.on(new Input.FromPbx(new PbxEvent.Synchronized(now, List.of())), now, now, turns);
      int left = engine.state().calls().size();
      if (left > 0) faults.add("Seed %d: %d calls stay.".formatted(seed, left));
    }
    return faults;
  }

  private static CenterSettings settings() {
    return TestPlan.of("orders")
        .routes("orders", queue -> queue.withAsk(SkillExpression.ANY))
        .agent("a1", "")
        .settings();
  }
}
