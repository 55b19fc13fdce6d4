package org.switchroom.desktop.phone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A message of SIP (RFC 3261), one a frame of a WebSocket (RFC 7118). What is not as it should be
/// is none: lines that go on in the next, lengths that are not true, characters that end a line.
///
/// @param start the first line
/// @param headers in their order, by their long names
record SipMessage(String start, List<Header> headers, String body) {
  /// The longest, in characters.
  static final int LONGEST = 16 << 10;

  private static final int MOST_HEADERS = 64;
  private static final int LONGEST_LINE = 2_048;

  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]{2,16}) (sips?:[!-~&&[^<>\"]]{1,400}) SIP/2\\.0");
  private static final Pattern RESPONSE =
      Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d) ?([^\\p{Cntrl}]{0,200})");
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z0-9-]{1,40})[ \\t]{0,8}:[ \\t]{0,8}([^\\p{Cntrl}]*)");
  private static final Pattern TAG = Pattern.compile(";[ \\t]*tag=([A-Za-z0-9._~!*'%+-]{1,128})");
  private static final Pattern SEQUENCE = Pattern.compile("(\\d{1,10}) +([A-Z]{2,16})");

  private static final Map<String, String> LONG_NAMES =
      Map.of(
          "v",
          "Via",
          "f",
          "From",
          "t",
          "To",
          "i",
          "Call-ID",
          "m",
          "Contact",
          "l",
          "Content-Length",
          "c",
          "Content-Type",
          "k",
          "Supported",
          "x",
          "Session-Expires",
          "o",
          "Event");

  record Header(String name, String value) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /// Empty: it is none.
  static Optional<SipMessage> read(String text) {
    if (text.length() > LONGEST) return Optional.empty();
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) return Optional.empty();
    String[] lines = text.substring(0, end).split("\r\n", -1);
    if (lines.length > MOST_HEADERS + 1) return Optional.empty();
    if (!REQUEST.matcher(lines[0]).matches() && !RESPONSE.matcher(lines[0]).matches()) {
      return Optional.empty();
    }
    var headers = new ArrayList<Header>();
    for (int i = 1; i < lines.length; i++) {
      Matcher line = LINE.matcher(lines[i]);
      if (lines[i].length() > LONGEST_LINE || !line.matches()) return Optional.empty();
      String name = line.group(1);
      headers.add(
          new Header(
              LONG_NAMES.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), name),
              line.group(2).strip()));
    }
    var message = new SipMessage(lines[0], List.copyOf(headers), text.substring(end + 4));
    return message.isWhole() ? Optional.of(message) : Optional.empty();
  }

  /// It has what every message has, once, and its body is as long as it says.
  private boolean isWhole() {
    for (String once : List.of("From", "To", "Call-ID", "CSeq")) {
      if (headers.stream().filter(one -> one.is(once)).count() != 1) return false;
    }
    if (headers.stream().noneMatch(one -> one.is("Via"))) return false;
    if (!SEQUENCE.matcher(header("CSeq")).matches() || sequence() > Integer.MAX_VALUE) return false;
    if (isRequest() && !header("CSeq").endsWith(" " + method())) return false;
    List<Header> lengths = headers.stream().filter(one -> one.is("Content-Length")).toList();
    String length = Integer.toString(body.getBytes(StandardCharsets.UTF_8).length);
    return lengths.isEmpty()
        ? body.isEmpty()
        : lengths.size() == 1 && lengths.getFirst().value().equals(length);
  }

  boolean isRequest() {
    return !start.startsWith("SIP/");
  }

  /// Of a response: of what it is one.
  String method() {
    return isRequest()
        ? start.substring(0, start.indexOf(' '))
        : header("CSeq").substring(header("CSeq").lastIndexOf(' ') + 1);
  }

  /// Of a request.
  String uri() {
    return start.split(" ")[1];
  }

  /// Of a response.
  int status() {
    return Integer.parseInt(start.substring(8, 11));
  }

  /// The first of that name; "" where there is none.
  String header(String name) {
    return headers.stream().filter(one -> one.is(name)).map(Header::value).findFirst().orElse("");
  }

  String callId() {
    return header("Call-ID");
  }

  long sequence() {
    return Long.parseLong(header("CSeq").split(" ")[0]);
  }

  /// The tag of `From` or `To`; "" where it has none.
  String tag(String name) {
    Matcher tag = TAG.matcher(header(name));
    return tag.find() ? tag.group(1) : "";
  }

  SipMessage withStart(String other) {
    return new SipMessage(other, headers, body);
  }

  /// In its place, or added.
  SipMessage with(String name, String value) {
    var changed = new ArrayList<Header>();
    boolean there = false;
    for (Header one : headers) {
      if (!one.is(name)) changed.add(one);
      else if (!there) changed.add(new Header(name, value));
      there |= one.is(name);
    }
    if (!there) changed.add(new Header(name, value));
    return new SipMessage(start, changed, body);
  }

  SipMessage without(String name) {
    return only(one -> !one.is(name));
  }

  SipMessage only(Predicate<Header> keep) {
    return new SipMessage(start, headers.stream().filter(keep).toList(), body);
  }

  SipMessage withTag(String name, String tag) {
    return with(name, TAG.matcher(header(name)).replaceAll("") + ";tag=" + tag);
  }

  /// An answer to this request.
  SipMessage answered(String status) {
    return new SipMessage(
            "SIP/2.0 " + status,
            headers.stream()
                .filter(
                    one ->
                        one.is("Via")
                            || one.is("From")
                            || one.is("To")
                            || one.is("Call-ID")
                            || one.is("CSeq"))
                .toList(),
            "")
        .with("Content-Length", "0");
  }

  /// As it is sent.
  String text() {
    var text = new StringBuilder(start).append("\r\n");
    headers.forEach(one -> text.append(one.name()).append(": ").append(one.value()).append("\r\n"));
    return text.append("\r\n").append(body).toString();
  }
}
