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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.switchroom.cti.testkit.Facts;

/// A desk over the real log-in and the real socket, without a screen.
public final class DeskClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public final Facts<JsonNode> messages;
  private final Map<String, ObjectNode> topics = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final String user;
  private final int port;
  private final String cookie;
  private volatile WebSocket socket;
  private volatile String wrapsUpWith;
  private volatile Consumer<JsonNode> listener;
  private volatile CompletionStage<WebSocket> lastSend = CompletableFuture.completedFuture(null);

  private DeskClient(int port, String user, String cookie, boolean remembers) {
    this(port, user, cookie, remembers, null, null, 0);
  }

  private DeskClient(
      int port,
      String user,
      String cookie,
      boolean remembers,
      String wrapsUpWith,
      Consumer<JsonNode> listener,
      long lastId) {
    this.wrapsUpWith = wrapsUpWith;
    this.listener = listener;
    ids.set(lastId);
    this.user = user;
    this.port = port;
    this.cookie = cookie;
    this.messages = remembers ? new Facts<>() : null;
    HTTP.newWebSocketBuilder()
        .header("Cookie", cookie)
        .header("Origin", "http://127.0.0.1:" + port)
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/desk"), new Listener())
        .join();
  }

  public static DeskClient logIn(int port, String user, String password) {
    return new DeskClient(port, user, cookie(post(port, "/api/login", user, password)), true);
  }

  /// Keeps no messages: for many desks at once.
  public static DeskClient logInForgetful(int port, String user, String password) {
    return new DeskClient(port, user, cookie(post(port, "/api/login", user, password)), false);
  }

  /// The same browser again, with the cookie that it has: after a start of the server.
  public DeskClient again() {
    // Numbers of a browser go on.
    return new DeskClient(port, user, cookie, messages != null, wrapsUpWith, listener, ids.get());
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

  private static String cookie(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("Log-in: " + response.statusCode() + " " + response.body());
    }
    // A log-in gives the session a new id, so the last cookie counts.
    return response.headers().allValues("set-cookie").getLast().split(";")[0];
  }

  /// Wraps up every call as soon as it is over.
  public DeskClient wrapsUpWith(String disposition) {
    wrapsUpWith = disposition;
    return this;
  }

  public synchronized void ask(String type, String... fields) {
    ObjectNode message = JSON.createObjectNode().put("id", ids.incrementAndGet()).put("type", type);
    for (int i = 0; i < fields.length; i += 2) message.put(fields[i], fields[i + 1]);
    lastSend = lastSend.thenCompose(_ -> socket.sendText(message.toString(), true));
  }

  /// Asks, and waits for the answer.
  public JsonNode askAndWait(String type, String... fields) {
    ask(type, fields);
    long id = ids.get();
    return messages.await(
        JsonNode.class,
        m -> "reply".equals(m.path("type").asText()) && m.path("id").asLong() == id);
  }

  /// Asks with any fields, and waits for the answer.
  public JsonNode request(String type, Map<String, ?> fields) {
    long id = ids.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("type", type);
    fields.forEach((name, value) -> message.set(name, JSON.valueToTree(value)));
    synchronized (this) {
      lastSend = lastSend.thenCompose(_ -> socket.sendText(message.toString(), true));
    }
    return messages.await(
        JsonNode.class,
        m -> "reply".equals(m.path("type").asText()) && m.path("id").asLong() == id);
  }

  /// What is under an address; a failure where it is not 200.
  public byte[] get(String path) {
    HttpResponse<byte[]> response = http("GET", path, null);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + response.statusCode());
    }
    return response.body();
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
  public JsonNode askNumber(String type, String call, long customer) {
    ObjectNode message =
        JSON.createObjectNode()
            .put("id", ids.incrementAndGet())
            .put("type", type)
            .put("call", call);
    message.put("customer", customer);
    long id = ids.get();
    synchronized (this) {
      lastSend = lastSend.thenCompose(_ -> socket.sendText(message.toString(), true));
    }
    return messages.await(
        JsonNode.class,
        m -> "reply".equals(m.path("type").asText()) && m.path("id").asLong() == id);
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

  /// Waits for the pop of this call.
  public JsonNode awaitPopOf(String call) {
    return messages
        .await(JsonNode.class, m -> call.equals(m.path("pop").path("call").asText()))
        .get("pop");
  }

  public JsonNode awaitPop() {
    return messages
        .await(
            JsonNode.class, m -> "pop".equals(m.path("type").asText()) && m.path("pop").isObject())
        .get("pop");
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
      if (messages != null) messages.accept(message);
      if (listener != null) listener.accept(message);
      boolean over =
          "wrap-up".equals(message.path("topics").path("agent:" + user).path("state").asText());
      if (over && wrapsUpWith != null) ask("wrapUp", "disposition", wrapsUpWith, "note", "");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    /// Before the first message, which may be answered at once.
    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
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
