package org.switchroom.desktop.settings;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.pbx.asterisk.IpRange;
import org.switchroom.cti.store.Database;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// Reads the configuration file.
public final class SettingsLoader {
  private static final Pattern ENTRY_POINT = Pattern.compile("[+0-9A-Za-z._-]{1,32}");

  /// Of the shipped example, and of the manager user of kits before version 6.
  private static final String SAMPLE_SECRET = "change-me";

  /// What the dialplan can hand to an application as it is.
  private static final Pattern FOR_ASTERISK = Pattern.compile("/[A-Za-z0-9/._-]{0,200}");

  private static final int MOST_DAYS = 36_500;

  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(3);
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(10);

  private final Path path;
  private final String file;
  private final List<Fault> faults = new ArrayList<>();

  private SettingsLoader(Path path) {
    this.path = path;
    this.file = path.toString();
  }

  /// What a file says, as far as it can be read.
  ///
  /// @param settings to be run only when there are no faults
  /// @param faults everything that is wrong, by file and line
  public record Reading(Settings settings, List<Fault> faults) {}

  /// @throws FaultsException with everything that is wrong, by file and line
  public static Settings load(Path path) throws FaultsException {
    Reading reading = read(path);
    if (!reading.faults().isEmpty()) throw new FaultsException(reading.faults());
    return reading.settings();
  }

  /// Reads on after a mistake, so that the rest can be tried.
  ///
  /// @throws FaultsException when nothing can be read
  public static Reading read(Path path) throws FaultsException {
    var loader = new SettingsLoader(path);
    Settings settings = loader.read();
    return new Reading(settings, List.copyOf(loader.faults));
  }

  private Settings read() throws FaultsException {
    Settings settings =
        Yaml.read(
            file,
            Yaml.compose(file, IvrLoader.text(path)),
            "The configuration",
            faults,
            this::settings);
    IvrLoader.check(settings, faults);
    return settings;
  }

  private Settings settings(Yaml all) {
    List<Yaml> queueFields = all.mappings("queues");
    var ivr = new IvrLoader(path, faults, all);
    Dialing dialing = DialLoader.read(all, region(all));
    var names =
        new Names(
            zone(all),
            named(queueFields),
            named(all.mappings("users")),
            ivr.names(),
            all.mapping("calendars"),
            dialing);
    List<QueueSettings> queues = queueFields.stream().map(new QueueLoader(names)::read).toList();
    if (queues.isEmpty()) all.fault("queues", "There must be at least one queue in \"queues\".");
    List<String> hotDesks = UserLoader.hotDesks(all);
    List<User> users = new UserLoader(names, all.has("browser-phones"), hotDesks).users(all);
    var mistakes = new QueueMistakes(queues.stream().map(QueueSettings::routing).toList(), users);
    for (int i = 0; i < queues.size(); i++)
      mistakes.note(queueFields.get(i), queues.get(i).routing());
    checkZone(all, queues, names);
    Set<String> there = new HashSet<>();
    queues.forEach(queue -> there.add(queue.id().value()));
    String otherwise = all.required("default-queue");
    if (!otherwise.isEmpty() && !there.contains(otherwise)) {
      all.fault(
          "default-queue",
          "There is no queue %s. Known are %s.".formatted(otherwise, new TreeSet<>(there)));
    }
    for (QueueSettings queue : queues) {
      if (!queue.id().value().equals(otherwise) || queue.forCalls()) continue;
      all.fault(
          "default-queue",
          "Queue %s takes no calls: its \"channel\" is %s. Callers need one for voice."
              .formatted(otherwise, queue.routing().channel().name().toLowerCase(Locale.ROOT)));
    }
    Yaml pbx = all.mapping("pbx");
    var agi =
        new Settings.Agi(
            pbx.text("agi-address", "127.0.0.1"), pbx.number("agi-port", 4573, 1, 65535));
    boolean records = queues.stream().anyMatch(queue -> queue.recording().records());
    Settings.CallRecordings talks = talks(all.mapping("call-recordings"), records);
    Map<String, String> entryPoints = entryPoints(all, names, ivr);
    return new Settings(
        all.text("title", "Switchroom"),
        region(all),
        zone(all),
        new WebLoader(path).read(all.mapping("web"), all.has("browser-phones")),
        database(all),
        ami(pbx, agi).withRecordings(talks.reachedAt()),
        agi,
        ivr.read(names),
        new QueueId(otherwise.isEmpty() ? "?" : otherwise),
        queues,
        users,
        entryPoints,
        new RoutingLoader(names).read(all.mapping("routing")),
        tiers(all),
        dialing,
        Optional.of(talks),
        Optional.of(
            path.toAbsolutePath().resolveSibling(all.text("ledger", "data/ledger")).normalize()),
        Optional.of(file(all.text("server-key", "data/server.key"))),
        tellsAgents(all.mapping("supervision")),
        new BrowserPhonesLoader(path).read(all),
        hotDesks);
  }

  private static boolean tellsAgents(Yaml supervision) {
    return Values.yes(supervision, "tell-agents").orElse(true);
  }

  private static String region(Yaml all) {
    String region = all.text("region", "TW").toUpperCase(Locale.ROOT);
    if (!Set.of(Locale.getISOCountries()).contains(region)) {
      all.fault(
          "region",
          "\"region\" is %s; it must be a country code such as TW, CN or GB.".formatted(region));
    }
    return region;
  }

  private static ZoneId zone(Yaml all) {
    Optional<String> zone = all.text("time-zone");
    try {
      return zone.map(ZoneId::of).orElseGet(ZoneId::systemDefault);
    } catch (DateTimeException e) {
      all.fault(
          "time-zone",
          "\"time-zone\" is %s; write one such as Asia/Taipei.".formatted(zone.orElse("")));
      return ZoneId.systemDefault();
    }
  }

  /// Relative to the configuration.
  private Path file(String name) {
    return path.toAbsolutePath().resolveSibling(name).normalize();
  }

  private Settings.Sql database(Yaml all) {
    Yaml database = all.mapping("database");
    if (database.has("url") && database.has("file")) {
      database.fault("file", "\"database\" has both a file and a url. Keep one.");
    }
    String file = database.text("file", "data/switchroom");
    String url =
        database.text("url", Database.embeddedUrl(path.toAbsolutePath().resolveSibling(file)));
    return new Settings.Sql(url, database.text("user", "sa"), database.text("password", ""));
  }

  private AmiSettings ami(Yaml pbx, Settings.Agi agi) {
    Duration patience = pbx.duration("fallback-after", AmiSettings.DEFAULT_PATIENCE);
    if (patience.compareTo(SHORTEST_PATIENCE) < 0 || patience.compareTo(LONGEST_PATIENCE) > 0) {
      pbx.fault(
          "fallback-after",
          "\"fallback-after\" is from 3s to 10m: the heartbeat comes every second.");
    }
    String secret = pbx.required("secret");
    if (secret.equals(SAMPLE_SECRET)) {
      pbx.fault(
          "secret",
          "\"secret\" is still the sample's, which everybody knows. Choose one, and give it to the"
              + " user in Asterisk's manager_switchroom.conf too.");
    }
    return new AmiSettings(
        pbx.text("host", "127.0.0.1"),
        pbx.number("port", 5038, 1, 65535),
        pbx.required("user"),
        secret,
        TlsLoader.read(pbx, path),
        pbx.text("agi-reached-at", agi.address() + ":" + agi.port()),
        peers(pbx),
        patience,
        AmiSettings.DEFAULT_SILENCE,
        "");
  }

  /// From where callers may be brought to scripts.
  private static List<IpRange> peers(Yaml pbx) {
    var peers = new ArrayList<IpRange>();
    for (String text : pbx.texts("agi-peers")) {
      IpRange.of(text)
          .ifPresentOrElse(
              peers::add,
              () ->
                  pbx.fault(
                      "agi-peers",
                      "\"agi-peers\" has %s; write addresses such as 10.0.0.5, or 10.0.1.0/24 for all that begin so."
                          .formatted(text)));
    }
    if (pbx.has("agi-peers") && peers.isEmpty()) {
      pbx.fault(
          "agi-peers",
          "\"agi-peers\" has no address. Leave it out where Asterisk's scripts come from pbx:"
              + " host:.");
    }
    return peers;
  }

  /// Where nothing is recorded nothing is said of a folder that nobody has chosen.
  private Settings.CallRecordings talks(Yaml fields, boolean records) {
    Path folder = file(fields.text("folder", "data/call-recordings"));
    String reachedAt = fields.text("reached-at", folder.toString());
    boolean can = FOR_ASTERISK.matcher(reachedAt).matches();
    if (!can && !records && !fields.has("folder") && !fields.has("reached-at")) {
      reachedAt = "";
    } else if (!can) {
      fields.fault(
          fields.has("reached-at") ? "reached-at" : "folder",
          "Asterisk is to write into %s; it can where that is a whole path of letters, digits and /._- alone. Choose another, or a link to it in \"reached-at\"."
              .formatted(reachedAt));
    }
    Optional<Integer> keep =
        fields.has("keep-days")
            ? Optional.of(fields.number("keep-days", 90, 1, MOST_DAYS))
            : Optional.empty();
    return new Settings.CallRecordings(folder, reachedAt, keep);
  }

  private static Set<String> named(List<Yaml> all) {
    var names = new HashSet<String>();
    all.forEach(fields -> names.add(fields.text("name", "")));
    return names;
  }

  private static Map<String, Integer> tiers(Yaml all) {
    var tiers = new LinkedHashMap<String, Integer>();
    Yaml fields = all.mapping("tiers");
    for (String tier : fields.names()) {
      tiers.put(tier, fields.number(tier, 0, -Urgency.MOST_PRIORITY, Urgency.MOST_PRIORITY));
    }
    return tiers;
  }

  /// Where the machine stands says nothing of when callers may call.
  private static void checkZone(Yaml all, List<QueueSettings> queues, Names names) {
    boolean hours =
        !names.calendars().isEmpty()
            || queues.stream().anyMatch(queue -> queue.routing().hours().isPresent());
    if (hours && !all.has("time-zone")) {
      all.fault(
          "time-zone",
          "There are opening hours, and no \"time-zone\". Write one such as Asia/Taipei.");
    }
  }

  /// A name, or `{title: …, script: …}`.
  private static Map<String, String> entryPoints(Yaml all, Names names, IvrLoader ivr) {
    var entryPoints = new LinkedHashMap<String, String>();
    Yaml fields = all.mapping("lines");
    for (String number : fields.names()) {
      Optional<String> scalar = fields.scalar(number);
      String title = scalar.orElseGet(() -> fields.mapping(number).required("title"));
      if (scalar.isEmpty()) {
        Yaml entryPoint = fields.mapping(number);
        if (entryPoint.has("script")) {
          ivr.entryPoint(number, names.script(entryPoint, "script", entryPoint.required("script")));
        }
      }
      if (!ENTRY_POINT.matcher(number).matches()) {
        fields.fault(
            number,
            "\"lines\" has %s; write what is dialed as the PBX has it: a number such as 8001, or a name such as sales."
                .formatted(number));
      }
      entryPoints.put(number, title);
    }
    return entryPoints;
  }
}
