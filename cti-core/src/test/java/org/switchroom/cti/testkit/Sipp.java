package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// SIPp processes; all end with it.
final class Sipp implements AutoCloseable {
  private final Path folder;
  private final List<Process> running = new ArrayList<>();
  private int count;

  Sipp() {
    try {
      folder = Files.createTempDirectory("switchroom-sipp");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Calls once.
  Process calls(String scenario, int pbxPort) {
    return calls(scenario, pbxPort, "127.0.0.1");
  }

  /// Calls once, from an address of this machine.
  Process calls(String scenario, int pbxPort, String address) {
    return calls(scenario, List.of("127.0.0.1:" + pbxPort, "-m", "1"), address);
  }

  /// Calls again and again, so many at once.
  Process keepsCalling(String scenario, int pbxPort, int atOnce) {
    return calls(
        scenario,
        List.of(
            "127.0.0.1:" + pbxPort, "-l", Integer.toString(atOnce), "-r", "40", "-m", "1000000"),
        "127.0.0.1");
  }

  /// Takes calls for ever.
  Process listens(String scenario, int port) {
    return start(scenario, List.of("-rtp_echo"), port, "127.0.0.1");
  }

  private Process calls(String scenario, List<String> more, String address) {
    HeldPorts own = HeldPorts.take(HeldPorts.Use.SIP);
    Process process = start(scenario, more, own.first(), address);
    process.onExit().thenRun(own::close);
    return process;
  }

  private synchronized Process start(String scenario, List<String> more, int port, String address) {
    try {
      int number = ++count;
      Path file = folder.resolve(number + ".xml");
      Files.writeString(file, scenario);
      var command = new ArrayList<>(List.of("sipp", "-sf", file.toString()));
      command.addAll(more);
      HeldPorts media = HeldPorts.take(HeldPorts.Use.MEDIA);
      command.addAll(
          List.of(
              "-i",
              address,
              "-p",
              Integer.toString(port),
              "-mp",
              Integer.toString(media.first()),
              "-nostdin",
              "-trace_err",
              "-error_file",
              folder.resolve(number + ".err").toString()));
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(number + ".out").toFile())
              .start();
      Offspring.add(process, "sipp");
      process.onExit().thenRun(media::close);
      running.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void end(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    running.forEach(Sipp::end);
  }
}
