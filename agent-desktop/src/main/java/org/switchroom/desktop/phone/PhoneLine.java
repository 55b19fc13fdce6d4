package org.switchroom.desktop.phone;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What goes between one browser's telephone and the PBX, and whom of the two it is told.
///
/// A browser is hostile until it is checked: it may register its own extension, take the calls that
/// come for it, and do in them what a telephone does. It calls nobody, transfers nobody and writes
/// no route; who it is, to whom it speaks and with what proof is written by this, not by it.
///
/// A page that is loaded again has forgotten its talk, and the PBX has not. It calls `sip:talk@`,
/// which here becomes a call that takes the place of the one that there is (RFC 3891, Replaces).
///
/// Belongs to one thread.
public final class PhoneLine {
  /// What a page calls to have its talk again.
  public static final String TALK = "talk";

  private static final String WHERE = "sip:" + TALK + "@switchroom.invalid";

  private static final int MOST_CALLS = 8;

  /// Of what we ask the PBX for ourselves.
  private static final String OUR_BRANCH = "z9hG4bKours";

  private static final Set<String> FROM_BROWSERS =
      Set.of("REGISTER", "INVITE", "ACK", "BYE", "CANCEL", "UPDATE");

  /// Of what a browser writes beside what is checked or written here.
  private static final Set<String> KEPT = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    KEPT.addAll(
        List.of(
            "Via",
            "From",
            "To",
            "Call-ID",
            "CSeq",
            "Contact",
            "Max-Forwards",
            "Allow",
            "User-Agent",
            "Content-Type",
            "Content-Length",
            "Expires",
            "Reason",
            "Authorization",
            "Proxy-Authorization"));
  }

  private static final Pattern VIA =
      Pattern.compile("SIP/2\\.0/WSS? [A-Za-z0-9-]{1,64}\\.invalid(;[A-Za-z0-9=._-]{1,100}){0,6}");
  private static final Pattern CONTACT =
      Pattern.compile("<(sip:[A-Za-z0-9_-]{1,64}@[A-Za-z0-9-]{1,64}\\.invalid)[;>].*");
  private static final Pattern EXPIRES = Pattern.compile(";expires=(\\d{1,5})(;|$)");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "<sip:([A-Za-z0-9_-]{1,64})@[A-Za-z0-9.-]{1,100}>(;tag=[A-Za-z0-9._-]{1,64})?");
  private static final Pattern TARGET = Pattern.compile("<(sips?:[!-~&&[^<>\"]]{1,400})>");
  private static final Pattern TYPE = Pattern.compile("application/sdp", Pattern.CASE_INSENSITIVE);

  /// What is to be sent.
  public sealed interface Out {
    String text();

    record ToPbx(String text) implements Out {}

    record ToBrowser(String text) implements Out {}
  }

  private enum DialogState {
    /// A page wants to have its talk again.
    ASKED,
    RINGING,
    TALKING,
    OVER
  }

  /// A call of this telephone, as the PBX knows it.
  private static final class Dialog {
    final String call;

    /// With which it began: the PBX's, or a page's that had a talk again.
    final SipMessage invite;

    DialogState state;

    /// With our tag, once there is one; the header's whole value.
    String us;

    /// With the PBX's tag, once there is one.
    String them;

    String target;

    /// The highest number that the PBX has had of us.
    long sent;

    /// The page that there is has heard of it.
    boolean known = true;

    /// As the page has it: one that was told of it later has another.
    String pageTag = "";

    /// We have ended it, and were asked once who we are.
    boolean proved;

    /// That a page's call is to take the place of.
    Optional<Dialog> before = Optional.empty();

    Dialog(SipMessage invite, DialogState state, String us, String them) {
      call = invite.callId();
      this.invite = invite;
      this.state = state;
      this.us = us;
      this.them = them;
      target = uri(invite);
    }

    static String uri(SipMessage message) {
      Matcher target = TARGET.matcher(message.header("Contact"));
      return target.find() ? target.group(1) : message.isRequest() ? message.uri() : "";
    }

    static String tag(String address) {
      int at = address.indexOf(";tag=");
      return at < 0 ? "" : address.substring(at + 5);
    }

    boolean isOurs() {
      return invite.uri().startsWith("sip:" + TALK + "@");
    }
  }

  private final String extension;
  private final String secret;
  private final Map<String, Dialog> dialogs = new LinkedHashMap<>();
  private Optional<Challenge> challenge = Optional.empty();
  private final List<Out> out = new ArrayList<>();

  /// @param extension the telephone's name at the PBX
  /// @param secret of all browsers' telephones there
  public PhoneLine(String extension, String secret) {
    this.extension = extension;
    this.secret = secret;
  }

  /// A talk goes on, whatever page it is on.
  public boolean talks() {
    return dialogs.values().stream().anyMatch(one -> one.state == DialogState.TALKING);
  }

  // ── From the browser ────────────────────────────────────────────────────────────────────────

  /// Empty: no telephone of ours says so, and its line is to be closed.
  public Optional<List<Out>> fromBrowser(String text) {
    Optional<SipMessage> read = SipMessage.read(text);
    if (read.isEmpty()) return Optional.empty();
    SipMessage message = read.get().only(one -> KEPT.contains(one.name()));
    if (!mayBe(message)) return Optional.empty();
    if (!message.isRequest()) answered(message);
    else if (message.method().equals("REGISTER")) register(message);
    else asked(message);
    return Optional.of(sent());
  }

  private static boolean mayBe(SipMessage message) {
    if (!message.body().isEmpty() && !TYPE.matcher(message.header("Content-Type")).matches()) {
      return false;
    }
    if (!message.isRequest()) return true;
    List<SipMessage.Header> vias = message.headers().stream().filter(one -> one.is("Via")).toList();
    return FROM_BROWSERS.contains(message.method())
        && vias.size() == 1
        && VIA.matcher(vias.getFirst().value()).matches();
  }

  private void register(SipMessage message) {
    Matcher contact = CONTACT.matcher(message.header("Contact"));
    if (!contact.matches() || !isOurs(message.header("From")) || !isOurs(message.header("To"))) {
      refuse(message, "403 Forbidden");
      return;
    }
    Matcher until = EXPIRES.matcher(message.header("Contact"));
    String plain = "<" + contact.group(1) + ";transport=ws>";
    SipMessage ours =
        message
            .withStart("REGISTER sip:switchroom.invalid SIP/2.0")
            .with("To", us())
            .with("From", us() + ";tag=" + message.tag("From"));
    toPbx(
        proved(ours.with("Contact", until.find() ? plain + ";expires=" + until.group(1) : plain)));
  }

  private boolean isOurs(String address) {
    Matcher user = ADDRESS.matcher(address);
    return user.matches() && user.group(1).equals(extension);
  }

  private String us() {
    return "<sip:%s@switchroom.invalid>".formatted(extension);
  }

  private void asked(SipMessage message) {
    Dialog dialog = dialogs.get(message.callId());
    if (dialog == null && message.method().equals("INVITE") && message.tag("To").isEmpty()) {
      dialog = resumes(message).orElse(null);
      if (dialog == null) {
        refuse(message, "403 Forbidden");
        return;
      }
    }
    boolean begins = dialog != null && dialog.isOurs() && dialog.state == DialogState.ASKED;
    if (dialog == null || !dialog.known || Dialog.tag(begins ? dialog.us : dialog.them).isEmpty()) {
      if (!message.method().equals("ACK")) refuse(message, "481 Call Does Not Exist");
      return;
    }
    if (!begins && Dialog.tag(dialog.us).isEmpty()) return;
    dialog.sent = Math.max(dialog.sent, message.sequence());
    SipMessage said =
        message
            .withStart(message.method() + " " + (begins ? WHERE : dialog.target) + " SIP/2.0")
            .with("From", dialog.us)
            .with("To", dialog.them);
    if (begins && message.method().equals("INVITE")) said = replacing(said, dialog);
    if (message.method().equals("BYE")) dialog.state = DialogState.OVER;
    toPbx(proved(withContact(said)));
  }

  /// Empty: there is no talk to be had, or no room.
  private Optional<Dialog> resumes(SipMessage invite) {
    if (!invite.uri().startsWith("sip:" + TALK + "@") || !hasRoom()) return Optional.empty();
    Optional<Dialog> talk = talk();
    return talk.map(
        before -> {
          String us = us() + ";tag=" + invite.tag("From");
          var dialog = new Dialog(invite, DialogState.ASKED, us, "<" + WHERE + ">");
          dialog.before = Optional.of(before);
          dialogs.put(invite.callId(), dialog);
          return dialog;
        });
  }

  private Optional<Dialog> talk() {
    return dialogs.values().stream()
        .filter(one -> one.state == DialogState.TALKING)
        .reduce((_, last) -> last);
  }

  private static SipMessage replacing(SipMessage invite, Dialog dialog) {
    Dialog before = dialog.before.orElseThrow();
    return invite.with(
        "Replaces",
        "%s;to-tag=%s;from-tag=%s"
            .formatted(before.call, Dialog.tag(before.them), Dialog.tag(before.us)));
  }

  private boolean hasRoom() {
    if (dialogs.size() >= MOST_CALLS)
      dialogs.values().removeIf(one -> one.state == DialogState.OVER);
    return dialogs.size() < MOST_CALLS;
  }

  private SipMessage withContact(SipMessage message) {
    String contact = message.header("Contact");
    if (contact.isEmpty()) return message;
    Matcher plain = CONTACT.matcher(contact);
    return plain.matches()
        ? message.with("Contact", "<" + plain.group(1) + ";transport=ws>")
        : message.without("Contact");
  }

  /// What the browser has answered to the PBX's question is nothing; we answer it.
  private SipMessage proved(SipMessage message) {
    boolean asked =
        !message.header("Authorization").isEmpty()
            || !message.header("Proxy-Authorization").isEmpty();
    SipMessage plain = message.without("Authorization").without("Proxy-Authorization");
    if (!asked || challenge.isEmpty()) return plain;
    return plain.with("Authorization", challenge.get().answer(secret, plain.method(), plain.uri()));
  }

  private void answered(SipMessage message) {
    Dialog dialog = dialogs.get(message.callId());
    if (dialog == null || !dialog.known) return;
    String tag = message.tag("To");
    if (!tag.isEmpty() && !dialog.isOurs()) {
      if (Dialog.tag(dialog.us).isEmpty()) dialog.us = dialog.us + ";tag=" + tag;
      if (dialog.pageTag.isEmpty()) dialog.pageTag = tag;
    }
    boolean first = message.method().equals("INVITE") && dialog.state == DialogState.RINGING;
    if (first && message.status() >= 300) dialog.state = DialogState.OVER;
    else if (first && message.status() >= 200) dialog.state = DialogState.TALKING;
    SipMessage said = message.with("From", dialog.them).without("Authorization");
    toPbx(withContact(tag.isEmpty() ? said : said.with("To", dialog.us)));
  }

  /// By us.
  private void refuse(SipMessage message, String status) {
    SipMessage answer = message.answered(status);
    toBrowser(answer.tag("To").isEmpty() ? answer.withTag("To", newTag()) : answer);
  }

  // ── From the PBX ────────────────────────────────────────────────────────────────────────────

  /// What cannot be read is left out.
  public List<Out> fromPbx(String text) {
    SipMessage.read(text)
        .ifPresent(
            message -> {
              if (message.isRequest()) rung(message);
              else replied(message);
            });
    return sent();
  }

  private void replied(SipMessage message) {
    if (message.status() == 401 || message.status() == 407) {
      String asks =
          message.header(message.status() == 401 ? "WWW-Authenticate" : "Proxy-Authenticate");
      Challenge.read(asks).ifPresent(one -> challenge = Optional.of(one));
    }
    Dialog dialog = dialogs.get(message.callId());
    if (dialog == null) {
      if (message.method().equals("REGISTER")) toBrowser(message);
      return;
    }
    boolean asksWho = message.status() == 401 || message.status() == 407;
    if (message.header("Via").contains(OUR_BRANCH)) {
      if (asksWho && !dialog.proved) {
        dialog.proved = true;
        hangUp(dialog);
      }
      return;
    }
    if (message.status() == 481 || message.status() == 408) dialog.state = DialogState.OVER;
    if (dialog.state == DialogState.ASKED && message.method().equals("INVITE")) {
      if (message.status() >= 300 && !asksWho) dialog.state = DialogState.OVER;
      else if (message.status() >= 200 && !asksWho) hasTheTalk(dialog, message);
    }
    if (dialog.known) toBrowser(message);
  }

  private void hasTheTalk(Dialog dialog, SipMessage answer) {
    dialog.state = DialogState.TALKING;
    dialog.them = answer.header("To");
    dialog.target = Dialog.uri(answer);
    dialog.before.ifPresent(one -> one.state = DialogState.OVER);
    // Its page is gone by now; the next one asks again.
    if (!dialog.known) toPbx(request(dialog, "ACK", answer.sequence()));
  }

  private void rung(SipMessage message) {
    Dialog dialog = dialogs.get(message.callId());
    String method = message.method();
    if (dialog == null && method.equals("INVITE") && message.tag("To").isEmpty()) {
      if (!hasRoom()) {
        toPbx(message.answered("486 Busy Here").withTag("To", newTag()));
        return;
      }
      var begun =
          new Dialog(message, DialogState.RINGING, message.header("To"), message.header("From"));
      dialogs.put(message.callId(), begun);
      toBrowser(forPage(begun, message));
      return;
    }
    // Whether we are there, or how many messages wait: no page has to know.
    boolean fine = method.equals("OPTIONS") || method.equals("NOTIFY");
    if (dialog == null) {
      if (!method.equals("ACK")) {
        String status = fine ? "200 OK" : "481 Call Does Not Exist";
        toPbx(message.answered(status).withTag("To", newTag()));
      }
      return;
    }
    boolean ends = method.equals("BYE") || method.equals("CANCEL");
    if (ends) dialog.state = DialogState.OVER;
    if (dialog.known) toBrowser(forPage(dialog, message));
    else if (!method.equals("ACK"))
      toPbx(message.answered(fine || ends ? "200 OK" : "488 Not Acceptable Here"));
  }

  /// By the extension, which every page answers to: the name by which an earlier one was registered
  /// this one does not know.
  private SipMessage forPage(Dialog dialog, SipMessage message) {
    SipMessage told =
        message.withStart("%s sip:%s@phone.invalid SIP/2.0".formatted(message.method(), extension));
    boolean tagged = !message.tag("To").isEmpty() && !dialog.pageTag.isEmpty();
    return tagged ? told.withTag("To", dialog.pageTag) : told;
  }

  // ── Pages that come and go ──────────────────────────────────────────────────────────────────

  /// Another page has the line: what rings rings there, and what the last one was told and had not
  /// read is answered for it.
  ///
  /// @param unread what was to be told to the page before
  public List<Out> newPage(List<String> unread) {
    for (String text : unread) {
      SipMessage.read(text)
          .filter(one -> one.isRequest() && one.method().equals("BYE"))
          .filter(one -> dialogs.containsKey(one.callId()))
          .ifPresent(
              bye ->
                  toPbx(
                      bye.answered("200 OK")
                          .with("To", requireNonNull(dialogs.get(bye.callId())).us)));
    }
    for (Dialog dialog : dialogs.values()) {
      dialog.pageTag = "";
      dialog.known = dialog.state == DialogState.RINGING;
      if (dialog.known) toBrowser(forPage(dialog, dialog.invite));
    }
    return sent();
  }

  /// No page comes back: what rings is not answered, and talks are over.
  public List<Out> abandon() {
    for (Dialog dialog : List.copyOf(dialogs.values())) {
      if (dialog.state == DialogState.TALKING) {
        hangUp(dialog);
      } else if (dialog.state == DialogState.RINGING) {
        SipMessage answer = dialog.invite.answered("480 Temporarily Unavailable");
        boolean tagged = !Dialog.tag(dialog.us).isEmpty();
        toPbx(tagged ? answer.with("To", dialog.us) : answer.withTag("To", newTag()));
      }
      dialog.state = DialogState.OVER;
    }
    return sent();
  }

  private void hangUp(Dialog dialog) {
    SipMessage bye = request(dialog, "BYE", ++dialog.sent);
    boolean proves = dialog.proved && challenge.isPresent();
    toPbx(
        proves
            ? bye.with("Authorization", challenge.get().answer(secret, "BYE", dialog.target))
            : bye);
  }

  /// Of our own.
  private static SipMessage request(Dialog dialog, String method, long sequence) {
    var headers =
        List.of(
            new SipMessage.Header(
                "Via", "SIP/2.0/WS server.invalid;branch=" + OUR_BRANCH + newTag()),
            new SipMessage.Header("Max-Forwards", "70"),
            new SipMessage.Header("From", dialog.us),
            new SipMessage.Header("To", dialog.them),
            new SipMessage.Header("Call-ID", dialog.call),
            new SipMessage.Header("CSeq", sequence + " " + method),
            new SipMessage.Header("Content-Length", "0"));
    return new SipMessage(method + " " + dialog.target + " SIP/2.0", headers, "");
  }

  private static String newTag() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private void toPbx(SipMessage message) {
    out.add(new Out.ToPbx(message.text()));
  }

  private void toBrowser(SipMessage message) {
    out.add(new Out.ToBrowser(message.text()));
  }

  private List<Out> sent() {
    List<Out> all = List.copyOf(out);
    out.clear();
    return all;
  }
}
