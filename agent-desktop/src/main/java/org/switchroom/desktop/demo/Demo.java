package org.switchroom.desktop.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.Announcements;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.center.RecordingPlan;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.PhoneBehavior;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.pbx.simulated.Traffic;
import org.switchroom.cti.pbx.simulated.Traffic.Habit;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.server.Running;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.web.Desks;
import org.switchroom.desktop.web.LogInHint;
import org.switchroom.ivr.SayingReader;
import org.switchroom.ivr.yaml.FaultsException;

/// The server with an embedded database, a simulated PBX, and people who are not there. Nothing is
/// kept after it ends.
public final class Demo implements AutoCloseable {
  /// The supervisor's phone.
  private static final String LISTENS = "PJSIP/1090";

  private static final String PASSWORD = "books";
  private static final String ENTRY_POINT = "+886227001234";
  private static final ZoneId ZONE = ZoneId.of("Asia/Taipei");
  private static final Logger log = LoggerFactory.getLogger(Demo.class);

  /// What callers press in the bookshop's menu, and how many do so: some hear where their order is
  /// and go, most want somebody.
  private static final List<Habit> HABITS =
      List.of(
          new Habit("11 ", 3),
          new Habit("12", 3),
          new Habit("2", 3),
          new Habit("3 ", 1),
          new Habit("1*2", 1),
          new Habit("0", 2));

  private static final List<String> QUEUES = List.of("orders", "billing", "general");

  /// What somebody at the log-in page may take: two agents, one of them a team lead, and a
  /// supervisor.
  private static final List<LogInHint> SEATS =
      List.of(
          new LogInHint("ann", PASSWORD, "Ann · agent and team lead"),
          new LogInHint("kim", PASSWORD, "Kim · agent"),
          new LogInHint("sam", PASSWORD, "Sam · supervisor"),
          new LogInHint("ada", PASSWORD, "Ada · administrator"));

  private final SimulatedPbx pbx;
  private final Database database;
  private final Switchroom server;
  private final Colleagues colleagues;
  private final Traffic traffic;

  /// With the recordings and the key of this run.
  private final Path folder;

  /// Whoever is called answers.
  private static final Dialing DIALING =
      new Dialing(
          "PJSIP/{number}@trunk",
          ENTRY_POINT,
          Optional.empty(),
          "TW",
          List.of(new DialPattern("+886")),
          List.of(),
          Dialing.Limits.DEFAULT);

  private Demo(
      SimulatedPbx pbx,
      Database database,
      Switchroom server,
      Colleagues colleagues,
      Traffic traffic,
      Path folder) {
    this.pbx = pbx;
    this.database = database;
    this.server = server;
    this.colleagues = colleagues;
    this.traffic = traffic;
    this.folder = folder;
  }

  /// @param port of the web server; 0: any
  /// @param perMinute calls
  /// @param colleagues simulated agents
  public static Demo start(int port, long seed, double perMinute, int colleagues)
      throws IOException, InterruptedException {
    var pbx =
        new SimulatedPbx(
            new SimulatedPbx.Options(0, "switchroom", "simulated", Duration.ofMillis(2_500)),
            new PbxWatcher() {});
    pbx.start();
    var random = new SplittableRandom(seed);
    List<User> users = users(colleagues, random, pbx);
    var sql = new Settings.Sql(Database.inMemoryUrl("demo-" + System.nanoTime()), "sa", "");
    Database database = Database.open(sql.url(), sql.user(), sql.password());
    Path folder = Files.createTempDirectory("switchroom-demo");
    Path key = folder.resolve("server.key");
    var pins = new Pins(ServerKey.in(key));
    var people = DemoCustomers.seed(new CustomerSeed(database), pins, seed, Instant.now());
    var settings =
        settings(port, users, sql, pbx.amiPort(), folder)
            .withServerKey(Optional.of(key))
            .withDialing(DIALING)
            .withCallRecordings(Optional.of(talks(folder)));
    Switchroom server;
    try {
      server =
          new Switchroom(
              settings,
              database,
              Switchroom.lastRun(settings),
              Desks.open(settings.web(), Switchroom.key(settings)),
              SEATS,
              Running.with(Recorder.NONE, Switchroom::haltProcess));
    } catch (FaultsException e) {
      throw new IllegalStateException("A shipped script is broken.", e);
    }
    var agents =
        users.stream()
            .filter(user -> user.name().startsWith("c"))
            .map(user -> new AgentId(user.name()))
            .toList();
    var sitting = new Colleagues(server.engine(), agents, seed);
    var traffic =
        new Traffic(
            pbx,
            new Traffic.Options(
                seed,
                perMinute,
                colleagues + 1,
                people,
                ENTRY_POINT,
                HABITS,
                Duration.ofMillis(1_800),
                Duration.ofSeconds(75),
                Duration.ofSeconds(28)));
    sitting.start();
    traffic.start();
    return new Demo(pbx, database, server, sitting, traffic, folder);
  }

  private static List<User> users(int colleagues, SplittableRandom random, SimulatedPbx pbx) {
    String hash = SecretHash.of(PASSWORD);
    var users = new ArrayList<User>();
    users.add(seat("ann", "Ann", hash, EnumSet.of(User.Role.AGENT, User.Role.SUPERVISOR), 1001));
    users.add(seat("kim", "Kim", hash, EnumSet.of(User.Role.AGENT), 1002));
    users.add(watching("sam", "Sam", hash, User.Role.SUPERVISOR, Optional.of(LISTENS)));
    users.add(watching("ada", "Ada", hash, User.Role.ADMINISTRATOR, Optional.empty()));
    pbx.phone(LISTENS, PhoneBehavior.answersAfter(Duration.ofMillis(900)));
    pbx.phone("PJSIP/1001", PhoneBehavior.of(PhoneBehavior.Manner.RINGS));
    pbx.phone("PJSIP/1002", PhoneBehavior.of(PhoneBehavior.Manner.RINGS));
    for (int i = 0; i < colleagues; i++) {
      String phone = "PJSIP/%d".formatted(2_000 + i);
      pbx.phone(
          phone, PhoneBehavior.answersAfter(Duration.ofMillis(1_200 + random.nextInt(2_500))));
      String first = QUEUES.get(i % QUEUES.size());
      String second = QUEUES.get((i + 1) % QUEUES.size());
      users.add(
          new User(
              "c%02d".formatted(i + 1),
              ColleagueNames.of(i),
              hash,
              EnumSet.of(User.Role.AGENT),
              Optional.of(phone),
              new Skills(Map.of(first, 8, second, 4))));
    }
    return users;
  }

  /// Who serves nobody.
  private static User watching(
      String name, String title, String hash, User.Role role, Optional<String> phone) {
    return new User(name, title, hash, EnumSet.of(role), phone, new Skills(Map.of()));
  }

  private static User seat(
      String name, String title, String hash, Set<User.Role> roles, int phone) {
    var skills = new Skills(Map.of("orders", 7, "billing", 5, "general", 5));
    var capacity = new Capacity(Map.of(Channel.VOICE, 1, Channel.TASK, 1), 1);
    int order = phone - 1_000;
    var profile = new AgentProfile(new AgentId(name), skills, capacity, order, List.of());
    return new User(name, title, hash, roles, Optional.of("PJSIP/" + phone), profile);
  }

  private static Settings settings(
      int port, List<User> users, Settings.Sql sql, int amiPort, Path folder) {
    var ami =
        new AmiSettings(
                "127.0.0.1",
                amiPort,
                "switchroom",
                "simulated",
                "127.0.0.1:0",
                AmiSettings.DEFAULT_SILENCE)
            .withRecordings(talks(folder).reachedAt());
    return new Settings(
        "Formosa Books",
        "TW",
        ZONE,
        new Settings.Web("127.0.0.1", port),
        sql,
        ami,
        new Settings.Agi("127.0.0.1", 0),
        ivr(folder.resolve("recordings")),
        new QueueId("general"),
        List.of(
            queue("orders", "訂單 Orders", List.of("order-status", "delivery", "damaged", "other"))
                .withRecording(RecordingPlan.ALWAYS),
            queue("billing", "帳務 Billing", List.of("invoice", "refund", "payment", "other"))
                .withRecording(RecordingPlan.ON_DEMAND),
            queue(
                "general", "總機 General", List.of("question", "complaint", "wrong-number", "other")),
            tasks("messages", "留言 Messages"),
            tasks("callbacks", "回電 Callbacks")),
        users,
        Map.of(ENTRY_POINT, "Main line"));
  }

  private static Settings.CallRecordings talks(Path folder) {
    Path talks = folder.resolve("talks");
    return new Settings.CallRecordings(talks, talks.toString(), Optional.empty());
  }

  private static QueueSettings queue(String name, String title, List<String> dispositions) {
    var routing =
        Queue.of(new QueueId(name), SkillExpression.parse(name))
            .withOfferTimeout(Duration.ofSeconds(18))
            .withWrapUp(new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(20)));
    return QueueSettings.of(routing, title)
        .withDispositions(dispositions)
        .withAfter("survey")
        .withAnnouncements(announcements());
  }

  /// Work that nobody calls for: it may wait for hours.
  private static QueueSettings tasks(String name, String title) {
    var routing =
        Queue.of(new QueueId(name), SkillExpression.parse("general"))
            .withChannel(Channel.TASK)
            .withOfferTimeout(Duration.ofSeconds(60))
            .withObjectives(Objectives.DEFAULT.withTarget(90, Duration.ofHours(4)));
    return QueueSettings.of(routing, title);
  }

  private static Announcements announcements() {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    offers.put('1', new Announcements.Offer("callback", SayingReader.shipped("callback")));
    offers.put('2', new Announcements.Offer("voicemail", SayingReader.shipped("voicemail")));
    return Announcements.NONE
        .withFirst(Duration.ofSeconds(8))
        .withEvery(Duration.ofSeconds(45))
        .withPosition(Optional.of(SayingReader.shipped("position")))
        .withExpected(Optional.of(SayingReader.shipped("expected-wait")))
        .withMessages(List.of(SayingReader.shipped("message")))
        .withMessagesEvery(Duration.ofSeconds(30))
        .withOffers(offers);
  }

  /// Open around the clock, so that a demo at night has callers too.
  private static IvrSettings ivr(Path recordings) {
    var always = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      always.put(day, List.of(new Hours.Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));
    }
    return IvrSettings.shipped("bookshop", Map.of("office", Hours.weekly(ZONE, always)))
        .withRecordings(Optional.of(new IvrSettings.Sound(recordings, recordings.toString())));
  }

  private static void forget(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      log.debug("{} stays: {}", folder, e.toString());
    }
  }

  public int port() {
    return server.webPort();
  }

  @Override
  public void close() {
    traffic.close();
    colleagues.close();
    server.close();
    pbx.close();
    database.close();
    forget(folder);
  }
}
