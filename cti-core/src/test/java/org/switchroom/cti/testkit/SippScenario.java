package org.switchroom.cti.testkit;

import java.nio.file.Path;
import java.time.Duration;

/// SIPp scenarios, written for the part that is to be played.
final class SippScenario {
  private static final String ANSWER_BODY =
      """
      Contact: <sip:phone@[local_ip]:[local_port]>
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=phone 1 1 IN IP[local_ip_type] [local_ip]
      s=-
      c=IN IP[media_ip_type] [media_ip]
      t=0 0
      m=audio [auto_media_port] RTP/AVP 0
      a=rtpmap:0 PCMU/8000
      """;

  private final StringBuilder xml =
      new StringBuilder(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"switchroom\">\n");

  /// Calls, presses keys with RFC 4733 events, and hangs up.
  ///
  /// @param keys a blank lets half a second pass
  /// @param thinking before each key
  static String caller(String from, String dialed, String keys, Duration thinking, Duration talk) {
    return caller(calling(from, dialed, keys, thinking), from, dialed, talk);
  }

  /// The same, who is called something else than "Caller".
  static String namedCaller(String name, String from, String dialed, Duration talk) {
    return caller(calling(name, from, dialed, "", Duration.ZERO, ""), from, dialed, talk);
  }

  /// The same, forwarded by somebody.
  static String forwardedCaller(String from, String forwarder, String dialed, Duration talk) {
    String diversion = "Diversion: <sip:%s@[local_ip]>;reason=unconditional\n".formatted(forwarder);
    return caller(calling(from, dialed, "", Duration.ZERO, diversion), from, dialed, talk);
  }

  private static String caller(SippScenario scenario, String from, String dialed, Duration talk) {
    // Whoever hangs up first: a BYE that comes early is answered by SIPp itself.
    scenario.pause(talk);
    scenario.send(inDialog("BYE", dialed, from, 2), true);
    return scenario.response("200", "").end();
  }

  /// Calls, presses keys, and stays until the other side hangs up.
  static String patientCaller(String from, String dialed, String keys, Duration thinking) {
    return calling(from, dialed, keys, thinking).untilBye();
  }

  /// Calls, presses keys, then speaks, and hangs up after a while.
  ///
  /// @param speech G.711 μ-law
  static String speakingCaller(
      String from, String dialed, String keys, Duration thinking, Path speech, Duration talk) {
    SippScenario scenario = calling(from, dialed, keys, thinking);
    scenario.pause(Duration.ofMillis(500));
    scenario.xml.append(
        "<nop><action><exec rtp_stream=\"%s,-1,0,PCMU/8000\"/></action></nop>\n".formatted(speech));
    scenario.pause(talk);
    scenario.send(inDialog("BYE", dialed, from, 2), true);
    return scenario.response("200", "").end();
  }

  private static SippScenario calling(String from, String dialed, String keys, Duration thinking) {
    return calling(from, dialed, keys, thinking, "");
  }

  private static SippScenario calling(
      String from, String dialed, String keys, Duration thinking, String more) {
    return calling("Caller", from, dialed, keys, thinking, more);
  }

  private static SippScenario calling(
      String name, String from, String dialed, String keys, Duration thinking, String more) {
    var scenario = new SippScenario();
    scenario.send(
        """
        INVITE sip:%s@[remote_ip]:[remote_port] SIP/2.0
        Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
        From: "%s" <sip:%s@[local_ip]:[local_port]>;tag=[pid]c[call_number]
        To: <sip:%s@[remote_ip]:[remote_port]>
        Call-ID: [call_id]
        CSeq: 1 INVITE
        Contact: <sip:caller@[local_ip]:[local_port]>
        %sMax-Forwards: 70
        Content-Type: application/sdp
        Content-Length: [len]

        v=0
        o=caller 1 1 IN IP[local_ip_type] [local_ip]
        s=-
        c=IN IP[media_ip_type] [media_ip]
        t=0 0
        m=audio [auto_media_port] RTP/AVP 0 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        """
            .formatted(dialed, name, from, dialed, more),
        true);
    scenario.optional("100").optional("180").optional("183").response("200", "rrs=\"true\"");
    scenario.send(inDialog("ACK", dialed, from, 1), false);
    int number = 0;
    for (char key : keys.toCharArray()) {
      if (key == ' ') {
        scenario.pause(Duration.ofMillis(500));
        continue;
      }
      scenario.pause(thinking);
      scenario.xml.append(
          "<nop><action><exec play_pcap_audio=\"%s\"/></action></nop>\n"
              .formatted(Keys.capture(key, number++)));
    }
    return scenario;
  }

  private static String inDialog(String method, String dialed, String from, int sequence) {
    return """
    %1$s sip:%2$s@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: "Caller" <sip:%3$s@[local_ip]:[local_port]>;tag=[pid]c[call_number]
    To: <sip:%2$s@[remote_ip]:[remote_port]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: %4$d %1$s
    Contact: <sip:caller@[local_ip]:[local_port]>
    Max-Forwards: 70
    Content-Length: 0
    """
        .formatted(method, dialed, from, sequence);
  }

  /// Rings and answers.
  static SippScenario answering(Duration after) {
    var scenario = ringing();
    scenario.pause(after);
    return scenario.answers();
  }

  private SippScenario answers() {
    send(
        """
        SIP/2.0 200 OK
        [last_Via:]
        [last_From:]
        [last_To:];tag=[pid]p[call_number]
        [last_Call-ID:]
        [last_CSeq:]
        """
            + ANSWER_BODY,
        true);
    xml.append("<recv request=\"ACK\"/>\n");
    return this;
  }

  /// Answers at once where its INVITE says so, and else rings until the CANCEL.
  static String answeringByItselfWhenTold() {
    var scenario = new SippScenario();
    scenario.xml.append(
        """
        <recv request="INVITE"><action>
        <ereg regexp=";answer-after=0" search_in="hdr" header="Call-Info:" assign_to="told"/>
        </action></recv>
        """);
    scenario.send(answer("180 Ringing"), false);
    scenario.xml.append("<nop test=\"told\" next=\"1\"/>\n<recv request=\"CANCEL\"/>\n");
    scenario.send(plainOk(), false);
    scenario.xml.append("<nop next=\"2\"/>\n<label id=\"1\"/>\n");
    scenario.answers();
    scenario.xml.append("<recv request=\"BYE\"/>\n");
    scenario.send(plainOk(), false);
    // A label leads to something.
    scenario.xml.append("<label id=\"2\"/>\n<pause milliseconds=\"1\"/>\n");
    return scenario.end();
  }

  /// Rings until a NOTIFY asks for the talk, then answers the INVITE.
  static String answeringWhenTold() {
    var scenario = new SippScenario();
    scenario.xml.append(
        """
        <recv request="INVITE"><action>
        <ereg regexp=".*" search_in="hdr" header="Via:" assign_to="via"/>
        <ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/>
        <ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>
        <ereg regexp=".*" search_in="hdr" header="CSeq:" assign_to="cseq"/>
        </action></recv>
        """);
    scenario.send(answer("180 Ringing"), false);
    scenario.xml.append(
        """
        <recv request="NOTIFY"><action>
        <ereg regexp="talk" search_in="hdr" header="Event:" check_it="true" assign_to="event"/>
        </action></recv>
        """);
    scenario.send(plainOk(), false);
    scenario.send(
        """
        SIP/2.0 200 OK
        Via:[$via]
        From:[$from]
        To:[$to];tag=[pid]p[call_number]
        Call-ID: [call_id]
        CSeq:[$cseq]
        """
            + ANSWER_BODY,
        true);
    scenario.xml.append("<recv request=\"ACK\"/>\n");
    scenario.xml.append("<Reference variables=\"event\"/>\n");
    return scenario.untilBye();
  }

  static SippScenario ringing() {
    var scenario = new SippScenario();
    scenario.xml.append(
        """
        <recv request="INVITE"><action>
        <ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/>
        <ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact:" assign_to="peer"/>
        </action></recv>
        """);
    scenario.send(answer("180 Ringing"), false);
    return scenario;
  }

  static String refusing(String status) {
    var scenario = new SippScenario();
    scenario.xml.append("<recv request=\"INVITE\"/>\n");
    scenario.send(answer(status), false);
    scenario.xml.append("<recv request=\"ACK\"/>\n");
    return scenario.end();
  }

  /// Sends its calls to another number.
  static String moving(String number) {
    return refusing("302 Moved Temporarily").replace("sip:phone@", "sip:" + number + "@");
  }

  private static String answer(String status) {
    return """
    SIP/2.0 %s
    [last_Via:]
    [last_From:]
    [last_To:];tag=[pid]p[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    Contact: <sip:phone@[local_ip]:[local_port]>
    Content-Length: 0
    """
        .formatted(status);
  }

  /// Waits for the other side's BYE.
  String untilBye() {
    xml.append("<recv request=\"BYE\"/>\n");
    send(plainOk(), false);
    return end();
  }

  /// Waits for the CANCEL.
  String untilCancel() {
    xml.append("<recv request=\"CANCEL\"/>\n");
    send(plainOk(), false);
    return end();
  }

  String thenHangUpBetween(Duration shortest, Duration longest) {
    xml.append(
        "<pause distribution=\"uniform\" min=\"%d\" max=\"%d\"/>\n"
            .formatted(shortest.toMillis(), longest.toMillis()));
    return thenHangUp(Duration.ZERO);
  }

  String thenHangUp(Duration after) {
    pause(after);
    send(fromPhone("BYE", 1, ""), true);
    return response("200", "").end();
  }

  /// The phone's own blind transfer (REFER), then its end.
  String thenTransfer(Duration after, String target) {
    pause(after);
    send(fromPhone("REFER", 1, "Refer-To: <sip:%s@127.0.0.1>\n".formatted(target)), true);
    response("202", "");
    pause(Duration.ofMillis(300));
    send(fromPhone("BYE", 2, ""), true);
    return response("200", "").end();
  }

  private static String fromPhone(String method, int sequence, String more) {
    return """
    %1$s [$peer] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:phone@[local_ip]:[local_port]>;tag=[pid]p[call_number]
    To:[$from]
    Call-ID: [call_id]
    CSeq: %2$d %1$s
    Contact: <sip:phone@[local_ip]:[local_port]>
    Max-Forwards: 70
    %3$sContent-Length: 0
    """
        .formatted(method, sequence, more);
  }

  private static String plainOk() {
    return """
    SIP/2.0 200 OK
    [last_Via:]
    [last_From:]
    [last_To:]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0
    """;
  }

  private SippScenario send(String message, boolean repeats) {
    xml.append(repeats ? "<send retrans=\"500\">" : "<send>").append("<![CDATA[\n");
    xml.append(message).append("\n]]></send>\n");
    return this;
  }

  private SippScenario optional(String response) {
    return response(response, "optional=\"true\"");
  }

  private SippScenario response(String response, String attributes) {
    xml.append("<recv response=\"%s\" %s/>\n".formatted(response, attributes));
    return this;
  }

  private SippScenario pause(Duration time) {
    if (time.isPositive()) xml.append("<pause milliseconds=\"%d\"/>\n".formatted(time.toMillis()));
    return this;
  }

  private String end() {
    // Some scenarios do not look at what they keep.
    if (xml.indexOf("assign_to=\"peer\"") >= 0) {
      xml.append("<Reference variables=\"from,peer\"/>\n");
    }
    return xml.append("</scenario>\n").toString();
  }
}
