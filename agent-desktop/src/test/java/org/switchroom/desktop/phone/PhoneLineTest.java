package org.switchroom.desktop.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.desktop.phone.PhoneLine.Out;

/// What a browser may say as a telephone, and what the PBX hears of it.
class PhoneLineTest {
  private static final String SECRET = "the secret of all";
  private static final String CHALLENGE =
      "Digest realm=\"asterisk\",nonce=\"1/ab\",opaque=\"cd\",algorithm=MD5,qop=\"auth\"";

  private final PhoneLine line = new PhoneLine("2001", SECRET);

  private static String message(String start, String more) {
    return (start
            + """

            Via: SIP/2.0/WS page.invalid;branch=z9hG4bK1
            Max-Forwards: 69
            """
            + more
            + "\n")
        .replace("\n", "\r\n");
  }

  private static String register(String from, String contact) {
    return message(
        "REGISTER sip:switchroom.invalid SIP/2.0",
        """
        To: <sip:%1$s@switchroom.invalid>
        From: <sip:%1$s@switchroom.invalid>;tag=r1
        Call-ID: reg
        CSeq: 1 REGISTER
        Contact: %2$s
        """
            .formatted(from, contact));
  }

  private static String ofPbx(String start, String method, int sequence) {
    return message(
        start,
        """
        From: "Orders" <sip:+886@pbx>;tag=pbx1
        To: <sip:u@127.0.0.1>
        Call-ID: call-1
        CSeq: %d %s
        Contact: <sip:asterisk@pbx:5060;transport=ws>
        """
            .formatted(sequence, method));
  }

  private static String ofPage(String start, String method, int sequence) {
    return message(
        start,
        """
        From: "Orders" <sip:+886@pbx>;tag=pbx1
        To: <sip:u@127.0.0.1>;tag=page1
        Call-ID: call-1
        CSeq: %d %s
        Contact: <sip:u@page.invalid;transport=ws>
        """
            .formatted(sequence, method));
  }

  private static String request(String method, String call, String to) {
    return message(
        method + " " + to + " SIP/2.0",
        """
        From: <sip:2001@switchroom.invalid>;tag=fresh
        To: <%s>
        Call-ID: %s
        CSeq: 7 %s
        Contact: <sip:u@page.invalid;transport=ws>
        """
            .formatted(to, call, method));
  }

  private List<Out> says(String text) {
    return line.fromBrowser(text).orElseThrow();
  }

  /// A call that was answered.
  private void talks() {
    line.fromPbx(ofPbx("INVITE sip:u@page.invalid SIP/2.0", "INVITE", 1));
    says(ofPage("SIP/2.0 200 OK", "INVITE", 1));
    line.fromPbx(ofPbx("ACK sip:u@page.invalid SIP/2.0", "ACK", 1));
    assertThat(line.talks()).isTrue();
  }

  private static String only(List<Out> all, Class<? extends Out> to) {
    assertThat(all).singleElement().isInstanceOf(to);
    return all.getFirst().text();
  }

  @Test
  void itIsRegisteredUnderItsOwnNameAndAtNoOtherPlace() {
    String mine = "<sip:abc@page.invalid;transport=ws>;+sip.ice;reg-id=1;expires=120";
    assertThat(only(says(register("2001", mine)), Out.ToPbx.class))
        .contains("Contact: <sip:abc@page.invalid;transport=ws>;expires=120\r\n");
    for (String from : List.of("2002", "", "2001;x", "\"<sip:2001@x>\" <sip:2002"))
      assertThat(line.fromBrowser(register(from, mine)).orElse(List.of()))
          .noneMatch(Out.ToPbx.class::isInstance);
    for (String contact :
        List.of(
            "*",
            "<sip:2002@trunk.example.com>",
            "<sip:abc@page.invalid;transport=ws>, <sip:a@evil.example>",
            "<sip:abc@evil.example>;x=page.invalid")) {
      String answer = only(says(register("2001", contact)), Out.class);
      assertThat(answer).doesNotContain("evil.example>\r\n").doesNotContain("trunk");
    }
  }

  /// Whatever the browser has made of the PBX's question.
  @Test
  void theServerProvesWhoItIs() {
    String asks =
        message("SIP/2.0 401 Unauthorized", "WWW-Authenticate: " + CHALLENGE + "\n")
            .replace(
                "\r\n\r\n",
                "\r\nFrom: <sip:2001@x>;tag=a\r\nTo: <sip:2001@x>\r\nCall-ID: reg\r\nCSeq: 1"
                    + " REGISTER\r\n\r\n");
    assertThat(line.fromPbx(asks)).hasSize(1);
    String with =
        register("2001", "<sip:abc@page.invalid;transport=ws>")
            .replace(
                "\r\n\r\n",
                "\r\nAuthorization: Digest username=\"admin\", response=\"00\"\r\n\r\n");
    assertThat(only(says(with), Out.ToPbx.class))
        .contains("username=\"switchroom\"")
        .contains("nonce=\"1/ab\"")
        .contains("uri=\"sip:switchroom.invalid\"")
        .doesNotContain("admin")
        .doesNotContain(SECRET);
  }

  @Test
  void itCallsNobodyAndTransfersNobody() {
    assertThat(only(says(request("INVITE", "new", "sip:+886900@pbx")), Out.ToBrowser.class))
        .startsWith("SIP/2.0 403");
    assertThat(only(says(request("INVITE", "new", "sip:talk@pbx")), Out.ToBrowser.class))
        .startsWith("SIP/2.0 403");
    assertThat(only(says(request("BYE", "another's", "sip:x@pbx")), Out.ToBrowser.class))
        .startsWith("SIP/2.0 481");
    for (String method : List.of("REFER", "MESSAGE", "SUBSCRIBE", "OPTIONS", "PUBLISH", "INFO"))
      assertThat(line.fromBrowser(request(method, "call-1", "sip:x@pbx"))).isEmpty();
  }

  /// In its talk it is who it is, and speaks to whom it speaks.
  @Test
  void inATalkNothingButTheTalkIsReached() {
    talks();
    String bye =
        request("BYE", "call-1", "sip:somebody@else")
            .replace("Max-Forwards", "Route: <sip:evil.example>\r\nReplaces: a;b\r\nMax-Forwards");
    assertThat(only(says(bye), Out.ToPbx.class))
        .startsWith("BYE sip:asterisk@pbx:5060;transport=ws SIP/2.0\r\n")
        .contains("From: <sip:u@127.0.0.1>;tag=page1\r\n")
        .contains("To: \"Orders\" <sip:+886@pbx>;tag=pbx1\r\n")
        .doesNotContain("Route")
        .doesNotContain("Replaces")
        .doesNotContain("else");
    assertThat(line.talks()).isFalse();
  }

  @Test
  void aNewPageHasTheTalkByACallInItsPlace() {
    talks();
    assertThat(line.newPage(List.of())).isEmpty();
    String call = only(says(request("INVITE", "fresh-1", "sip:talk@x")), Out.ToPbx.class);
    assertThat(call)
        .startsWith("INVITE sip:talk@switchroom.invalid SIP/2.0\r\n")
        .contains("Replaces: call-1;to-tag=pbx1;from-tag=page1\r\n");
    String answer =
        ofPbx("SIP/2.0 200 OK", "INVITE", 7).replace("call-1", "fresh-1").replace("pbx1", "fresh");
    line.fromPbx(answer.replace("<sip:u@127.0.0.1>", "<sip:talk@x>;tag=pbx2"));
    assertThat(line.talks()).isTrue();
    // The first call is over, of which the page knows nothing.
    assertThat(only(line.fromPbx(ofPbx("BYE sip:u@x SIP/2.0", "BYE", 2)), Out.ToPbx.class))
        .startsWith("SIP/2.0 200");
    assertThat(only(line.abandon(), Out.ToPbx.class))
        .startsWith("BYE sip:asterisk@pbx:5060;transport=ws SIP/2.0\r\n")
        .contains("Call-ID: fresh-1")
        .contains("tag=pbx2");
  }

  @Test
  void whatRingsRingsAtTheNextPageToo() {
    line.fromPbx(ofPbx("INVITE sip:u@page.invalid SIP/2.0", "INVITE", 1));
    says(ofPage("SIP/2.0 180 Ringing", "INVITE", 1));
    assertThat(only(line.newPage(List.of()), Out.ToBrowser.class)).startsWith("INVITE sip:2001@");
    // For the PBX it is the telephone that rings already.
    String other = ofPage("SIP/2.0 200 OK", "INVITE", 1).replace("page1", "page2");
    assertThat(only(says(other), Out.ToPbx.class)).contains("To: <sip:u@127.0.0.1>;tag=page1\r\n");
    assertThat(line.talks()).isTrue();
  }

  @Test
  void nobodyComesBackToARing() {
    line.fromPbx(ofPbx("INVITE sip:u@page.invalid SIP/2.0", "INVITE", 1));
    assertThat(only(line.abandon(), Out.ToPbx.class)).startsWith("SIP/2.0 480");
  }

  /// More calls than a telephone has are busy, and none is kept that is over.
  @Test
  void callsAreBounded() {
    for (int i = 0; i < 100; i++) {
      List<Out> told =
          line.fromPbx(ofPbx("INVITE sip:u@x SIP/2.0", "INVITE", 1).replace("call-1", "c" + i));
      assertThat(only(told, i < 8 ? Out.ToBrowser.class : Out.ToPbx.class))
          .startsWith(i < 8 ? "INVITE" : "SIP/2.0 486");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n",
        "INVITE sip:a@b SIP/2.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "BYE sip:a@b SIP/2.0\nVia: SIP/2.0/WS a.invalid;branch=z\n\n",
        "{\"id\":1,\"type\":\"goReady\"}",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  void whatIsNoMessageClosesTheLine(String text) {
    assertThat(line.fromBrowser(text)).isEmpty();
  }

  @Test
  void aMessageWithinAMessageIsNone() {
    String bye = request("BYE", "call-1", "sip:x@pbx");
    for (String evil :
        List.of(
            bye + bye,
            bye.replace("Max-Forwards: 69", "Max-Forwards: 69\r\n folded"),
            bye.replace("Max-Forwards: 69", "Content-Length: 3"),
            bye.replace("Max-Forwards: 69", "Call-ID: another"),
            bye.replace("CSeq: 7 BYE", "CSeq: 7 INVITE"),
            bye.replace("CSeq: 7 BYE", "CSeq: 99999999999 BYE"),
            bye.replace("page.invalid;branch", "evil.example;branch"),
            bye.replace("Max-Forwards: 69", "X: " + "x".repeat(3_000)),
            bye.replace("Max-Forwards: 69", "X: y\r\n".repeat(100) + "Z: z"),
            bye + "x".repeat(20_000)))
      assertThat(line.fromBrowser(evil)).as(evil.lines().limit(4).toList().toString()).isEmpty();
  }

  /// Bytes that are changed, left out and doubled: nothing throws, and nothing but a telephone's
  /// own requests comes to the PBX.
  @Test
  void hostileBytesReachNobody() {
    long seed = Long.getLong("switchroom.seed", System.nanoTime());
    var random = new Random(seed);
    List<String> good =
        List.of(
            register("2001", "<sip:abc@page.invalid;transport=ws>;expires=120"),
            request("BYE", "call-1", "sip:x@pbx"),
            request("INVITE", "fresh-1", "sip:talk@x"),
            ofPage("SIP/2.0 200 OK", "INVITE", 1));
    for (int i = 0; i < 20_000; i++) {
      if (i % 100 == 0) line.fromPbx(ofPbx("INVITE sip:u@x SIP/2.0", "INVITE", 1));
      var text = new StringBuilder(good.get(random.nextInt(good.size())));
      for (int change = random.nextInt(6); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(300));
          case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
          case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
          default ->
              text.insert(at, List.of("\r\n", "\r\n\r\n", ";tag=", "<", ">", "*").get(i % 6));
        }
        if (text.isEmpty()) text.append('x');
      }
      Optional<List<Out>> said = line.fromBrowser(text.toString());
      assertThat(said.orElse(List.of()))
          .as("seed %d", seed)
          .filteredOn(Out.ToPbx.class::isInstance)
          .allMatch(
              out ->
                  out.text().startsWith("SIP/2.0 ")
                      || out.text().contains("From: <sip:u@127.0.0.1>;tag=")
                      || out.text().contains("2001@"));
    }
  }

  /// As coturn reckons it: `openssl dgst -sha1 -hmac north -binary | base64` of the name.
  @Test
  void credentialsOfTheRelayHoldForAWhile() {
    TurnCredentials ann =
        TurnCredentials.of("north", "ann", Instant.ofEpochSecond(1_000), Duration.ofHours(1));
    assertThat(ann.username()).isEqualTo("4600:ann");
    assertThat(ann.credential()).isEqualTo("V8KJMgwhmCzJLy5tIylAhjqGm4I=");
  }

  /// RFC 2617, 3.2.2, where nothing is said of `qop`.
  @Test
  void theDigestIsAsAsteriskReckonsIt() {
    Challenge asks = Challenge.read("Digest realm=\"asterisk\",nonce=\"n\"").orElseThrow();
    assertThat(asks.answer("s", "REGISTER", "sip:x"))
        .contains("response=\"0fd4cf8ce6fd90dacf32911451432539\"");
    assertThat(Challenge.read("Basic realm=\"a\"")).isEmpty();
    assertThat(Challenge.read("Digest realm=\"a\",nonce=\"n\",algorithm=SHA-1")).isEmpty();
  }
}
