package org.switchroom.ivr.step;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Services.Answer;
import org.switchroom.ivr.Services.Found;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Template;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;

/// Asks a service.
///
/// @param as the variable that keeps what was answered, as JSON has it; empty: none
record HttpRequestStep(
    String method,
    Template url,
    SequencedMap<String, Expression> body,
    Optional<String> as,
    Duration timeout,
    String next,
    String failure)
    implements Step {
  /// Before the name of each value in it, where what is read is told: a value may be named `http`.
  private static final String BODY = "body: ";

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

  static final StepKind KIND =
      new StepKind(
          "http",
          "asks a service; hosts must stand in `http-hosts`; `method` is `POST` where there is a"
              + " `body`, and else `GET`",
          HttpRequestStep::read);

  private static HttpRequestStep read(StepFields fields) {
    Template url = fields.template("http");
    checkHost(fields, url);
    return new HttpRequestStep(
        method(fields),
        url,
        fields.expressions("body"),
        fields.has("as") ? Optional.of(fields.variable("as")) : Optional.empty(),
        fields.upTo(Duration.ofSeconds(15), "timeout", Duration.ofSeconds(3)),
        fields.required("next"),
        fields.required("failure"));
  }

  private static String method(StepFields fields) {
    String method = fields.text("method").orElseGet(() -> fields.has("body") ? "POST" : "GET");
    if (!METHODS.contains(method)) {
      fields.fault("method", "\"method\" is %s; it must be GET, POST or PUT.".formatted(method));
    }
    return method;
  }

  /// Whom a request goes to never depends on what a caller keys in.
  private static void checkHost(StepFields fields, Template url) {
    String beginning = url.literalBeginning();
    int path = beginning.indexOf('/', beginning.indexOf("://") + 3);
    boolean whole = path > 0 || url.isLiteral();
    Optional<String> host =
        whole ? host(path > 0 ? beginning.substring(0, path) : beginning) : Optional.empty();
    if (host.isEmpty()) {
      fields.fault(
          "http",
          "\"%s\" must begin with http:// or https:// and a host that stands there in full, then /."
              .formatted(url));
    } else if (!fields.declared().hosts().has(host.get())) {
      fields.fault(
          "http",
          "Scripts may not send requests to %s. Name it in \"http-hosts\" of the configuration."
              .formatted(host.get()));
    }
  }

  /// With its port, where it is said; empty: it is no address on the web.
  private static Optional<String> host(String address) {
    try {
      URI uri = URI.create(address);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) return Optional.empty();
      return Optional.of(uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What was filled in has not made another host of it.
  private boolean isStillThere(String filled) {
    String beginning = url.literalBeginning();
    int path = beginning.indexOf('/', beginning.indexOf("://") + 3);
    Optional<String> host = host(path > 0 ? beginning.substring(0, path) : beginning);
    return host.isPresent() && host.equals(host(filled));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    Found answer = ask(walker);
    if (answer.answer() != Answer.FOUND) {
      walker.went("failed");
      return new Onward.Exit("failure", failure);
    }
    as.ifPresent(name -> walker.variables().put(name, answer.record()));
    return new Onward.Exit("next", next);
  }

  private Found ask(Walker walker) {
    try {
      String filled = url.fill(walker.variables(), HttpRequestStep::urlEncoded);
      if (!isStillThere(filled)) return Found.FAILED;
      var sent = new LinkedHashMap<String, Object>();
      for (var value : body.entrySet()) {
        // What has no value is JSON's null.
        sent.put(value.getKey(), value.getValue().evaluate(walker.variables()).orElse(null));
      }
      Optional<Map<String, Object>> any = body.isEmpty() ? Optional.empty() : Optional.of(sent);
      return walker.services().http(method, filled, any, timeout);
    } catch (ExpressionFault e) {
      return Found.FAILED;
    }
  }

  private static String urlEncoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next, "failure", failure);
  }

  @Override
  public Map<String, Set<String>> reads() {
    var reads = new LinkedHashMap<String, Set<String>>();
    reads.put("http", url.variables());
    body.forEach((name, value) -> reads.put(BODY + name, value.variables()));
    return reads;
  }

  /// Nobody reads it on its way, and it stands in no server's log of requests.
  @Override
  public Set<String> discreet() {
    if (!url.literalBeginning().startsWith("https://")) return Set.of();
    return body.keySet().stream().map(BODY::concat).collect(Collectors.toSet());
  }

  @Override
  public Set<String> sets() {
    return as.map(Set::of).orElse(Set.of());
  }

  @Override
  public Family family() {
    return Family.LOOKS;
  }

  @Override
  public String label() {
    return method + " " + url;
  }
}
