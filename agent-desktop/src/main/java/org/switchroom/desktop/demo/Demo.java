package org.switchroom.desktop.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.pbx.simulated.PhonePlan;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.pbx.simulated.Traffic;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.web.Passwords;
import org.switchroom.desktop.web.WebServer.Hint;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.ScriptLoader;
import org.switchroom.ivr.yaml.FaultsException;

/// The server with an embedded database, a simulated PBX, and people who are not there. Nothing is
/// kept after it ends.
public final class Demo implements AutoCloseable {
  private static final String PASSWORD = "books";
  private static final String LINE = "+886227001234";
  private static final ZoneId ZONE = ZoneId.of("Asia/Taipei");
  private static final List<String> QUEUES = List.of("orders", "billing", "general");

  /// What somebody at the log-in page may take: two agents, one of them a team lead, and a
  /// supervisor.
  private static final List<Hint> SEATS =
      List.of(
          new Hint("ann", PASSWORD, "Ann · agent and team lead"),
          new Hint("kim", PASSWORD, "Kim · agent"),
          new Hint("sam", PASSWORD, "Sam · supervisor"));

  private final SimulatedPbx pbx;
  private final Database database;
  private final Switchroom server;
  private final Colleagues colleagues;
  private final Traffic traffic;

  private Demo(
      SimulatedPbx pbx,
      Database database,
      Switchroom server,
      Colleagues colleagues,
      Traffic traffic) {
    this.pbx = pbx;
    this.database = database;
    this.server = server;
    this.colleagues = colleagues;
    this.traffic = traffic;
  }

  /// @param port of the web server; 0: any
  /// @param perMinute calls
  /// @param colleagues simulated agents
  public static Demo start(int port, long seed, double perMinute, int colleagues)
      throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    var pbx =
        new SimulatedPbx(
            new SimulatedPbx.Settings(0, "switchroom", "simulated", Duration.ofMillis(2_500)),
            new SimulatedPbx.Watcher() {});
    pbx.start();
    var random = new SplittableRandom(seed);
    List<User> users = users(colleagues, random, pbx);
    Database database = Database.open(Database.inMemoryUrl("demo-" + System.nanoTime()), "sa", "");
    var people = DemoCustomers.seed(new CustomerSeed(database), seed, clock.instant());
    var settings = settings(port, users, pbx.amiPort());
    var server = new Switchroom(settings, database, clock, SEATS);
    var agents =
        users.stream()
            .filter(user -> user.name().startsWith("c"))
            .map(user -> new AgentId(user.name()))
            .toList();
    var sitting = new Colleagues(server.center(), clock, agents, seed);
    var traffic =
        new Traffic(
            pbx,
            new Traffic.Settings(
                seed,
                perMinute,
                colleagues + 1,
                people,
                LINE,
                "1111122200",
                Duration.ofMillis(1_800),
                Duration.ofSeconds(75),
                Duration.ofSeconds(28)));
    sitting.start();
    traffic.start();
    return new Demo(pbx, database, server, sitting, traffic);
  }

  private static List<User> users(int colleagues, SplittableRandom random, SimulatedPbx pbx) {
    String hash = Passwords.hash(PASSWORD);
    var users = new ArrayList<User>();
    users.add(seat("ann", "Ann", hash, EnumSet.allOf(User.Role.class), 1001));
    users.add(seat("kim", "Kim", hash, EnumSet.of(User.Role.AGENT), 1002));
    users.add(
        new User("sam", "Sam", hash, EnumSet.of(User.Role.SUPERVISOR), null, new Skills(Map.of())));
    pbx.phone("PJSIP/1001", PhonePlan.of(PhonePlan.Manner.RINGS));
    pbx.phone("PJSIP/1002", PhonePlan.of(PhonePlan.Manner.RINGS));
    for (int i = 0; i < colleagues; i++) {
      String phone = "PJSIP/%d".formatted(2_000 + i);
      pbx.phone(phone, PhonePlan.answersAfter(Duration.ofMillis(1_200 + random.nextInt(2_500))));
      String first = QUEUES.get(i % QUEUES.size());
      String second = QUEUES.get((i + 1) % QUEUES.size());
      users.add(
          new User(
              "c%02d".formatted(i + 1),
              ColleagueNames.of(i),
              hash,
              EnumSet.of(User.Role.AGENT),
              phone,
              new Skills(Map.of(first, 8, second, 4))));
    }
    return users;
  }

  private static User seat(
      String name, String title, String hash, Set<User.Role> roles, int phone) {
    var skills = new Skills(Map.of("orders", 7, "billing", 5, "general", 5));
    return new User(name, title, hash, roles, "PJSIP/" + phone, skills);
  }

  private static Settings settings(int port, List<User> users, int amiPort) throws IOException {
    int agiPort = freePort();
    var ami =
        new AmiSettings(
            "127.0.0.1",
            amiPort,
            "switchroom",
            "simulated",
            false,
            "127.0.0.1:" + agiPort,
            AmiSettings.DEFAULT_SILENCE);
    return new Settings(
        "Formosa Books",
        "TW",
        ZONE,
        new Settings.Web("127.0.0.1", port),
        null,
        ami,
        new Settings.Agi("127.0.0.1", agiPort),
        script(),
        new QueueId("general"),
        List.of(
            queue("orders", "訂單 Orders", List.of("order-status", "delivery", "damaged", "other")),
            queue("billing", "帳務 Billing", List.of("invoice", "refund", "payment", "other")),
            queue(
                "general",
                "總機 General",
                List.of("question", "complaint", "wrong-number", "other"))),
        users,
        Map.of(LINE, "Main line"));
  }

  private static QueueSettings queue(String name, String title, List<String> dispositions) {
    return new QueueSettings(
        new QueueId(name),
        title,
        SkillExpression.parse(name),
        0,
        Duration.ofSeconds(18),
        new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(20)),
        80,
        Duration.ofSeconds(20),
        dispositions);
  }

  private static Script script() {
    try {
      return ScriptLoader.load(
          "builtin:bookshop", ScriptLoader.builtin("bookshop"), Set.copyOf(QUEUES));
    } catch (FaultsException e) {
      throw new IllegalStateException("The shipped script is broken.", e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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
  }
}
