package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.desktop.testkit.ServerProcess;

/// What `./switchroom` asks of Java. It is a copy beside a jar that is new, and its Java says what
/// it was given.
class LauncherTest {
  /// Like the real one, it says first which options it took from elsewhere, and refuses a bad one.
  private static final String JAVA =
      """
      #!/bin/sh
      for name in JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS; do
        eval "value=\\${$name:-}"
        [ "$value" = -bad ] && { echo "Unrecognized option: -bad" >&2; exit 1; }
        [ -n "$value" ] && echo "NOTE: Picked up $name: $value" >&2
      done
      if [ "$1" = -version ]; then
        echo 'openjdk version "%s" 2026-01-01' >&2
      else
        for word in "$@"; do echo "$word"; done
      fi
      """;

  @TempDir Path folder;
  private Path home;

  private record Said(int exit, List<String> lines) {}

  @BeforeEach
  void build() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    Files.copy(Path.of("../switchroom"), home.resolve("switchroom"));
    assertThat(home.resolve("switchroom").toFile().setExecutable(true)).isTrue();
    Files.createFile(home.resolve("pom.xml"));
    Files.createDirectories(home.resolve("agent-desktop/src/main"));
    Files.createFile(home.resolve("agent-desktop/pom.xml"));
    Files.createFile(
        Files.createDirectories(home.resolve("agent-desktop/target"))
            .resolve("agent-desktop-0.1.0.jar"));
    java("25.0.1");
  }

  private void java(String version) throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA.formatted(version));
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private Said launch(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<String>(List.of(home.resolve("switchroom").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), said.lines().toList());
  }

  private List<String> options(String... arguments) throws Exception {
    return launch(Map.of(), arguments).lines;
  }

  @Test
  void aServerHasALimitAndGivesBackWhatItDoesNotUse() throws Exception {
    assertThat(options("serve", "--config", "my center.yaml"))
        .contains(
            "-XX:+UseZGC",
            "-Xmx2g",
            "-XX:SoftMaxHeapSize=512m",
            "-XX:ZUncommitDelay=60",
            "-XX:MaxDirectMemorySize=512m")
        .endsWith(
            "-jar",
            home.resolve("agent-desktop/target/agent-desktop-0.1.0.jar").toString(),
            "serve",
            "--config",
            "my center.yaml");
  }

  @Test
  void theDemoHasLess() throws Exception {
    assertThat(options("demo"))
        .contains(
            "-XX:+UseZGC",
            "-Xmx1g",
            "-XX:SoftMaxHeapSize=256m",
            "-XX:ZUncommitDelay=60",
            "-XX:MaxDirectMemorySize=256m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simulate", "staff", "check", "backup", "restore", "explain", "--help"})
  void everyOtherCommandHasALimit(String command) throws Exception {
    assertThat(options(command))
        .contains("-XX:+UseSerialGC", "-Xmx1g", "-XX:MaxDirectMemorySize=256m");
  }

  @Test
  void whatTheUserWantsComesLastAndInPlaceOfOurs() throws Exception {
    var options =
        launch(Map.of("SWITCHROOM_JAVA_OPTS", "-Xmx6g  -XX:+UseG1GC -Dname=value"), "serve").lines;
    assertThat(options)
        .containsSubsequence("-Xmx6g", "-XX:+UseG1GC", "-Dname=value", "-jar")
        .contains("-XX:MaxDirectMemorySize=512m")
        .doesNotContain("-Xmx2g", "-XX:+UseZGC", "-XX:SoftMaxHeapSize=512m");
  }

  /// Java puts these before what stands on its line, which would overrule them.
  @ParameterizedTest
  @ValueSource(strings = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"})
  void whatJavaTakesFromElsewhereIsNotOverruledAndHidesNoJava(String variable) throws Exception {
    var said =
        launch(Map.of(variable, "-XX:SoftMaxHeapSize=1g -XX:MaxDirectMemorySize=1g"), "serve");
    assertThat(said.exit).isZero();
    assertThat(said.lines)
        .contains("-Xmx2g", "-XX:+UseZGC")
        .noneMatch(line -> line.matches("-XX:(SoftMaxHeapSize|MaxDirectMemorySize)=512m"));
    var limited = launch(Map.of(variable, "-XX:+UseSerialGC -Xmx300m"), "serve").lines;
    assertThat(limited).doesNotContain("-Xmx2g", "-XX:+UseZGC", "-XX:SoftMaxHeapSize=512m");
  }

  @Test
  void anOptionThatJavaRefusesIsJavasToName() throws Exception {
    assertThat(launch(Map.of("JDK_JAVA_OPTIONS", "-bad"), "serve"))
        .isEqualTo(new Said(1, List.of("Unrecognized option: -bad")));
  }

  @Test
  void whatWasLearnedAtTheBuildIsForWhatIsSoonOver() throws Exception {
    assertThat(options("simulate")).noneMatch(option -> option.contains("AOT"));
    Path learned = home.resolve("agent-desktop/target/agent-desktop-0.1.0.jar.aot");
    Files.createFile(learned);
    assertThat(options("simulate")).contains("-XX:AOTCache=" + learned);
    assertThat(options("serve")).noneMatch(option -> option.contains("AOT"));
  }

  /// Such as those that another user has made; here nobody may, for it is a folder with something
  /// in it.
  @Test
  void anArchiveThatCannotBeRemovedStopsNothing() throws Exception {
    Path old = home.resolve("agent-desktop/target/agent-desktop-0.1.0.jar.1.jsa");
    Files.createFile(Files.createDirectories(old).resolve("something"));
    assertThat(options("serve")).contains("serve");
    assertThat(old).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"21.0.4", "1.8.0_402"})
  void anOldJavaIsNotTaken(String version) throws Exception {
    java(version);
    // Another that is new enough may be on this machine, and then it is that one's turn.
    assertThat(options("serve")).doesNotContain("-jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "demo", "simulate"})
  void realJavaTakesThem(String command) throws Exception {
    var java = new ArrayList<String>();
    java.add(ProcessHandle.current().info().command().orElseThrow());
    List<String> options = options(command);
    java.addAll(options.subList(0, options.indexOf("-jar")));
    java.removeIf(option -> option.contains("SharedArchive"));
    java.add("-version");
    var process = new ProcessBuilder(java).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).doesNotContainIgnoringCase("warning");
  }

  /// The figures are of a server that people run.
  @Test
  void theFiguresServersRunAsThisLauncherRunsThem() throws Exception {
    assertThat(options("serve"))
        .containsAll(
            ServerProcess.Manner.AS_LAUNCHED.options().stream()
                .filter(option -> !option.contains("SharedArchiveFile"))
                .toList());
  }
}
