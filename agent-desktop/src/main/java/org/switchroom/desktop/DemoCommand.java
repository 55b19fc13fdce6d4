package org.switchroom.desktop;

import java.util.concurrent.Callable;
import org.switchroom.desktop.demo.Demo;
import org.switchroom.desktop.server.StartFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Everything on one machine, with no telephone.
@Command(
    name = "demo",
    description = "Runs everything with a simulated PBX, simulated callers and colleagues.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--port", defaultValue = "8080", description = "web port (default: 8080)")
  private int port;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "same seed, same callers (default: 1)")
  private long seed;

  @Option(
      names = "--rate",
      defaultValue = "8",
      description = "calls a minute, from 0.1 to 600 (default: 8)")
  private double rate;

  @Option(
      names = "--agents",
      defaultValue = "6",
      description = "simulated colleagues, from 0 to 200 (default: 6)")
  private int agents;

  @Override
  public Integer call() throws Exception {
    if (!(rate >= 0.1 && rate <= 600)) {
      throw new StartFault(
          "--rate is %s; it must be from 0.1 to 600 calls a minute.".formatted(rate));
    }
    if (agents < 0 || agents > 200) {
      throw new StartFault("--agents is %d; it must be from 0 to 200.".formatted(agents));
    }
    if (port < 0 || port > 65_535) {
      throw new StartFault("--port is %d; it must be from 0 to 65535.".formatted(port));
    }
    FreePorts.mustBeFree("127.0.0.1", port, "the demo", "Choose another with --port.");
    try (var stop = new StopSignal();
        var demo = Demo.start(port, seed, rate, agents)) {
      System.out.printf("%nSwitchroom runs at  http://127.0.0.1:%d%n", demo.port());
      System.out.println("Log in as shown there. Ctrl-C ends it.");
      System.out.flush();
      stop.await();
    }
    return 0;
  }
}
