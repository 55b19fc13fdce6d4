package org.switchroom.cti.testkit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;

/// One call of a [SipUser], made or taken. What comes too late is not sent: a call that is over
/// stays over.
public final class SipCall {
  private enum State {
    /// An INVITE is out, or in.
    ASKED,
    TALKING,
    OVER
  }

  private final SipUser user;
  private final boolean made;
  private final String id;
  private final String from;
  private final String number;
  private final String tag = SipUser.tag();
  private final CompletableFuture<Void> ringing = new CompletableFuture<>();
  private final CompletableFuture<Long> answered = new CompletableFuture<>();
  private final CompletableFuture<Long> ended = new CompletableFuture<>();
  private State state = State.ASKED;
  private SipMessage invite;
  private String local;
  private String remote;
  private String target;
  private String branch;
  private int sequence = 1;
  private boolean heard;
  private boolean cancels;
  private boolean sentBye;
  private ScheduledFuture<?> repeats;
  private String lastResponse = "";

  /// One that we make.
  SipCall(SipUser user, String from, String dialed) {
    this.user = user;
    made = true;
    this.from = from;
    number = dialed;
    id = tag + "@test";
    local = "<sip:%s@%s>;tag=%s".formatted(from.replace("+", "%2B"), user.address(), tag);
    target = "sip:%s@%s".formatted(dialed.replace("+", "%2B"), user.pbxAddress());
    remote = "<" + target + ">";
  }

  /// One that has come.
  SipCall(SipUser user, SipMessage invite) {
    this.user = user;
    this.invite = invite;
    made = false;
    id = invite.header("Call-ID");
    from = SipMessage.user(invite.header("From")).replace("%2B", "+");
    number = SipMessage.user(invite.header("To"));
    local = invite.header("To") + ";tag=" + tag;
    remote = invite.header("From");
    target = uri(invite.header("Contact"));
  }

  private static String uri(String contact) {
    int begin = contact.indexOf('<');
    return begin < 0
        ? contact.split(";")[0]
        : contact.substring(begin + 1, contact.indexOf('>', begin));
  }

  String id() {
    return id;
  }

  /// Who calls.
  public String from() {
    return from;
  }

  /// A header of the INVITE that has come; empty: it has none.
  public String header(String name) {
    return invite.header(name);
  }

  /// The same, of a header that is there more than once.
  public List<String> headers(String name) {
    return invite.all(name);
  }

  /// Done when the other end rings, of a call that we make.
  public CompletableFuture<Void> ringing() {
    return ringing;
  }

  /// When both ends have agreed, by `System.nanoTime`.
  public CompletableFuture<Long> answered() {
    return answered;
  }

  /// When it is over, by `System.nanoTime`.
  public CompletableFuture<Long> ended() {
    return ended;
  }

  public boolean isOver() {
    return ended.isDone();
  }

  public synchronized boolean isTalking() {
    return state == State.TALKING;
  }

  // ── What it does ────────────────────────────────────────────────────────────────────────────

  synchronized void invite() {
    branch = "z9hG4bK" + SipUser.tag();
    repeats = user.sendUntilHeard(request("INVITE", 1, "", user.sound(1, "sendrecv")));
  }

  public synchronized void ring() {
    if (state == State.ASKED) respond("180 Ringing", "");
  }

  /// 200 OK, which goes on until it is acknowledged.
  public synchronized void answer() {
    if (state != State.ASKED || made) return;
    state = State.TALKING;
    user.isInTalkWith(invite.soundPort());
    answered.complete(System.nanoTime());
    repeat(response(invite, "200 OK", user.sound(1, "sendrecv")));
  }

  /// @param status such as `486 Busy Here`
  /// @param more further headers, each with its end
  public synchronized void refuse(String status, String more) {
    if (state != State.ASKED || made) return;
    repeat(
        "SIP/2.0 %s\r\n".formatted(status)
            + invite.mirrored(local)
            + more
            + "Content-Length: 0\r\n\r\n");
    over();
  }

  /// The phone sends its calls elsewhere.
  public void move(String uri) {
    refuse("302 Moved Temporarily", "Contact: <%s>\r\n".formatted(uri));
  }

  /// Ends it, however far it is: BYE, CANCEL, or a refusal.
  public synchronized void hangUp() {
    switch (state) {
      case TALKING -> bye();
      case ASKED -> {
        if (!made) refuse("603 Decline", "");
        else if (heard && !cancels) cancel();
        else cancels = true;
      }
      case OVER -> {}
    }
  }

  private void bye() {
    over();
    sentBye = true;
    repeat(next("BYE", "", ""));
  }

  private void cancel() {
    cancels = true;
    user.send(request("CANCEL", 1, "", ""));
  }

  /// A re-INVITE with sound in one direction, or in both again.
  public synchronized void hold(boolean on) {
    if (state != State.TALKING) return;
    branch = null;
    repeat(next("INVITE", "", user.sound(sequence + 2, on ? "sendonly" : "sendrecv")));
  }

  /// A blind transfer; the phone's own call goes on until it is ended.
  public synchronized void refer(String number) {
    if (state != State.TALKING) return;
    repeat(next("REFER", "Refer-To: <sip:%s@127.0.0.1>\r\n".formatted(number), ""));
  }

  /// An attended transfer: who is in this call goes where the other one is, which may ring yet.
  /// Both of the phone's calls go on until they are ended.
  public synchronized void referTo(SipCall other) {
    if (state != State.TALKING) return;
    String replaces = SipMessage.escaped(other.replaces());
    String number = SipMessage.user(other.remote());
    repeat(
        next(
            "REFER",
            "Refer-To: <sip:%s@127.0.0.1?Replaces=%s>\r\n".formatted(number, replaces),
            ""));
  }

  private synchronized String remote() {
    return remote;
  }

  /// This call for a header of RFC 3891.
  private synchronized String replaces() {
    return "%s;to-tag=%s;from-tag=%s".formatted(id, SipMessage.tag(remote), tag);
  }

  private void over() {
    if (state == State.TALKING) user.isInTalkWith(0);
    state = State.OVER;
    ended.complete(System.nanoTime());
  }

  private void repeat(String text) {
    quiet();
    repeats = user.sendUntilHeard(text);
  }

  private void quiet() {
    if (repeats != null) repeats.cancel(false);
    repeats = null;
  }

  // ── What it hears ───────────────────────────────────────────────────────────────────────────

  synchronized void request(SipMessage message) {
    switch (message.method()) {
      case "ACK" -> quiet();
      case "INVITE" -> {
        if (state == State.TALKING && answered.isDone() && isLater(message)) {
          repeat(response(message, "200 OK", user.sound(sequence + 2, "sendrecv")));
        } else if (!lastResponse.isEmpty()) {
          user.send(lastResponse);
        }
      }
      case "CANCEL" -> {
        user.send(response(message, "200 OK", ""));
        if (state == State.ASKED) refuse("487 Request Terminated", "");
      }
      case "BYE" -> {
        if (!sentBye) quiet();
        user.send(response(message, "200 OK", ""));
        if (state != State.OVER) over();
      }
      case "NOTIFY" -> {
        user.send(response(message, "200 OK", ""));
        if (message.header("Event").equals("talk")) answer();
      }
      default -> user.send(response(message, "200 OK", ""));
    }
  }

  /// Not the first INVITE again.
  private boolean isLater(SipMessage message) {
    return made || !message.header("CSeq").equals(invite.header("CSeq"));
  }

  synchronized void response(SipMessage message) {
    int status = message.status();
    String method = message.answeredMethod();
    if (method.equals("INVITE")) {
      boolean first = message.header("CSeq").startsWith("1 ") && made;
      if (first) invited(message, status);
      else if (status >= 200) {
        quiet();
        acknowledge(message);
      }
      return;
    }
    if (!method.equals("CANCEL") && status >= 200) quiet();
  }

  private void invited(SipMessage message, int status) {
    if (!heard) quiet();
    heard = true;
    if (status < 200) {
      if (status > 100) {
        remote = message.header("To");
        ringing.complete(null);
      }
      if (cancels && state == State.ASKED) cancel();
      return;
    }
    if (status < 300) {
      remote = message.header("To");
      if (!message.header("Contact").isEmpty()) target = uri(message.header("Contact"));
      acknowledge(message);
      if (state != State.ASKED) return;
      state = State.TALKING;
      user.isInTalkWith(message.soundPort());
      answered.complete(System.nanoTime());
      if (cancels) bye();
    } else {
      // Within the INVITE's own transaction (RFC 3261, 17.1.1.3).
      String before = remote;
      remote = message.header("To");
      user.send(request("ACK", 1, "", ""));
      remote = before;
      if (state != State.OVER) over();
    }
  }

  private void acknowledge(SipMessage message) {
    String number = message.header("CSeq").split(" ")[0];
    String before = branch;
    if (message.status() < 300) branch = "z9hG4bK" + SipUser.tag();
    user.send(request("ACK", Integer.parseInt(number), "", ""));
    branch = before;
  }

  // ── Texts ───────────────────────────────────────────────────────────────────────────────────

  private String next(String method, String more, String body) {
    branch = "z9hG4bK" + SipUser.tag();
    return request(method, ++sequence, more, body);
  }

  private String request(String method, int sequence, String more, String body) {
    return "%s %s SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=%s\r\n"
            .formatted(method, target, user.address(), branch)
        + "From: %s\r\nTo: %s\r\nCall-ID: %s\r\n".formatted(local, remote, id)
        + "CSeq: %d %s\r\nMax-Forwards: 70\r\n".formatted(sequence, method)
        + "Contact: <sip:test@%s>\r\n".formatted(user.address())
        + more
        + withBody(body);
  }

  private void respond(String status, String body) {
    lastResponse = response(invite, status, body);
    user.send(lastResponse);
  }

  private String response(SipMessage message, String status, String body) {
    String to = message.header("To").contains(";tag=") ? message.header("To") : local;
    return "SIP/2.0 %s\r\n".formatted(status)
        + message.mirrored(to)
        + "Contact: <sip:test@%s>\r\n".formatted(user.address())
        + withBody(body);
  }

  private static String withBody(String body) {
    return body.isEmpty()
        ? "Content-Length: 0\r\n\r\n"
        : "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
  }
}
