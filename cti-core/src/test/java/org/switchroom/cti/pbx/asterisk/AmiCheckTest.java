package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;

/// The check names each fault of a real Asterisk, and what to do about it.
@NeedsAsterisk
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmiCheckTest {
  private static final String READ = "system,call,dialplan,dtmf";
  private static final String WRITE = "call,originate,reporting";
  private static final String FILTER = "eventfilter=![[:cntrl:]]{4}[[:print:]]";

  private RealAsterisk asterisk;
  private int users;

  @BeforeAll
  void open() {
    asterisk = new RealAsterisk();
  }

  @AfterAll
  void close() {
    asterisk.close();
  }

  private AmiSettings as(String user, String secret) {
    return asterisk.ami().withUser(user).withSecret(secret);
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
        .contains("manager", "rights", "event filter", "clock", "dialplan kit", "phone");
    assertThat(findings).extracting(Finding::text).noneMatch(text -> text.contains("not tried"));
  }

  /// Beside a center that serves: its callers must not miss their scripts.
  @Test
  void itSetsNothing() {
    asterisk.console("dialplan set global SWITCHROOM_AGI 127.0.0.9:1");
    String before = asterisk.console("dialplan show globals");
    assertThat(before).contains("127.0.0.9:1");
    check("PJSIP/1001");
    assertThat(asterisk.console("dialplan show globals")).isEqualTo(before);
  }

  @Test
  void whetherAnybodyIsThereWhileSwitchroomIsAway() {
    assertThat(fallback()).contains("no phone rings", "queues_switchroom.conf");
    asterisk.console("queue add member PJSIP/1001 to switchroom-fallback");
    assertThat(fallback()).contains("while Switchroom is away: 1");
    asterisk.console("queue remove member PJSIP/1001 from switchroom-fallback");
  }

  private String fallback() {
    return check().stream()
        .filter(finding -> finding.what().equals("fallback queue"))
        .map(Finding::text)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTalkTakesItsModules() {
    asterisk.console("module unload app_bridgewait.so");
    assertThat(faults(check())).singleElement().asString().contains("app_bridgewait.so");
    asterisk.console("module load app_bridgewait.so");
    assertThat(faults(check())).isEmpty();
  }

  @Test
  void whatIsSaidToPhonesTakesItsModule() {
    asterisk.console("module unload res_pjsip_header_funcs.so");
    assertThat(faults(check())).singleElement().asString().contains("auto-answer do nothing");
    asterisk.console("module load res_pjsip_header_funcs.so");
    assertThat(faults(check())).isEmpty();
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
  void aPhoneThatDoesNotWantToBeDisturbedIsNoFault() {
    asterisk.doNotDisturb("PJSIP/1001", true);
    assertThat(check("PJSIP/1001"))
        .filteredOn(finding -> finding.what().equals("phone"))
        .containsExactly(
            new Finding(
                true,
                "phone",
                "PJSIP/1001 is NOT_INUSE, and does not want to be disturbed (Custom:DND1001)"));
    asterisk.doNotDisturb("PJSIP/1001", false);
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
  void whatIsNoFaultIsSaidAllTheSame() {
    assertThat(check())
        .extracting(Finding::what)
        .contains("secret")
        .doesNotContain("answer button");
    asterisk.console("module unload res_pjsip_notify.so");
    asterisk.console("module unload func_config.so");
    assertThat(check())
        .filteredOn(Finding::good)
        .anySatisfy(
            finding -> {
              assertThat(finding.what()).isEqualTo("answer button");
              assertThat(finding.text()).contains("res_pjsip_notify.so is not loaded");
            })
        .extracting(Finding::what)
        .doesNotContain("secret");
    asterisk.console("module load res_pjsip_notify.so");
    asterisk.console("module load func_config.so");
    assertThat(faults(check())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "22.10.1+dfsg, true", "21.4.3, false", "21.5.0, true", "20.9.3, false", "20.10.0, true",
    "19.8.1, false", "18.25.0, true", "18.9-cert1, false", "16.30.0, false", "git-master, true"
  })
  void whichAsteriskTellsPhonesToAnswer(String version, boolean does) {
    assertThat(AmiCheck.tellsPhones(version)).isEqualTo(does);
  }

  /// What is said of a user with other rights than the kit's.
  private List<String> faultsOf(String read, String write) {
    String user = "user" + ++users;
    asterisk.managerUser(
        user, "secret=secret\nread=%s\nwrite=%s\n%s".formatted(read, write, FILTER));
    boolean tells = write.contains("reporting") || write.equals("all");
    List<Finding> findings = AmiCheck.run(as(user, "secret"), List.of("PJSIP/1001"));
    assertThat(findings.getFirst().text())
        .as("the log-in is said first, and the version if it is told")
        .startsWith("logged in as " + user)
        .contains(tells ? "Asterisk 22." : "does not tell us its version");
    return faults(findings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "call", "dialplan", "dtmf"})
  void aClassThatIsMissingInReadIsNamedAndNoOther(String missing) {
    assertThat(faultsOf(without(READ, missing), WRITE))
        .singleElement()
        .asString()
        .contains("lacks " + missing + " in read.")
        .contains("read=" + READ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"call", "originate", "reporting"})
  void aClassThatIsMissingInWriteIsNamedAndNoOther(String missing) {
    assertThat(faultsOf(READ, without(WRITE, missing)))
        .singleElement()
        .asString()
        .contains("lacks " + missing + " in write.")
        .contains("write=" + WRITE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "config", "command", "user", "agent", "message"})
  void aClassThatIsTooMuchIsNamedAndNoOther(String tooMuch) {
    boolean shell = Set.of("system", "config", "command").contains(tooMuch);
    assertThat(faultsOf(READ, WRITE + "," + tooMuch))
        .singleElement()
        .asString()
        .contains("has " + tooMuch + " in write")
        .matches(text -> text.contains("a shell") == shell, "says who has a shell");
  }

  @Test
  void aUserWithoutAnyRights() {
    assertThat(faultsOf("", ""))
        .satisfiesExactly(
            write -> assertThat(write).contains("lacks call, originate, reporting in write"),
            read -> assertThat(read).contains("lacks system in read"));
  }

  /// Such as the kit's of version 5.
  @Test
  void allRightsAtOnce() {
    assertThat(faultsOf("all", "all"))
        .singleElement()
        .asString()
        .contains("command, config", "system", "which Switchroom does not need");
  }

  @Test
  void aUserWithoutTheFilterIsToldWhatCallersWrite() {
    asterisk.managerUser("bare", "secret=secret\nread=%s\nwrite=%s".formatted(READ, WRITE));
    assertThat(faults(AmiCheck.run(as("bare", "secret"), List.of())))
        .singleElement()
        .asString()
        .contains("events that callers write")
        .contains("eventfilter")
        .contains("manager_switchroom.conf");
  }

  private static String without(String classes, String one) {
    return String.join(",", Stream.of(classes.split(",")).filter(c -> !c.equals(one)).toList());
  }

  /// Such as one of an installation that was made before this was asked for.
  @Test
  void aUserWhoIsNotToldThatAsteriskHasStartedIsServedAllTheSame() {
    asterisk.managerUser("untold", "secret=secret\nread=call,dialplan,dtmf\nwrite=" + WRITE);
    var facts = new Facts<PbxEvent>();
    var pbx = new AsteriskPbx(as("untold", "secret"), PbxOwner.of("test"), InstantSource.system());
    pbx.start(Set.of("PJSIP/1001"), facts);
    facts.await(PbxEvent.Synchronized.class);
    facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.AVAILABLE);
    pbx.close();
  }

  /// Beside a server that serves, also with another configuration: it would take callers from their
  /// scripts.
  @Test
  void nothingOnThePbxIsChanged() {
    asterisk.console("database put switchroom over 1795594057|1795594050|8001|||||||||");
    var facts = new Facts<PbxEvent>();
    var pbx =
        new AsteriskPbx(as("switchroom", "secret"), PbxOwner.of("test"), InstantSource.system());
    pbx.start(Set.of("PJSIP/1001"), facts);
    // All that is set at the beginning is set before what lives is asked for.
    facts.await(PbxEvent.Synchronized.class);
    String globals = globals();
    assertThat(globals).contains(Kit.GLOBAL_AGI);
    String database = asterisk.console("database show");
    assertThat(database).contains("/switchroom/over");
    facts.forget();
    List<Finding> findings = check("PJSIP/1001");
    assertThat(faults(findings)).isEmpty();
    assertThat(findings)
        .filteredOn(finding -> finding.what().equals("callers"))
        .singleElement()
        .extracting(Finding::text)
        .asString()
        .startsWith("served by process " + ProcessHandle.current().pid());
    assertThat(faultsOf(READ, "call,reporting")).isNotEmpty();
    assertThat(faultsOf(READ, "originate")).isNotEmpty();
    assertThat(globals()).isEqualTo(globals);
    assertThat(asterisk.console("database show")).isEqualTo(database);
    assertThat(asterisk.console("core show channels")).contains("0 active channels");
    assertThat(facts.all())
        .as("no phone rings, nobody comes or goes")
        .allMatch(
            fact -> fact instanceof PbxEvent.PhoneChanged e && e.phone().startsWith("Local/"));
    pbx.close();
    asterisk.console("database del switchroom over");
  }

  /// Without the heartbeat, which the server writes.
  private String globals() {
    return asterisk
        .console("dialplan show globals")
        .lines()
        .filter(line -> !line.contains(Kit.GLOBAL_HEARTBEAT))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aWrongSecretAndAPbxThatIsNotThere() {
    assertThat(faults(AmiCheck.run(as("switchroom", "wrong"), List.of())))
        .singleElement()
        .asString()
        .contains("refuses user switchroom")
        .contains("manager.conf");
    AmiSettings nowhere = as("switchroom", "secret").withPort(HeldPorts.forServer());
    assertThat(faults(AmiCheck.run(nowhere, List.of())))
        .singleElement()
        .asString()
        .contains("not reachable")
        .contains("Is Asterisk running");
  }
}
