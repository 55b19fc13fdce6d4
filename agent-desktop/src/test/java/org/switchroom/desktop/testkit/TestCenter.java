package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;
import org.switchroom.ivr.yaml.FaultsException;

/// A center for a test or a figure, in which only what matters to it is said. Agents `a1`, `a2`, …
/// are at phones 1001, 1002, … with every queue's skill, and `sup` is their supervisor; all have
/// [#PASSWORD].
///
/// It is started in this process ([#start]), or written into a folder for a process of its own
/// ([#in]). What else a configuration has is changed in its [#settings].
///
/// @param agi where FastAGI takes callers; 0: any
/// @param queues the last is for callers whose script chose none
/// @param script YAML
public record TestCenter(
    AmiSettings pbx, int agi, int agents, List<String> queues, WrapUp wrapUp, String script) {
  public static final String PASSWORD = "a test's password";

  /// The customer by their number or by what they key in, then one menu.
  public static final String MENU =
      """
      name: menu
      start: identify
      steps:
        identify: {lookup: caller, found: menu, not-found: account, failure: menu}
        account:
          collect: Your customer number?
          as: account
          digits: 4-8
          timeout: 4s
          retries: 0
          next: identify-by-account
          otherwise: menu
        identify-by-account:
          lookup: account
          by: account
          found: menu
          not-found: menu
          failure: menu
        menu:
          menu: For orders, press 1. For billing, press 2. For anything else, press 0.
          keys: {1: orders, 2: billing, 0: general}
          timeout: 5s
          retries: 2
          otherwise: general
        orders: {queue: orders}
        billing: {queue: billing}
        general: {queue: general}
      """;

  private static final QueueId MESSAGES = new QueueId("messages");

  /// A link that says nothing for so long is dead, on a machine that does other things beside.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /// One agent, no wrap-up, and the menu to the queues `orders`, `billing` and `general`.
  public static TestCenter on(AmiSettings pbx) {
    return new TestCenter(pbx, 0, 1, List.of("orders", "billing", "general"), WrapUp.none(), MENU);
  }

  public static TestCenter on(PbxRig rig) {
    return on(rig.ami());
  }

  public static TestCenter on(SimulatedPbx pbx) {
    return on(pbx.amiPort());
  }

  /// On a PBX of this machine, at the port of its manager.
  public static TestCenter on(int amiPort) {
    return on(
        new AmiSettings("127.0.0.1", amiPort, PbxRig.USER, PbxRig.SECRET, "127.0.0.1:0", SILENCE));
  }

  public TestCenter withAgi(int port) {
    return new TestCenter(pbx, port, agents, queues, wrapUp, script);
  }

  public TestCenter withAgents(int agents) {
    return new TestCenter(pbx, agi, agents, queues, wrapUp, script);
  }

  public TestCenter withQueues(String... queues) {
    return new TestCenter(pbx, agi, agents, List.of(queues), wrapUp, script);
  }

  /// Each queue's.
  public TestCenter withWrapUp(WrapUp wrapUp) {
    return new TestCenter(pbx, agi, agents, queues, wrapUp, script);
  }

  public TestCenter withScript(String script) {
    return new TestCenter(pbx, agi, agents, queues, wrapUp, script);
  }

  public TestCenter wrapsUp(WrapUp.Mode mode) {
    return withWrapUp(new WrapUp(mode, Duration.ZERO));
  }

  /// Every caller comes to this queue at once.
  public TestCenter straightTo(String queue) {
    return withScript("name: menu\nstart: q\nsteps: {q: {queue: %s}}".formatted(queue));
  }

  /// There is no other queue, and every caller comes to it at once.
  public TestCenter onlyQueue(String queue) {
    return withQueues(queue).straightTo(queue);
  }

  public Settings settings() {
    return new Settings(
        "Test center",
        "TW",
        ZoneId.of("Asia/Taipei"),
        new Settings.Web("127.0.0.1", 0),
        null,
        pbx,
        new Settings.Agi("127.0.0.1", agi),
        IvrSettings.of(Map.of("menu", script), "menu", Map.of()),
        new QueueId(queues.getLast()),
        queues.stream().map(this::queue).toList(),
        users(),
        Map.of("8001", "Main line"));
  }

  private List<User> users() {
    String hash = SecretHash.of(PASSWORD);
    var skills = new Skills(queues.stream().collect(Collectors.toMap(Function.identity(), _ -> 5)));
    var users = new ArrayList<User>();
    for (int i = 1; i <= agents; i++) {
      users.add(
          new User(
              "a" + i,
              "Agent " + i,
              hash,
              EnumSet.of(User.Role.AGENT),
              Optional.of(PbxRig.device(i)),
              skills));
    }
    users.add(
        new User(
            "sup",
            "Supervisor",
            hash,
            EnumSet.of(User.Role.SUPERVISOR),
            Optional.of(PbxRig.device(agents + 1)),
            new Skills(Map.of())));
    return users;
  }

  private QueueSettings queue(String name) {
    var routing =
        Queue.of(new QueueId(name), SkillExpression.parse(name))
            .withOfferTimeout(Duration.ofSeconds(15))
            .withWrapUp(wrapUp);
    return QueueSettings.of(routing, name).withDispositions(List.of("question", "other"));
  }

  public Switchroom start(Database database) throws IOException, FaultsException {
    return TestServer.start(settings(), database);
  }

  /// For a process of its own, with an embedded database: everything is in the folder.
  public CenterFile in(Path folder) throws IOException {
    return in(folder, null);
  }

  /// @param postgres JDBC, with the user; null: an embedded database
  public CenterFile in(Path folder, String postgres) throws IOException {
    return CenterFile.write(this, folder, postgres);
  }

  /// The same with a queue of messages, for which the first agent has a hand free beside a call.
  public static Settings withMessages(Settings s) {
    var queues = new ArrayList<>(s.queues());
    queues.add(
        QueueSettings.of(
            Queue.of(MESSAGES, SkillExpression.ANY).withChannel(Channel.TASK), "Messages"));
    var users = new ArrayList<>(s.users());
    User first = users.getFirst();
    var capacity = new Capacity(Map.of(Channel.VOICE, 1, Channel.TASK, 1), 2);
    users.set(0, first.withProfile(first.profile().withCapacity(capacity)));
    return s.withQueues(queues).withUsers(users);
  }

  /// Alice has left a message of seven seconds; returns its number.
  public static String message(EngineInbox engine) {
    var message =
        new Input.TaskRequested(
            new Input.Origin(new CallId("c"), 1, "message"),
            Task.Kind.VOICEMAIL,
            MESSAGES,
            Optional.empty(),
            "Alice",
            "+886223",
            "/rec/1.wav",
            7);
    return engine.ask(message, Duration.ofSeconds(10)).orElseThrow();
  }
}
