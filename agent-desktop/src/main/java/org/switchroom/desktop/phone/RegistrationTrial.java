package org.switchroom.desktop.phone;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Whether the PBX lets a browser's telephone in: it is asked where the telephone is registered,
/// and that is proved as the server proves it for a browser. Without a `Contact` a REGISTER changes
/// nothing (RFC 3261, 10.3), and no telephone that is registered notices.
///
/// Belongs to one thread.
public final class RegistrationTrial {
  private final String extension;
  private final String secret;
  private final String call = newId();
  private final String tag = newId();
  private boolean proved;

  /// What the PBX has answered.
  public sealed interface Answer {
    /// It asks who this is, and is to be told so.
    record Asked(String text) implements Answer {}

    /// It believes that it is this telephone.
    record LetIn() implements Answer {}

    /// It believes anybody.
    record Open() implements Answer {}

    /// It does not believe it: it knows no such telephone, or another secret.
    record NotBelieved() implements Answer {}

    /// It takes it for another, and does not ask for a secret.
    ///
    /// @param status as SIP has it, with its words
    record Another(String status) implements Answer {}

    /// It believes it, and keeps no address of it.
    ///
    /// @param status as SIP has it, with its words
    record NotKept(int status, String words) implements Answer {}
  }

  /// @param extension the telephone's name at the PBX
  /// @param secret of all browsers' telephones there
  public RegistrationTrial(String extension, String secret) {
    this.extension = extension;
    this.secret = secret;
  }

  /// What is asked first.
  public String first() {
    return register(1, "");
  }

  /// Empty: it is no answer to this.
  public Optional<Answer> answer(String text) {
    return SipMessage.read(text)
        .filter(one -> !one.isRequest() && one.callId().equals(call))
        .filter(one -> one.sequence() == (proved ? 2 : 1) && one.status() >= 200)
        .map(this::answer);
  }

  private Answer answer(SipMessage answer) {
    int status = answer.status();
    if (status / 100 == 2) return proved ? new Answer.LetIn() : new Answer.Open();
    if (status == 401 && !proved) {
      Optional<Challenge> challenge =
          answer.headers().stream()
              .filter(one -> one.is("WWW-Authenticate"))
              .flatMap(one -> Challenge.read(one.value()).stream())
              .findFirst();
      if (challenge.isPresent()) {
        proved = true;
        return new Answer.Asked(
            register(2, challenge.get().answer(secret, "REGISTER", "sip:switchroom.invalid")));
      }
    }
    if (status == 401) return new Answer.NotBelieved();
    String words = answer.start().substring("SIP/2.0 ".length());
    return proved ? new Answer.NotKept(status, words) : new Answer.Another(words);
  }

  private String register(int number, String proof) {
    String us = "<sip:%s@switchroom.invalid>".formatted(extension);
    var headers =
        new ArrayList<>(
            List.of(
                new SipMessage.Header("Via", "SIP/2.0/WS check.invalid;branch=z9hG4bK" + newId()),
                new SipMessage.Header("Max-Forwards", "70"),
                new SipMessage.Header("From", us + ";tag=" + tag),
                new SipMessage.Header("To", us),
                new SipMessage.Header("Call-ID", call),
                new SipMessage.Header("CSeq", number + " REGISTER"),
                new SipMessage.Header("Content-Length", "0")));
    if (!proof.isEmpty()) headers.add(new SipMessage.Header("Authorization", proof));
    return new SipMessage("REGISTER sip:switchroom.invalid SIP/2.0", headers, "").text();
  }

  private static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
