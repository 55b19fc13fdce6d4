package org.switchroom.cti.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Linphone's console (`linphonec`). It is told by its standard input, as a user tells it.
public final class Linphone implements SoftPhone {
  private static final Pattern RINGS = Pattern.compile("incoming call .* assigned id (\\d+)");
  private static final Pattern KEY = Pattern.compile("Receiving tone (.) from");

  private static final String CONFIGURATION =
      """
      [sip]
      sip_port=%1$d
      sip_tcp_port=0
      sip_tls_port=0
      default_proxy=0
      use_ipv6=0
      guess_hostname=0
      use_rfc2833=1
      [rtp]
      audio_rtp_port=%2$d
      [net]
      firewall_policy=0
      [proxy_0]
      reg_proxy=<sip:%3$s;transport=udp>
      reg_identity=<sip:%4$s@%3$s>
      reg_expires=600
      reg_sendregister=1
      [auth_info_0]
      username=%4$s
      passwd=%5$s
      realm=asterisk
      domain=%3$s
      """;

  private final Facts<String> said = new Facts<>();
  private final HeldPorts sip = HeldPorts.take(HeldPorts.Use.SIP);
  private final HeldPorts media = HeldPorts.take(HeldPorts.Use.MEDIA);
  private final Process process;
  private final String domain;

  Linphone(Path folder, String user, String password, int pbxPort) {
    domain = "127.0.0.1:" + pbxPort;
    try {
      Files.createDirectories(folder.resolve(".local/share/linphone"));
      Path file = folder.resolve("linphonerc");
      Files.writeString(
          file, CONFIGURATION.formatted(sip.first(), media.first(), domain, user, password));
      var builder =
          new ProcessBuilder("linphonec", "-c", file.toString()).redirectErrorStream(true);
      builder.environment().put("HOME", folder.toString());
      process = Offspring.add(builder.start(), "linphonec");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("linphone " + user).start(this::listen);
    tell("soundcard use files");
  }

  private void listen() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) said.accept(line);
    } catch (IOException e) {
      // It has ended.
    }
  }

  private synchronized void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void rings() {
    said.await(String.class, line -> RINGS.matcher(line).find());
  }

  @Override
  public void answer() {
    tell("answer");
  }

  @Override
  public void hold() {
    long before = said.count(String.class, Linphone::isPause);
    tell("pause");
    // The PBX has it a moment before, in which it resumes nothing.
    said.await(String.class, Linphone::isPause, (int) before + 1);
  }

  private static boolean isPause(String line) {
    return line.contains("is now paused");
  }

  @Override
  public void retrieve() {
    long before = talks();
    tell("resume " + id());
    // What is keyed before is keyed to nobody.
    said.await(String.class, Linphone::isTalk, (int) before + 1);
  }

  private long talks() {
    return said.count(String.class, Linphone::isTalk);
  }

  private static boolean isTalk(String line) {
    return line.contains("Media streams established");
  }

  /// Its own name of the call that has come last.
  private String id() {
    return said.all().reversed().stream()
        .map(RINGS::matcher)
        .filter(Matcher::find)
        .map(rings -> rings.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void press(String keys) {
    tell(keys);
  }

  /// What was keyed for it.
  public String keysHeard() {
    var keys = new StringBuilder();
    for (String line : said.all()) {
      Matcher key = KEY.matcher(line);
      if (key.find()) keys.append(key.group(1));
    }
    return keys.toString();
  }

  @Override
  public void transfer(String number) {
    tell("transfer sip:%s@%s".formatted(number, domain));
  }

  /// Calls somebody, while the call that has come is on hold.
  public void calls(String number) {
    tell("call sip:%s@%s".formatted(number, domain));
  }

  /// Waits until it talks with whom it has called.
  public void isInTalk() {
    said.await(String.class, line -> line.contains("connected"), 2);
  }

  /// Gives whom it has on hold to whom it talks to (REFER with Replaces).
  public void transferToOther() {
    int first = Integer.parseInt(id());
    tell("transfer %d --to-call %d".formatted(first, first + 1));
  }

  @Override
  public void hangUp() {
    tell("terminate all");
  }

  @Override
  public boolean isIdle() {
    tell("calls");
    return said.all().stream().anyMatch(line -> line.contains("No active call"));
  }

  /// What was before is over.
  public void forget() {
    said.forget();
  }

  @Override
  public void close() {
    Sipp.end(process);
    sip.close();
    media.close();
  }
}
