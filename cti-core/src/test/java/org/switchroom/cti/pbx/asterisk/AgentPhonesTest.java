package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.asteriskjava.manager.event.DeviceStateChangeEvent;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;

/// What lists and single words of devices make of a phone's state.
class AgentPhonesTest {
  private static final Instant NOW = Instant.parse("2026-01-05T01:00:00Z");
  private static final String PHONE = "PJSIP/1001";
  private static final String QUIET = "Custom:DND1001";

  private final List<PhoneState> told = new ArrayList<>();
  private final AgentPhones phones =
      new AgentPhones(PbxId.MAIN, fact -> told.add(((PbxEvent.PhoneChanged) fact).state()));

  AgentPhonesTest() {
    phones.watch(List.of(PHONE));
    phones.begin();
  }

  private void says(String device, String state) {
    var event = new DeviceStateChangeEvent(this);
    event.setDevice(device);
    event.setState(state);
    phones.changed(NOW, event);
  }

  private void appears(String channel) {
    phones.appears(NOW, channel, PHONE + "-0000000" + channel);
  }

  private void over(String channel) {
    phones.over(NOW, channel);
  }

  private List<String> list(String... devicesAndStates) {
    for (int i = 0; i < devicesAndStates.length; i += 2)
      says(devicesAndStates[i], devicesAndStates[i + 1]);
    return phones.listEnds(NOW);
  }

  @Test
  void whoDoesNotWantToBeDisturbedIsNotOfferedInAnyListThatSaysSo() {
    list(QUIET, "BUSY", PHONE, "NOT_INUSE");
    told.clear();
    list(PHONE, "NOT_INUSE", QUIET, "BUSY");
    list(QUIET, "BUSY", PHONE, "NOT_INUSE");
    assertThat(told).isNotEmpty().containsOnly(PhoneState.DO_NOT_DISTURB);
  }

  @Test
  void aListThatDoesNotHaveTheDeviceAnyMoreEndsIt() {
    list(QUIET, "BUSY", PHONE, "NOT_INUSE");
    list(PHONE, "NOT_INUSE");
    assertThat(told.getLast()).isEqualTo(PhoneState.AVAILABLE);
  }

  @Test
  void whatHasChangedWhileTheListWasAskedForIsTold() {
    list(PHONE, "NOT_INUSE");
    says(QUIET, "BUSY");
    assertThat(list(PHONE, "NOT_INUSE")).isEmpty();
    assertThat(told.getLast()).isEqualTo(PhoneState.DO_NOT_DISTURB);
  }

  @Test
  void aPhoneOfWhichNothingIsToldHasToBeAskedFor() {
    assertThat(list(QUIET, "BUSY", "PJSIP/1002", "INUSE")).containsExactly(PHONE);
    assertThat(list(PHONE, "INUSE")).isEmpty();
    assertThat(list()).as("in each list anew").containsExactly(PHONE);
  }

  /// Asterisk says it by the device some milliseconds later, and nobody waits for that.
  @Test
  void aPhoneWhoseLastChannelIsOverIsFree() {
    says(PHONE, "NOT_INUSE");
    appears("1");
    says(PHONE, "RINGING");
    says(PHONE, "INUSE");
    over("1");
    assertThat(told).endsWith(PhoneState.IN_USE, PhoneState.AVAILABLE);
  }

  @Test
  void aPhoneThatHasAnotherCallIsNot() {
    says(PHONE, "NOT_INUSE");
    appears("1");
    appears("2");
    says(PHONE, "INUSE");
    over("1");
    over("another's");
    assertThat(told.getLast()).isEqualTo(PhoneState.IN_USE);
    over("2");
    assertThat(told.getLast()).isEqualTo(PhoneState.AVAILABLE);
  }

  /// Of its first call we have not heard, as of one on another Asterisk that has the device, too.
  @Test
  void aPhoneThatWasInUseBeforeItsFirstChannelIsNot() {
    says(PHONE, "INUSE");
    appears("1");
    says(PHONE, "RINGINUSE");
    over("1");
    assertThat(told.getLast()).isNotEqualTo(PhoneState.AVAILABLE);
  }

  @Test
  void aPhoneThatIsUnreachableMeanwhileStaysSo() {
    says(PHONE, "NOT_INUSE");
    appears("1");
    says(PHONE, "UNAVAILABLE");
    over("1");
    assertThat(told.getLast()).isEqualTo(PhoneState.UNREACHABLE);
  }

  @Test
  void whoDoesNotWantToBeDisturbedAfterTheCallIsNotOffered() {
    list(QUIET, "BUSY", PHONE, "NOT_INUSE");
    says(QUIET, "NOT_INUSE");
    appears("1");
    says(PHONE, "INUSE");
    says(QUIET, "BUSY");
    over("1");
    assertThat(told.getLast()).isEqualTo(PhoneState.DO_NOT_DISTURB);
  }

  /// The device counts the channel that is over; only a second one is a call of the agent's own.
  @Test
  void aPhoneThatRingsOnItsOnlyChannelIsInNoOtherCall() {
    says(PHONE, "NOT_INUSE");
    appears("1");
    says(PHONE, "RINGINUSE");
    assertThat(told.getLast()).isEqualTo(PhoneState.RINGING);
    appears("2");
    says(PHONE, "RINGINUSE");
    assertThat(told.getLast()).isEqualTo(PhoneState.RINGING_IN_USE);
  }

  @Test
  void channelsOfALostLineAreForgotten() {
    says(PHONE, "NOT_INUSE");
    appears("1");
    phones.begin();
    says(PHONE, "INUSE");
    over("1");
    assertThat(told.getLast()).isEqualTo(PhoneState.IN_USE);
  }

  /// Of its call we have not heard: nobody did while the link was lost.
  @Test
  void whatWasSaidOnALostLineDoesNotMakeAPhoneFree() {
    says(PHONE, "NOT_INUSE");
    phones.begin();
    appears("2");
    list(PHONE, "RINGINUSE");
    says(PHONE, "INUSE");
    over("2");
    assertThat(told.getLast()).isEqualTo(PhoneState.IN_USE);
  }

  /// Its device is in use before and after, and says nothing.
  @Test
  void aPhoneThatCallsAtOnceAfterACallIsInUse() {
    says(PHONE, "NOT_INUSE");
    appears("1");
    says(PHONE, "INUSE");
    over("1");
    appears("2");
    assertThat(told).endsWith(PhoneState.AVAILABLE, PhoneState.IN_USE);
    over("2");
    assertThat(told.getLast()).isEqualTo(PhoneState.AVAILABLE);
  }

  @Test
  void aPhoneThatWasNotWatchedMeanwhileIsNotFreeByItsOldCall() {
    says(PHONE, "NOT_INUSE");
    appears("1");
    phones.watch(List.of());
    appears("2");
    phones.watch(List.of(PHONE));
    says(PHONE, "INUSE");
    over("1");
    assertThat(told.getLast()).isEqualTo(PhoneState.IN_USE);
  }
}
