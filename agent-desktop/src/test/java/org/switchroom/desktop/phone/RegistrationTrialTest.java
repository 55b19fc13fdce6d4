package org.switchroom.desktop.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.desktop.phone.RegistrationTrial.Answer;

/// What a PBX can answer a telephone that wants to know whether it is let in.
class RegistrationTrialTest {
  private static final String CHALLENGE = "Digest realm=\"asterisk\",nonce=\"n1\",qop=\"auth\"";

  private RegistrationTrial trial;
  private SipMessage asked;

  @BeforeEach
  void asks() {
    trial = new RegistrationTrial("2001", "a secret");
    asked = SipMessage.read(trial.first()).orElseThrow();
  }

  private Optional<Answer> answered(String status) {
    return trial.answer(asked.answered(status).text());
  }

  private void proves() {
    String challenge =
        asked.answered("401 Unauthorized").with("WWW-Authenticate", CHALLENGE).text();
    var again = (Answer.Asked) trial.answer(challenge).orElseThrow();
    asked = SipMessage.read(again.text()).orElseThrow();
  }

  /// Who is registered is asked for, and nobody is.
  @Test
  void nothingIsChangedByIt() {
    assertThat(asked.method()).isEqualTo("REGISTER");
    assertThat(asked.header("Contact")).isEmpty();
    assertThat(asked.header("To")).isEqualTo("<sip:2001@switchroom.invalid>");
    assertThat(asked.header("Authorization")).isEmpty();
    proves();
    assertThat(asked.header("Contact")).isEmpty();
    assertThat(asked.sequence()).isEqualTo(2);
    assertThat(asked.header("Authorization"))
        .startsWith("Digest username=\"switchroom\", realm=\"asterisk\"")
        .doesNotContain("a secret");
  }

  @Test
  void eachAnswerSaysWhatIsSo() {
    assertThat(answered("200 OK")).contains(new Answer.Open());
    assertThat(answered("403 Forbidden")).contains(new Answer.Another("403 Forbidden"));
    assertThat(answered("401 Unauthorized")).as("no challenge").contains(new Answer.NotBelieved());
    proves();
    assertThat(answered("200 OK")).contains(new Answer.LetIn());
    assertThat(answered("401 Unauthorized")).contains(new Answer.NotBelieved());
    assertThat(answered("404 Not Found")).contains(new Answer.NotKept(404, "404 Not Found"));
  }

  @Test
  void whatElseComesIsNoAnswer() {
    assertThat(answered("100 Trying")).isEmpty();
    assertThat(trial.answer("nonsense")).isEmpty();
    assertThat(trial.answer(asked.text())).as("a request").isEmpty();
    String others = new RegistrationTrial("2001", "a secret").first();
    assertThat(trial.answer(SipMessage.read(others).orElseThrow().answered("200 OK").text()))
        .isEmpty();
    SipMessage before = asked;
    proves();
    assertThat(trial.answer(before.answered("200 OK").text())).as("late").isEmpty();
  }
}
