package org.switchroom.desktop.phone;

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
/// A page that is loaded again has forgotten its talk, and the PBX has not. It asks for
/// `sip:talk@`, by what looks to it like a call of its own: here it becomes another offer in the
/// dialog that there is (a re-INVITE), so that for the PBX nothing has changed but where the sound
/// goes.
///
/// Belongs to one thread.
public final class PhoneLine {
  /// What a page calls to have its talk again.
  public static final String TALK = "talk";

  private static final int MOST_CALLS = 8;

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
  private static final Pattern ADDRESS = Pattern.compile("<sips?:([^@<>;]{1,64})@[^<>]*>");
  private static final Pattern TARGET = Pattern.compile("<(sips?:[!-~&&[^<>\"]]{1,400})>");
  private static final Pattern TYPE = Pattern.compile("application/sdp", Pattern.CASE_INSENSITIVE);

  /// What is to be sent.
  public sealed interface Out {
    String text();

    record ToPbx(String text) implements Out {}

    record ToBrowser(String text) implements Out {}
  }

  private enum State {
    RINGING,
    TALKING,
    OVER
  }

  /// A call of the PBX's to this telephone. The PBX knows it by one name and one tag of ours from
  /// its beginning to its end; each page may have others for it.
  private static final class Dialog {
    final SipMessage invite;
    State state = State.RINGING;

    /// Ours, once we have one.
    String tag = "";

    /// The highest number that the PBX has had of us.
    long sent;

    /// As the page has it.
    String pageCall;

    String pageTag = "";
    long shift;

    /// We have ended it, and were asked once who we are.
    boolean proved;

    Dialog(SipMessage invite) {
      this.invite = invite;
      pageCall = invite.callId();
    }

    String call() {
      return invite.callId();
    }

    String us() {
      return invite.header("To") + ";tag=" + tag;
    }

    String them() {
      return invite.header("From");
    }

    String target() {
      Matcher target = TARGET.matcher(invite.header("Contact"));
      return target.find() ? target.group(1) : invite.uri();
    }

    void isANewPages() {
      pageCall = invite.callId();
      pageTag = "";
      shift = 0;
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
    return dialogs.values().stream().anyMatch(one -> one.state == State.TALKING);
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
    toPbx(
        proved(
            message.with("Contact", until.find() ? plain + ";expires=" + until.group(1) : plain)));
  }

  private boolean isOurs(String address) {
    Matcher user = ADDRESS.matcher(address);
    return user.find() && user.group(1).equals(extension);
  }

  private void asked(SipMessage message) {
    Dialog dialog = ofPage(message.callId()).orElse(null);
    boolean begins = message.method().equals("INVITE") && message.tag("To").isEmpty();
    if (dialog == null && begins) {
      dialog = resumed(message).orElse(null);
      if (dialog == null) return;
    }
    if (dialog == null || dialog.tag.isEmpty()) {
      if (!message.method().equals("ACK")) refuse(message, "481 Call Does Not Exist");
      return;
    }
    long sequence = message.sequence() + dialog.shift;
    if (sequence < 1 || sequence > Integer.MAX_VALUE) {
      refuse(message, "400 Bad Request");
      return;
    }
    dialog.sent = Math.max(dialog.sent, sequence);
    SipMessage said =
        message
            .withStart(message.method() + " " + dialog.target() + " SIP/2.0")
            .with("From", dialog.us())
            .with("To", dialog.them())
            .with("Call-ID", dialog.call())
            .withSequence(sequence);
    if (begins) said = said.withBody(PhoneLine::asNew);
    if (message.method().equals("BYE")) isOver(dialog);
    toPbx(proved(withContact(said)));
  }

  /// The page's offer is of another browser's keys: the PBX is to shake hands anew (RFC 8842's
  /// predecessor, RFC 4145), also where it would go on with the old ones.
  private static String asNew(String offer) {
    return offer.replaceAll("(a=setup:[a-z]{1,10})\r\n", "$1\r\na=connection:new\r\n");
  }

  /// The talk that is there is this page's; empty: there is none.
  private Optional<Dialog> resumed(SipMessage invite) {
    Optional<Dialog> talk =
        invite.uri().startsWith("sip:" + TALK + "@")
            ? dialogs.values().stream()
                .filter(one -> one.state == State.TALKING)
                .reduce((_, last) -> last)
            : Optional.empty();
    if (talk.isEmpty()) {
      refuse(invite, "403 Forbidden");
      return talk;
    }
    Dialog dialog = talk.get();
    dialog.pageCall = invite.callId();
    dialog.pageTag = invite.tag("From");
    dialog.shift = dialog.sent + 1 - invite.sequence();
    return talk;
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
    Optional<Dialog> known = ofPage(message.callId());
    if (known.isEmpty()) return;
    Dialog dialog = known.get();
    String tag = message.tag("To");
    if (dialog.tag.isEmpty()) dialog.tag = tag;
    if (dialog.pageTag.isEmpty()) dialog.pageTag = tag;
    boolean first = message.method().equals("INVITE") && dialog.state == State.RINGING;
    if (first && message.status() >= 300) isOver(dialog);
    else if (first && message.status() >= 200) dialog.state = State.TALKING;
    SipMessage said =
        message.with("From", dialog.them()).with("Call-ID", dialog.call()).without("Authorization");
    toPbx(withContact(tag.isEmpty() ? said : said.with("To", dialog.us())));
  }

  private Optional<Dialog> ofPage(String call) {
    return dialogs.values().stream().filter(one -> one.pageCall.equals(call)).findFirst();
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
    if (message.header("Via").contains(OUR_BRANCH)) {
      boolean asks = message.status() == 401 || message.status() == 407;
      if (asks && !dialog.proved) {
        dialog.proved = true;
        hangUp(dialog);
      }
      return;
    }
    if (message.status() == 481 || message.status() == 408) isOver(dialog);
    long sequence = message.sequence() - dialog.shift;
    // To what an earlier page has asked.
    if (sequence < 1) return;
    SipMessage told = message.with("Call-ID", dialog.pageCall).withSequence(sequence);
    toBrowser(dialog.pageTag.isEmpty() ? told : told.withTag("From", dialog.pageTag));
  }

  private void rung(SipMessage message) {
    Dialog dialog = dialogs.get(message.callId());
    String method = message.method();
    if (dialog == null && method.equals("INVITE") && message.tag("To").isEmpty()) {
      if (dialogs.size() >= MOST_CALLS) dialogs.values().removeIf(one -> one.state == State.OVER);
      if (dialogs.size() >= MOST_CALLS) {
        toPbx(message.answered("486 Busy Here").withTag("To", newTag()));
        return;
      }
      var begun = new Dialog(message);
      dialogs.put(message.callId(), begun);
      toBrowser(forPage(begun, message));
      return;
    }
    if (dialog == null) {
      // Whether we are there, or how many messages wait: no browser has to know.
      boolean fine = method.equals("OPTIONS") || method.equals("NOTIFY");
      if (!method.equals("ACK")) {
        toPbx(
            message.answered(fine ? "200 OK" : "481 Call Does Not Exist").withTag("To", newTag()));
      }
      return;
    }
    if (method.equals("BYE") || method.equals("CANCEL")) isOver(dialog);
    toBrowser(forPage(dialog, message));
  }

  /// By the extension, which every page answers to: the name by which an earlier one was registered
  /// this one does not know.
  private SipMessage forPage(Dialog dialog, SipMessage message) {
    SipMessage told =
        message
            .withStart("%s sip:%s@phone.invalid SIP/2.0".formatted(message.method(), extension))
            .with("Call-ID", dialog.pageCall);
    boolean tagged = !message.tag("To").isEmpty() && !dialog.pageTag.isEmpty();
    return tagged ? told.withTag("To", dialog.pageTag) : told;
  }

  private static void isOver(Dialog dialog) {
    dialog.state = State.OVER;
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
          .ifPresent(
              bye ->
                  ofPage(bye.callId())
                      .ifPresent(
                          dialog ->
                              toPbx(
                                  bye.answered("200 OK")
                                      .with("Call-ID", dialog.call())
                                      .with("To", dialog.us()))));
    }
    dialogs.values().removeIf(one -> one.state == State.OVER);
    for (Dialog dialog : dialogs.values()) {
      dialog.isANewPages();
      if (dialog.state == State.RINGING) toBrowser(forPage(dialog, dialog.invite));
    }
    return sent();
  }

  /// No page comes back: what rings is not answered, and talks are over.
  public List<Out> abandon() {
    for (Dialog dialog : List.copyOf(dialogs.values())) {
      if (dialog.state == State.TALKING) {
        hangUp(dialog);
      } else if (dialog.state == State.RINGING) {
        if (dialog.tag.isEmpty()) dialog.tag = newTag();
        toPbx(dialog.invite.answered("480 Temporarily Unavailable").with("To", dialog.us()));
      }
      isOver(dialog);
    }
    return sent();
  }

  private static final String OUR_BRANCH = "z9hG4bKours";

  private void hangUp(Dialog dialog) {
    String uri = dialog.target();
    var headers = new ArrayList<SipMessage.Header>();
    headers.add(
        new SipMessage.Header("Via", "SIP/2.0/WS server.invalid;branch=" + OUR_BRANCH + newTag()));
    headers.add(new SipMessage.Header("Max-Forwards", "70"));
    headers.add(new SipMessage.Header("From", dialog.us()));
    headers.add(new SipMessage.Header("To", dialog.them()));
    headers.add(new SipMessage.Header("Call-ID", dialog.call()));
    headers.add(new SipMessage.Header("CSeq", ++dialog.sent + " BYE"));
    headers.add(new SipMessage.Header("Content-Length", "0"));
    if (dialog.proved && challenge.isPresent()) {
      headers.add(
          new SipMessage.Header("Authorization", challenge.get().answer(secret, "BYE", uri)));
    }
    toPbx(new SipMessage("BYE " + uri + " SIP/2.0", headers, ""));
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
