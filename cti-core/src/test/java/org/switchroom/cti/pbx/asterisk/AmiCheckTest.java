package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.FreePorts;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;

/// The check names each fault of a real Asterisk, and what to do about it.
@NeedsAsterisk
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmiCheckTest {
  private RealAsterisk asterisk;

  @BeforeAll
  void open() {
    asterisk = new RealAsterisk();
  }

  @AfterAll
  void close() {
    asterisk.close();
  }

  private AmiSettings as(String user, String secret) {
    AmiSettings s = asterisk.ami(FreePorts.any());
    return new AmiSettings(s.host(), s.port(), user, secret, false, s.agiAddress(), s.silence());
  }

  private List<Finding> check(String... phones) {
    return AmiCheck.run(as("switchroom", "secret"), List.of(phones));
  }

  private static List<String> faults(List<Finding> findings) {
    return findings.stream().filter(finding -> !finding.good()).map(Finding::text).toList();
  }

  @Test
  void everythingInOrder() {
    List<Finding> findings = check("PJSIP/1001", "PJSIP/1002");
    assertThat(faults(findings)).isEmpty();
    assertThat(findings)
        .extracting(Finding::what)
        .contains("manager", "rights", "clock", "dialplan kit", "phone");
  }

  @Test
  void phonesThatAreNotThere() {
    assertThat(faults(check("PJSIP/nobody", asterisk.unreachablePhone())))
        .satisfiesExactly(
            unknown ->
                assertThat(unknown).contains("does not know PJSIP/nobody").contains("pjsip.conf"),
            unreachable ->
                assertThat(unreachable).contains("PJSIP/1099").contains("not registered"));
  }

  @Test
  void aKitThatIsMissingOrOld() {
    asterisk.console("dialplan remove extension version-" + Kit.VERSION + "@switchroom-kit");
    assertThat(faults(check()))
        .singleElement()
        .asString()
        .contains("Another version than " + Kit.VERSION + " is loaded");
    asterisk.console("dialplan remove extension kit@switchroom-kit");
    assertThat(faults(check())).singleElement().asString().contains("It is not loaded");
    asterisk.console("dialplan add extension kit,1,NoOp, into switchroom-kit");
    asterisk.console(
        "dialplan add extension version-" + Kit.VERSION + ",1,NoOp, into switchroom-kit");
    assertThat(faults(check())).isEmpty();
  }

  @Test
  void aUserWithTooFewRights() {
    assertThat(faults(AmiCheck.run(as("deaf", "secret"), List.of())))
        .anySatisfy(
            text ->
                assertThat(text).contains("may not do").contains("Originate").contains("write="))
        .anySatisfy(text -> assertThat(text).contains("hears no events of class dialplan"))
        .anySatisfy(text -> assertThat(text).contains("hears no events of class call"));
  }

  /// Such as one of an installation that was made before this was asked for.
  @Test
  void aUserWhoIsNotToldThatAsteriskHasStarted() {
    AmiSettings untold = as("untold", "secret");
    assertThat(faults(AmiCheck.run(untold, List.of())))
        .singleElement()
        .asString()
        .contains("hears no events of class system");
    var facts = new Facts<PbxEvent>();
    var pbx = new AsteriskPbx(untold, InstantSource.system());
    pbx.start(Set.of("PJSIP/1001"), facts);
    facts.await(PbxEvent.Synchronized.class);
    facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.AVAILABLE);
    pbx.close();
  }

  @Test
  void aWrongSecretAndAPbxThatIsNotThere() {
    assertThat(faults(AmiCheck.run(as("switchroom", "wrong"), List.of())))
        .singleElement()
        .asString()
        .contains("refuses user switchroom")
        .contains("manager.conf");
    AmiSettings s = as("switchroom", "secret");
    var nowhere =
        new AmiSettings(
            s.host(), FreePorts.any(), "switchroom", "secret", false, "127.0.0.1:1", s.silence());
    assertThat(faults(AmiCheck.run(nowhere, List.of())))
        .singleElement()
        .asString()
        .contains("not reachable")
        .contains("Is Asterisk running");
  }
}
