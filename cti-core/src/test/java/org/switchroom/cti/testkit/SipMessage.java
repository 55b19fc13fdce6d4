package org.switchroom.cti.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A SIP message as it is on the line (RFC 3261, 7). Of its body only where sound is to be sent is
/// kept.
///
/// @param first the request's or the status line
/// @param headers each with its name
/// @param soundPort where the sender wants to have sound; 0: it does not say
record SipMessage(String first, List<String> headers, int soundPort) {
  private static final Pattern SOUND = Pattern.compile("^m=audio (\\d+) ", Pattern.MULTILINE);

  static SipMessage parse(String text) {
    int body = text.indexOf("\r\n\r\n");
    String[] lines = (body < 0 ? text : text.substring(0, body)).split("\r\n");
    var headers = new ArrayList<String>();
    for (int i = 1; i < lines.length; i++) headers.add(lines[i]);
    var sound = SOUND.matcher(text);
    return new SipMessage(lines[0], headers, sound.find() ? Integer.parseInt(sound.group(1)) : 0);
  }

  boolean isRequest() {
    return !first.startsWith("SIP/2.0 ");
  }

  /// Of a request.
  String method() {
    return first.substring(0, first.indexOf(' '));
  }

  /// Of a response, such as 486.
  int status() {
    return Integer.parseInt(first.substring(8, 11));
  }

  /// The first of this name; empty: none.
  String header(String name) {
    return all(name).stream().findFirst().orElse("");
  }

  List<String> all(String name) {
    String begin = name + ":";
    return headers.stream()
        .filter(line -> line.regionMatches(true, 0, begin, 0, begin.length()))
        .map(line -> line.substring(begin.length()).strip())
        .toList();
  }

  /// Such as `INVITE` in `1 INVITE`.
  String answeredMethod() {
    String sequence = header("CSeq");
    return sequence.substring(sequence.indexOf(' ') + 1).strip();
  }

  /// The number of a `From` or a `To`.
  static String user(String address) {
    int begin = address.indexOf("sip:") + 4;
    int end = address.indexOf('@', begin);
    return end < 0 ? "" : address.substring(begin, end);
  }

  /// The tag of a `From` or a `To`; empty: it has none.
  static String tag(String address) {
    int begin = address.indexOf(";tag=");
    return begin < 0 ? "" : address.substring(begin + 5).split("[;>]")[0];
  }

  /// As a header in a SIP address has it (RFC 3261, 19.1.1).
  static String escaped(String header) {
    return URLEncoder.encode(header, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// What a response has to have of its request.
  String mirrored(String to) {
    return all("Via").stream().map(via -> "Via: " + via + "\r\n").collect(Collectors.joining())
        + "From: "
        + header("From")
        + "\r\nTo: "
        + to
        + "\r\nCall-ID: "
        + header("Call-ID")
        + "\r\nCSeq: "
        + header("CSeq")
        + "\r\n";
  }
}
