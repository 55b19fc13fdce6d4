package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.TestCertificate;

/// A real Asterisk with a certificate that it has signed itself.
@NeedsAsterisk
class TlsOnAsteriskTest {
  private static final Pattern TO_BE_PASTED = Pattern.compile("fingerprint: \"([^\"]+)\"");

  @TempDir Path folder;
  private RealAsterisk asterisk;

  @BeforeEach
  void open() {
    asterisk = new RealAsterisk();
  }

  @AfterEach
  void close() {
    asterisk.close();
  }

  private static List<String> faults(AmiSettings settings) {
    return AmiCheck.run(settings, List.of()).stream()
        .filter(finding -> !finding.good())
        .map(Finding::text)
        .toList();
  }

  private static void isServed(AmiSettings settings) {
    var facts = new Facts<PbxEvent>();
    try (var pbx = new AsteriskPbx(settings, PbxOwner.of("test"), InstantSource.system())) {
      pbx.start(Set.of(), facts);
      facts.await(PbxEvent.Synchronized.class);
    }
  }

  @Test
  void whatCheckWasShownIsPastedAndBelieved() throws Exception {
    TestCertificate own = TestCertificate.selfSigned(folder);
    AmiSettings there = asterisk.takesTls(own.pem());
    List<String> faults = faults(there.withTls(AmiTls.MACHINE));
    assertThat(faults).singleElement().asString().contains("signed by nobody who is trusted");
    var pasted = TO_BE_PASTED.matcher(faults.getFirst());
    assertThat(pasted.find()).isTrue();
    AmiSettings pinned = there.withTls(AmiTls.Pinned.of(pasted.group(1)).orElseThrow());
    assertThat(faults(pinned)).isEmpty();
    isServed(pinned);
    assertThat(faults(there)).as("in clear there is nothing").isNotEmpty();
  }

  @Test
  void theOneThatIsTrustedIsBelievedForItsHost() throws Exception {
    TestCertificate own = TestCertificate.selfSigned(folder, "-ext", "san=ip:127.0.0.1");
    AmiTls trusted = new AmiTls.SignedBy(List.of(own.certificate()));
    AmiSettings there = asterisk.takesTls(own.pem()).withTls(trusted);
    assertThat(faults(there)).isEmpty();
    isServed(there);
    assertThat(faults(there.withHost("localhost")))
        .singleElement()
        .asString()
        .contains("is another host's: it is for 127.0.0.1.");
  }
}
