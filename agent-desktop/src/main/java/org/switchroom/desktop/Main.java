package org.switchroom.desktop;

import java.util.concurrent.Callable;
import org.switchroom.desktop.server.PlainMessage;
import org.switchroom.ivr.yaml.FaultsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/// `./switchroom COMMAND`
@Command(
    name = "switchroom",
    description = "A call-center CTI and routing engine.",
    mixinStandardHelpOptions = true,
    version = "Switchroom 0.1.0",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      SimulateCommand.class,
      StaffCommand.class,
      ExplainCommand.class,
      IvrCommand.class,
      BackupCommand.class,
      RecountCommand.class,
      RestoreCommand.class,
      EraseCommand.class,
      PasswordCommand.class
    })
public final class Main implements Callable<Integer> {
  @Override
  public Integer call() {
    CommandLine.usage(this, System.out);
    return 0;
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(plainly());
  }

  /// A person is told what is wrong, not where in the program.
  private static IExecutionExceptionHandler plainly() {
    return (fault, command, _) -> {
      var err = command.getErr();
      if (fault instanceof FaultsException faults) {
        err.println("The file has mistakes:");
        faults.faults().forEach(one -> err.println("  " + one));
      } else {
        err.println(PlainMessage.of(fault));
      }
      return 1;
    };
  }
}
