package org.switchroom.desktop.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.switchroom.cti.testkit.Facts;

/// A desk over the real log-in and the real socket, without a screen. It numbers its commands, and
/// asks again what has no answer when it comes back, as the page does.
public final class DeskClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public final Facts<JsonNode> messages;

  /// In whose talk a supervisor takes part.
  private volatile String supervised = "none";

  private static final Set<String> OF_NO_CONTACT = Set.of("goReady", "goNotReady");

  private final Map<String, ObjectNode> topics = new ConcurrentHashMap<>();
  private final AtomicLong ids;
  private final String session;

  /// By their numbers.
  private final ConcurrentSkipListMap<Long, ObjectNode> unanswered;

  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final String user;
  private final int port;
  private final String cookie;
  private volatile WebSocket socket;

  /// The contact of the last pop; the agent's own view comes a moment after it.
  private volatile String popped = "none";

  private volatile String wrapsUpWith;
  private volatile Consumer<JsonNode> listener;
  private volatile CompletionStage<WebSocket> lastSend = CompletableFuture.completedFuture(null);

  private DeskClient(int port, String user, String cookie, boolean remembers) {
    this.user = user;
    this.port = port;
    this.cookie = cookie;
    this.messages = remembers ? new Facts<>() : null;
    ids = new AtomicLong();
    session = UUID.randomUUID().toString();
    unanswered = new ConcurrentSkipListMap<>();
    connect();
  }

  private DeskClient(
      DeskClient before,
      String session,
      AtomicLong ids,
      ConcurrentSkipListMap<Long, ObjectNode> unanswered) {
    user = before.user;
    port = before.port;
    cookie = before.cookie;
    messages = before.messages == null ? null : new Facts<>();
    this.ids = ids;
    this.session = session;
    this.unanswered = unanswered;
    wrapsUpWith = before.wrapsUpWith;
    listener = before.listener;
    connect();
  }

  private void connect() {
    HTTP.newWebSocketBuilder()
        .header("Cookie", cookie)
        .header("Origin", "http://127.0.0.1:" + port)
        .buildAsync(
            URI.create("ws://127.0.0.1:%d/api/desk?session=%s".formatted(port, session)),
            new Listener())
        .join();
  }

  public static DeskClient logIn(int port, String user, String password) {
    return new DeskClient(port, user, cookie(post(port, "/api/login", user, password)), true);
  }

  /// Keeps no messages: for many desks at once.
  public static DeskClient logInForgetful(int port, String user, String password) {
    return new DeskClient(port, user, cookie(post(port, "/api/login", user, password)), false);
  }

  /// The same, of agent `a1`, `a2` and so on of a [TestCenter].
  public static DeskClient ofAgent(int port, int agent) {
    return logInForgetful(port, "a" + agent, TestCenter.PASSWORD);
  }

  /// The same, of the first so many agents, all of whom have asked to be ready.
  public static List<DeskClient> ready(int port, int agents) {
    var desks = new ArrayList<DeskClient>();
    for (int i = 1; i <= agents; i++) {
      desks.add(ofAgent(port, i));
      desks.getLast().ask("goReady");
    }
    return desks;
  }

  /// The same screen again, with the cookie that it has, its session and its numbers: after a break
  /// of the line, or a start of the server.
  public DeskClient again() {
    return new DeskClient(this, session, ids, unanswered);
  }

  /// Another screen of the same user's, which calls its session as somebody else's is called.
  public DeskClient withSessionOf(DeskClient other) {
    return new DeskClient(this, other.session, new AtomicLong(), new ConcurrentSkipListMap<>());
  }

  /// Is told every message.
  public DeskClient listens(Consumer<JsonNode> to) {
    listener = to;
    return this;
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  static HttpResponse<String> post(int port, String path, String user, String password) {
    try {
      var body = JSON.createObjectNode().put("name", user).put("password", password).toString();
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a browser says of a log-in that it was answered with.
  public static String session(HttpResponse<String> response) {
    return response.headers().allValues("set-cookie").stream()
        .filter(cookie -> cookie.startsWith("switchroom="))
        .findFirst()
        .orElseThrow()
        .split(";")[0];
  }

  private static String cookie(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("Log-in: " + response.statusCode() + " " + response.body());
    }
    return session(response);
  }

  /// Wraps up every call as soon as it is over.
  public DeskClient wrapsUpWith(String disposition) {
    wrapsUpWith = disposition;
    return this;
  }

  /// Asks for something, of the contact in hand where none is named.
  public void ask(String type, String... fields) {
    command(type, fields);
  }

  private long command(String type, String... fields) {
    ObjectNode command = JSON.createObjectNode().put("type", type);
    for (int i = 0; i < fields.length; i += 2) command.put(fields[i], fields[i + 1]);
    if (!OF_NO_CONTACT.contains(type) && !command.has("contact")) {
      command.put("contact", ofSupervisor(command).orElseGet(this::inHand));
    }
    return send(command);
  }

  /// The talk of whom a supervisor names, or has named; empty: it is no supervisor's.
  private Optional<String> ofSupervisor(ObjectNode command) {
    String type = command.path("type").asText();
    if (type.equals("supervise")) {
      ObjectNode agent =
          topics.getOrDefault(
              "agent:" + command.path("colleague").asText(), JSON.createObjectNode());
      supervised = "none";
      synchronized (agent) {
        for (JsonNode one : agent.path("contacts")) {
          if (List.of("talking", "hold").contains(one.path("state").asText()))
            supervised = one.path("contact").asText();
        }
      }
    }
    return Set.of("supervise", "takeOver").contains(type)
        ? Optional.of(supervised)
        : Optional.empty();
  }

  private synchronized long send(ObjectNode command) {
    long id = ids.incrementAndGet();
    command.put("id", id);
    unanswered.put(id, command);
    write(command.toString());
    return id;
  }

  /// Sends any text as it is.
  public synchronized void write(String text) {
    lastSend = lastSend.thenCompose(_ -> socket.sendText(text, true));
  }

  /// Asks, and waits for the answer.
  public JsonNode askAndWait(String type, String... fields) {
    return awaitReply(command(type, fields));
  }

  /// Asks with exactly these fields, and waits for the answer.
  public JsonNode request(String type, Map<String, ?> fields) {
    ObjectNode command = JSON.createObjectNode().put("type", type);
    fields.forEach((name, value) -> command.set(name, JSON.valueToTree(value)));
    return awaitReply(send(command));
  }

  /// The answer to the command of this number.
  public JsonNode awaitReply(long id) {
    return messages.await(
        JsonNode.class,
        m -> "reply".equals(m.path("type").asText()) && m.path("id").asLong() == id);
  }

  /// The number of the last command.
  public long lastId() {
    return ids.get();
  }

  /// The contact that came last into the agent's hands; one that is not there where there is none.
  public String inHand() {
    JsonNode contacts = own();
    JsonNode last = null;
    synchronized (contacts) {
      for (JsonNode one : contacts.path("contacts")) last = one;
    }
    return last != null ? last.path("contact").asText() : popped;
  }

  /// What is under an address; a failure where it is not 200.
  public byte[] get(String path) {
    HttpResponse<byte[]> response = http("GET", path, null);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + response.statusCode());
    }
    return response.body();
  }

  /// Asks for a part of a file.
  ///
  /// @param range such as `bytes=0-9`
  public HttpResponse<byte[]> part(String path, String range) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Cookie", cookie)
              .header("Range", range)
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param body null: none
  public HttpResponse<byte[]> http(String method, String path, String body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Cookie", cookie)
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body))
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Chooses a customer, and waits for the answer.
  public JsonNode choose(String contact, long customer) {
    return request("chooseCustomer", Map.of("contact", contact, "customer", customer));
  }

  /// The code with which the server closes the line.
  public int awaitClose() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  public JsonNode awaitState(String state) {
    String mine = "agent:" + user;
    return messages.await(
        JsonNode.class, m -> state.equals(m.path("topics").path(mine).path("state").asText()));
  }

  /// What came before counts no more.
  public DeskClient forget() {
    messages.forget();
    return this;
  }

  /// Waits for a message.
  public JsonNode await(Predicate<JsonNode> what) {
    return messages.await(JsonNode.class, what);
  }

  /// Waits for the pop of this contact; a call's has the call's name.
  public JsonNode awaitPopOf(String contact) {
    return messages
        .await(JsonNode.class, m -> contact.equals(m.path("pop").path("contact").asText()))
        .get("pop");
  }

  public JsonNode awaitPop() {
    return messages
        .await(
            JsonNode.class, m -> "pop".equals(m.path("type").asText()) && m.path("pop").isObject())
        .get("pop");
  }

  /// How the agent is, as far as this screen is told now: a screen that is away, or has come back
  /// and was told nothing yet, knows nothing.
  public String state() {
    return isClosed() ? "away" : own().path("state").asText("untold");
  }

  private ObjectNode own() {
    return topics.getOrDefault("agent:" + user, JSON.createObjectNode());
  }

  @Override
  public String toString() {
    return user + " " + state() + " " + own().path("reason").asText();
  }

  /// What is known of a topic; null: nothing.
  public JsonNode topic(String name) {
    return topics.get(name);
  }

  public Map<String, ObjectNode> topics() {
    return topics;
  }

  private void take(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      message
          .path("topics")
          .properties()
          .forEach(
              topic -> {
                ObjectNode known =
                    topics.computeIfAbsent(topic.getKey(), _ -> JSON.createObjectNode());
                synchronized (known) {
                  known.setAll((ObjectNode) topic.getValue());
                }
              });
      if (message.path("pop").isObject()) popped = message.path("contact").asText();
      if (message.path("type").asText().equals("reply")) {
        unanswered.remove(message.path("id").asLong());
      }
      if (messages != null) messages.accept(message);
      if (listener != null) listener.accept(message);
      if (wrapsUpWith != null) wrapUp(message.path("topics").path("agent:" + user));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void wrapUp(JsonNode changed) {
    for (JsonNode one : changed.path("contacts")) {
      String contact = one.path("contact").asText();
      boolean asked =
          unanswered.values().stream()
              .anyMatch(
                  command ->
                      command.path("type").asText().equals("completeWrapUp")
                          && command.path("contact").asText().equals(contact));
      if (one.path("state").asText().equals("wrap-up") && !asked) {
        ask("completeWrapUp", "contact", contact, "disposition", wrapsUpWith, "note", "");
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    /// Before the first message, which may be answered at once.
    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      unanswered.values().forEach(command -> write(command.toString()));
      opened.request(1);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable fault) {
      closed.complete(1006);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
