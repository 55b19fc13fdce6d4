package org.switchroom.cti.ivr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.ivr.Services.Answer;
import org.switchroom.ivr.Services.Found;

/// Requests of scripts to other services. A service that is slow, large, broken or full costs one
/// caller a failure branch, and nobody else anything: nothing waits for a place, no redirect is
/// followed, and no more than a little is read.
public final class HttpServices implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServices.class);

  /// Requests at once, to all services together.
  private static final int MOST_REQUESTS = 100;

  private static final int LARGEST_ANSWER = 64 << 10;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxStringLength(LARGEST_ANSWER)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .build();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(threads)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final Semaphore places = new Semaphore(MOST_REQUESTS);

  /// @param body empty: none
  /// @return what was answered, if it was a JSON object and the status was 2xx; 404 is not found
  public Found ask(
      String method, String url, Optional<Map<String, Object>> body, Duration timeout) {
    if (!places.tryAcquire()) {
      log.warn("{} requests of scripts are under way; one more has failed.", MOST_REQUESTS);
      return Found.FAILED;
    }
    CompletableFuture<Found> answer =
        CompletableFuture.supplyAsync(() -> request(method, url, body, timeout), threads);
    answer.whenComplete((_, _) -> places.release());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Found.FAILED;
    } catch (ExecutionException | TimeoutException e) {
      log.warn("A script's request to {} has failed: {}", host(url), e.toString());
      return Found.FAILED;
    }
  }

  private Found request(
      String method, String url, Optional<Map<String, Object>> body, Duration timeout) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(timeout)
              .header("Accept", "application/json")
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body.isEmpty()
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(
                          MAPPER.writeValueAsBytes(body.get())))
              .build();
      long until = System.nanoTime() + timeout.toNanos();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() == 404) return Found.NOTHING;
        if (response.statusCode() / 100 != 2) {
          return failed(url, "it answered " + response.statusCode());
        }
        return read(url, in, until);
      }
    } catch (JsonProcessingException e) {
      return failed(url, "its answer is no JSON that can be read: " + e.getOriginalMessage());
    } catch (IOException | IllegalArgumentException e) {
      return failed(url, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Found.FAILED;
    }
  }

  /// Bytes that trickle in are not waited for longer than the request is.
  private static Found read(String url, InputStream in, long until) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] part = new byte[8_192];
    for (int n = in.read(part); n >= 0; n = in.read(part)) {
      bytes.write(part, 0, n);
      if (bytes.size() > LARGEST_ANSWER) {
        return failed(url, "its answer is larger than %d bytes".formatted(LARGEST_ANSWER));
      }
      if (System.nanoTime() > until) return failed(url, "its answer did not end in time");
    }
    if (bytes.size() == 0) return new Found(Answer.FOUND, Map.of());
    Object value = MAPPER.readValue(bytes.toByteArray(), Object.class);
    if (!(value instanceof Map<?, ?> map)) return failed(url, "its answer is no JSON object");
    var record = new HashMap<String, Object>();
    map.forEach((name, one) -> record.put(TypedText.line(String.valueOf(name)), cleaned(one)));
    return new Found(Answer.FOUND, record);
  }

  /// Text of others is taken like what people type.
  private static @Nullable Object cleaned(@Nullable Object value) {
    return switch (value) {
      case String text -> TypedText.lines(text);
      case List<?> list -> list.stream().map(HttpServices::cleaned).collect(Collectors.toList());
      case Map<?, ?> map -> {
        var record = new HashMap<String, @Nullable Object>();
        map.forEach((name, one) -> record.put(TypedText.line(String.valueOf(name)), cleaned(one)));
        yield record;
      }
      case null, default -> value;
    };
  }

  private static Found failed(String url, String why) {
    log.warn("A script's request to {} has failed: {}", host(url), why);
    return Found.FAILED;
  }

  /// What a caller keyed in stands in the path, and stays out of the log.
  private static String host(String url) {
    try {
      return URI.create(url).getAuthority();
    } catch (IllegalArgumentException e) {
      return "an address that cannot be read";
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
