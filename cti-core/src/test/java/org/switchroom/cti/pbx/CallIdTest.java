package org.switchroom.cti.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.contact.Stay;

/// What a PBX or a stranger calls a channel tells nothing of a PBX or of a stay.
class CallIdTest {
  private static final List<String> NAMES =
      List.of(
          "1767600000.12",
          "a@b",
          "a@",
          "@",
          "a@main",
          "a@berlin",
          "a~2",
          "~",
          "a%40b",
          "%",
          "a@B C");

  @Test
  void isToldApartByChannelAndPbxWhateverTheirNames() {
    var berlin = new PbxId("berlin");
    Set<String> all = new HashSet<>();
    for (String name : NAMES) {
      for (PbxId pbx : List.of(PbxId.MAIN, berlin)) {
        CallId call = CallId.of(pbx, name);
        assertThat(call.pbx()).as(name).isEqualTo(pbx);
        assertThat(call.channel()).isEqualTo(name);
        assertThat(all.add(call.value())).as(call.value()).isTrue();
        assertThat(LegId.of(pbx, name).channel()).isEqualTo(name);
        var contact = new ContactId(call.value());
        for (int stay : new int[] {1, 2, 10}) {
          ContactId routed = Stay.routed(contact, stay);
          assertThat(Stay.contact(routed)).isEqualTo(contact);
          assertThat(Stay.number(routed)).isEqualTo(stay);
        }
      }
    }
  }

  @Test
  void ofMostIsTheChannelsOwn() {
    assertThat(CallId.of(PbxId.MAIN, "1767600000.12").value()).isEqualTo("1767600000.12");
    assertThat(CallId.of(new PbxId("berlin"), "1767600000.12").value())
        .isEqualTo("1767600000.12@berlin");
  }
}
