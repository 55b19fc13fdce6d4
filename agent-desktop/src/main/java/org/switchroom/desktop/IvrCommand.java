package org.switchroom.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.Hours;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.Services;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.picture.Counts;
import org.switchroom.ivr.picture.Picture;
import org.switchroom.ivr.rehearsal.Rehearsal;
import org.switchroom.ivr.yaml.FaultsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scripts without a telephone.
@Command(
    name = "ivr",
    description = "Scripts for callers: try them, check them, draw them.",
    mixinStandardHelpOptions = true,
    subcommands = {
      IvrCommand.Run.class,
      IvrCommand.Check.class,
      IvrCommand.Draw.class,
      IvrCommand.Prompts.class,
      IvrCommand.Schema.class
    })
final class IvrCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    picocli.CommandLine.usage(this, System.out);
    return 0;
  }

  /// A script, and the center it belongs to.
  static final class Source {
    @Parameters(
        paramLabel = "FILE",
        description = "a script's file, or the name of one that is shipped")
    private String file;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "the configuration, to know queues, calendars and other scripts by it")
    private @Nullable Path config;

    private DeclaredNames declared = DeclaredNames.ANY;
    private final List<Script> others = new ArrayList<>();
    private Map<String, Hours> calendars = Map.of();
    private ZoneId zone = ZoneId.systemDefault();

    Script load() throws FaultsException, IOException {
      for (String name : ScriptLoader.BUILTIN) {
        others.add(
            ScriptLoader.load(name, ScriptLoader.builtin(name).orElseThrow(), DeclaredNames.ANY));
      }
      if (config != null) {
        Settings settings = SettingsLoader.load(config);
        declared = settings.forScripts();
        calendars = settings.ivr().calendars();
        zone = settings.zone();
        for (var script : settings.ivr().files().entrySet()) {
          others.add(ScriptLoader.load(script.getKey(), script.getValue(), DeclaredNames.ANY));
        }
      }
      return ScriptLoader.load(file, yaml(), declared);
    }

    private String yaml() throws IOException {
      Path path = Path.of(file);
      if (Files.isRegularFile(path)) return Files.readString(path);
      return ScriptLoader.builtin(file)
          .orElseThrow(
              () ->
                  new StartFault(
                      "There is no file %s, and no shipped script of this name. Shipped are %s."
                          .formatted(file, ScriptLoader.BUILTIN)));
    }
  }

  @Command(
      name = "run",
      description = "Plays a script in the terminal: type keys, see what is said.",
      mixinStandardHelpOptions = true)
  static final class Run implements Callable<Integer> {
    @Mixin private Source source;

    @Option(
        names = "--from",
        paramLabel = "NUMBER",
        defaultValue = "+886223450000",
        description = "who calls (default: ${DEFAULT-VALUE}); empty: hidden")
    private String from;

    @Option(
        names = "--customer",
        paramLabel = "NAME=VALUE",
        split = ",",
        description = "the caller is known: tier=gold,language=zh-Hant")
    private @Nullable Map<String, String> customer;

    @Option(
        names = "--order",
        paramLabel = "NAME=VALUE",
        split = ",",
        description =
            "an order to be found: number=40712,status=customs,date=2026-11-20,due=2026-12-01")
    private @Nullable Map<String, String> order;

    @Option(names = "--pin", defaultValue = "1234", description = "the right PIN (default: 1234)")
    private String pin;

    @Option(
        names = "--at",
        paramLabel = "TIME",
        description = "such as 2026-11-25T20:00 (default: now); calendars of --config go by it")
    private @Nullable String at;

    @Option(names = "--closed", split = ",", description = "calendars that are closed")
    private List<String> closed = List.of();

    @Option(names = "--failing", description = "every service fails")
    private boolean failing;

    @Override
    public Integer call() throws Exception {
      Script script = source.load();
      var rehearsal = Rehearsal.of(script).with(source.others).from(from).pin(pin);
      ZonedDateTime time = at == null ? ZonedDateTime.now(source.zone) : time(at);
      rehearsal.at(time);
      source.calendars.forEach(
          (name, hours) -> rehearsal.calendar(name, hours.openAt(time.toInstant())));
      closed.forEach(calendar -> rehearsal.calendar(calendar, false));
      var record = new HashMap<String, Object>(Map.of("id", 1L));
      if (customer != null) {
        record.putAll(customer);
        rehearsal.customer(record);
      }
      if (order != null) {
        var found = new HashMap<String, Object>(order);
        found.putIfAbsent("customer", 1L);
        rehearsal.record(Services.Kind.ORDER, order.getOrDefault("number", ""), found);
        rehearsal.record(Services.Kind.LATEST_ORDER, "1", found);
      }
      if (failing) {
        rehearsal.servicesFail();
        for (Services.Kind kind : Services.Kind.values()) rehearsal.away(kind);
      }
      System.out.println("Keys and Enter; only Enter: silence; h and Enter: hang up.");
      var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      end(rehearsal.run(new TerminalCaller(reader, System.out)));
      return 0;
    }

    private ZonedDateTime time(String at) {
      try {
        return LocalDateTime.parse(at).atZone(source.zone);
      } catch (DateTimeException e) {
        throw new StartFault("\"%s\" is no time; write 2026-11-25T20:00.".formatted(at));
      }
    }

    private static void end(Rehearsal.Result result) {
      result.left().forEach(left -> System.out.println("· " + left));
      System.out.println(
          switch (result.outcome()) {
            case Outcome.Queued queued ->
                "▶ waits in queue %s%s%s%s"
                    .formatted(
                        queued.queue(),
                        queued.priority() == 0 ? "" : ", priority " + queued.priority(),
                        queued.ask().map(ask -> ", asks for " + ask).orElse(""),
                        queued.preferred().isEmpty() ? "" : ", first " + queued.preferred());
            case Outcome.Transferred transferred -> "▶ connected with " + transferred.number();
            case Outcome.HungUp(_, var byCaller) ->
                byCaller ? "▶ the caller hung up" : "▶ the script hung up";
            case Outcome.Returned _ -> "▶ the script is over";
            case Outcome.Runaway _ -> "▶ round and round: the caller goes to the default queue";
          });
      System.out.println("  by way of " + String.join(", ", result.path()));
    }
  }

  @Command(
      name = "check",
      description = "Says what is wrong with a script.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Mixin private Source source;

    @Override
    public Integer call() throws Exception {
      Script script = source.load();
      System.out.printf(
          "%s is in order: %d steps, in %s.%n",
          script.name(), script.steps().size(), script.languages());
      return 0;
    }
  }

  @Command(name = "draw", description = "Draws a script as SVG.", mixinStandardHelpOptions = true)
  static final class Draw implements Callable<Integer> {
    @Mixin private Source source;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "where to; else it is printed")
    private @Nullable Path output;

    @Override
    public Integer call() throws Exception {
      String svg = Picture.svg(source.load(), Counts.NONE);
      if (output == null) {
        System.out.print(svg);
      } else {
        Files.writeString(output, svg);
        System.out.println("Drawn into " + output);
      }
      return 0;
    }
  }

  @Command(
      name = "prompts",
      description = "Lists what a script says, with the names of its sound files: for a studio.",
      mixinStandardHelpOptions = true)
  static final class Prompts implements Callable<Integer> {
    @Mixin private Source source;

    @Override
    public Integer call() throws Exception {
      for (Saying.Wanted one : source.load().wanted()) {
        System.out.printf(
            "recorded/%s/%s.wav\t%s%n", one.language(), one.name(), one.text().strip());
      }
      return 0;
    }
  }

  @Command(
      name = "schema",
      description = "Prints the JSON schema of scripts, by which editors complete and check.",
      mixinStandardHelpOptions = true)
  static final class Schema implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      try (InputStream schema = Script.class.getResourceAsStream("script.schema.json")) {
        schema.transferTo(System.out);
      }
      return 0;
    }
  }
}
