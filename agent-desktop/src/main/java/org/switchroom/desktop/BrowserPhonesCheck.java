package org.switchroom.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.desktop.phone.RegistrationTrial;
import org.switchroom.desktop.phone.RegistrationTrial.Answer;
import org.switchroom.desktop.settings.Settings;

/// Whether Asterisk's WebSocket takes telephones of browsers, and lets each of those in that the
/// configuration has, by the secret. Who is registered stays it.
final class BrowserPhonesCheck {
  private static final String WHAT = "browser phone";
  private static final String PROTOCOL = "sip";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// A message is longer than no telephone's; what Asterisk says unasked is passed over.
  private static final int LONGEST = 64 << 10;

  private static final int MOST_UNREAD = 64;

  /// So many that are not let in, and nobody who is: the secret is wrong, and Asterisk is left
  /// alone.
  private static final int MOST_NOT_BELIEVED = 3;

  /// So many are named where all of them are in order.
  private static final int MOST_NAMED = 5;

  private final Settings.BrowserPhones settings;
  private final List<Finding> findings = new ArrayList<>();

  private BrowserPhonesCheck(Settings.BrowserPhones settings) {
    this.settings = settings;
  }

  /// @param phones such as `PJSIP/2001`
  static List<Finding> run(Settings.BrowserPhones settings, List<String> phones) {
    var check = new BrowserPhonesCheck(settings);
    check.run(phones);
    return List.copyOf(check.findings);
  }

  private void run(List<String> phones) {
    var builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    try {
      if (settings.certificate().isPresent()) builder.sslContext(believing(settings));
    } catch (IOException | GeneralSecurityException e) {
      bad("browser-phones: certificate: cannot be read: " + e.getMessage());
      return;
    }
    var unread = new UnreadMessages();
    try (HttpClient http = builder.build()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols(PROTOCOL)
              .buildAsync(settings.url(), unread)
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      try {
        if (socket.getSubprotocol().equals(PROTOCOL)) {
          good(settings.url() + " takes telephones of browsers");
          tryAll(phones, socket, unread);
        } else {
          bad(away("it does not speak sip"));
        }
      } finally {
        socket.abort();
      }
    } catch (ExecutionException e) {
      bad(away(String.valueOf(e.getCause())));
    } catch (TimeoutException e) {
      bad(away("it does not answer"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      bad(away("it was interrupted"));
    }
  }

  private void good(String text) {
    findings.add(new Finding(true, WHAT, text));
  }

  private void bad(String text) {
    findings.add(new Finding(false, WHAT, text));
  }

  private String away(String why) {
    return "%s takes no telephones of browsers: %s. Has http.conf enabled=yes and this bindaddr and bindport, and are res_http_websocket.so and res_pjsip_transport_websocket.so loaded? Browsers' endpoints want res_srtp.so too."
        .formatted(settings.url(), why);
  }

  // ── Each of them ────────────────────────────────────────────────────────────────────────────

  private void tryAll(List<String> phones, WebSocket socket, UnreadMessages unread)
      throws InterruptedException, ExecutionException, TimeoutException {
    var letIn = new ArrayList<String>();
    var notBelieved = new ArrayList<String>();
    for (String phone : phones) {
      if (letIn.isEmpty() && notBelieved.size() == MOST_NOT_BELIEVED) break;
      Optional<Answer> answer = answer(extension(phone), socket, unread);
      if (answer.isEmpty()) {
        bad(
            "Asterisk does not answer %s. Is #include \"pjsip_switchroom.conf\" in pjsip.conf, with its transport [switchroom-ws]?"
                .formatted(phone));
        return;
      }
      switch (answer.get()) {
        case Answer.LetIn() -> letIn.add(phone);
        case Answer.NotBelieved() -> notBelieved.add(phone);
        case Answer.Open() ->
            bad(
                "Asterisk lets anybody be %s. In pjsip.conf its endpoint must be [%2$s](switchroom-browser), which has auth=switchroom-browser-auth."
                    .formatted(phone, extension(phone)));
        case Answer.Another(String words) ->
            bad(
                "Asterisk does not ask %s for the secret (%s). In pjsip.conf there must be the endpoint [%s](switchroom-browser), or Asterisk takes it for another by its address."
                    .formatted(phone, words, extension(phone)));
        case Answer.NotKept(int status, String words) ->
            bad(notKept(phone, extension(phone), status, words));
        case Answer.Asked _ -> throw new IllegalStateException("It was asked twice. Maybe a bug.");
      }
    }
    // One secret is everybody's: where it lets one in, it is right.
    for (String phone : notBelieved) bad(notBelieved(phone, !letIn.isEmpty()));
    if (!letIn.isEmpty()) good(letIn(letIn));
  }

  private static String extension(String phone) {
    return phone.substring(phone.indexOf('/') + 1);
  }

  private static String letIn(List<String> phones) {
    String named = String.join(", ", phones.subList(0, Math.min(phones.size(), MOST_NAMED)));
    int more = phones.size() - MOST_NAMED;
    return named + (more > 0 ? " and %d more".formatted(more) : "") + " would be let in";
  }

  private static String notKept(String phone, String extension, int status, String words) {
    String advice =
        status == 403 || status == 404
            ? "In pjsip.conf its endpoint must have aors=%1$s, and there must be [%1$s](switchroom-browser-aor)."
                .formatted(extension)
            : "Compare its sections in pjsip.conf with pbx/asterisk/pjsip_switchroom.conf.";
    return "Asterisk knows %s, and registers it nowhere (%s). %s".formatted(phone, words, advice);
  }

  /// Asterisk says the same to a telephone that it does not know as to a wrong secret.
  private static String notBelieved(String phone, boolean secretIsRight) {
    String endpoint = "[%s](switchroom-browser)".formatted(extension(phone));
    return secretIsRight
        ? "Asterisk does not let %s in: there is no endpoint %s in pjsip.conf, or its auth is another than switchroom-browser-auth."
            .formatted(phone, endpoint)
        : "Asterisk does not let %s in. In pjsip.conf the password of [switchroom-browser-auth](+) must be browser-phones: secret: of this configuration, and the endpoint must be %s; then `module reload res_pjsip.so`."
            .formatted(phone, endpoint);
  }

  /// Empty: there is none.
  private Optional<Answer> answer(String extension, WebSocket socket, UnreadMessages unread)
      throws InterruptedException, ExecutionException, TimeoutException {
    var trial = new RegistrationTrial(extension, settings.secret());
    String text = trial.first();
    while (true) {
      socket.sendText(text, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Optional<Answer> answer = unread.await(trial);
      if (!(answer.orElse(null) instanceof Answer.Asked(String proof))) return answer;
      text = proof;
    }
  }

  /// What comes, one message after the other.
  private static final class UnreadMessages implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>(MOST_UNREAD);
    private final StringBuilder coming = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      if (coming.length() + text.length() <= LONGEST) coming.append(text);
      if (last) {
        messages.offer(coming.toString());
        coming.setLength(0);
      }
      socket.request(1);
      return null;
    }

    Optional<Answer> await(RegistrationTrial trial) throws InterruptedException {
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        String text = messages.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (text == null) return Optional.empty();
        Optional<Answer> answer = trial.answer(text);
        if (answer.isPresent()) return answer;
      }
    }
  }

  private static SSLContext believing(Settings.BrowserPhones phones)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(phones.certificate().orElseThrow())) {
      int number = 0;
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in))
        store.setCertificateEntry("c" + ++number, one);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
