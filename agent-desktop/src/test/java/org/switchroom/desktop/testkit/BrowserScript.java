package org.switchroom.desktop.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.switchroom.cti.testkit.Facts;

/// A script of `src/test/browser` with Chromium; what it says is kept line by line.
public final class BrowserScript implements AutoCloseable {
  public final Facts<String> said = new Facts<>();
  private final Process process;
  private int told;

  public BrowserScript(String script, int port, Map<String, String> more) {
    Path module = module();
    var builder =
        new ProcessBuilder("node", module.resolve("src/test/browser/" + script).toString());
    builder.environment().put("WEB_FOLDER", module.resolve("src/main/web").toString());
    builder.environment().put("ADDRESS", "http://127.0.0.1:" + port + "/");
    builder.environment().putAll(more);
    builder.redirectErrorStream(true);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  private static Path module() {
    Path here = Path.of("").toAbsolutePath();
    return here.endsWith("agent-desktop") ? here : here.resolve("agent-desktop");
  }

  private void read() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) said.accept(line);
    } catch (IOException e) {
      said.accept("broken " + e);
    }
  }

  public String awaitLine(String beginning) {
    return said.await(String.class, line -> line.startsWith(beginning));
  }

  /// Has it do something, by a line of its standard input, and waits until it says that it has.
  public void tell(String what) {
    try {
      process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The browser script has ended: " + said.all(), e);
    }
    awaitLine("done " + ++told + " ");
  }

  /// Lets it end by itself; returns its exit status.
  public int finish(long seconds) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError("The browser script did not end. It said: " + said.all());
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
