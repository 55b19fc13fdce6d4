package org.switchroom.desktop;

import java.util.List;
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
    version = "Switchroom 0.1.0")
public final class Main implements Callable<Integer> {
  @Override
  public Integer call() {
    CommandLine.usage(this, System.out);
    return 0;
  }

  private static final List<Class<? extends Callable<Integer>>> COMMANDS =
      List.of(
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
          PasswordCommand.class,
          PinCommand.class);

  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /// Knows the one that is named, or all where none is: what a server would not need takes longer
  /// than what it does.
  static CommandLine commandLine(String... args) {
    var line = new CommandLine(new Main());
    String named = args.length == 0 ? "" : args[0];
    List<Class<? extends Callable<Integer>>> wanted =
        COMMANDS.stream().filter(command -> name(command).equals(named)).toList();
    (wanted.isEmpty() ? COMMANDS : wanted).forEach(line::addSubcommand);
    return line.setExecutionExceptionHandler(plainly());
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
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
