package org.switchroom.desktop.testkit;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.cti.task.Task;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;

/// Configurations for tests: three queues, agents `a1`, `a2`, … at phones 1001, 1002, …, and a
/// supervisor `sup`.
public final class TestCenters {
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

  private static final List<String> QUEUES = List.of("orders", "billing", "general");

  private static final QueueId MESSAGES = new QueueId("messages");

  private TestCenters() {}

  /// @param webPort 0: any
  public static Settings settings(
      AmiSettings ami, int agiPort, int webPort, int agents, WrapUp wrapUp) {
    String hash = SecretHash.of(PASSWORD);
    var skills = new Skills(Map.of("orders", 5, "billing", 5, "general", 5));
    var users = new ArrayList<User>();
    for (int i = 1; i <= agents; i++) {
      users.add(
          new User(
              "a" + i,
              "Agent " + i,
              hash,
              EnumSet.of(User.Role.AGENT),
              Optional.of("PJSIP/" + (1000 + i)),
              skills));
    }
    users.add(
        new User(
            "sup",
            "Supervisor",
            hash,
            EnumSet.of(User.Role.SUPERVISOR),
            Optional.empty(),
            new Skills(Map.of())));
    return new Settings(
        "Test center",
        "TW",
        ZoneId.of("Asia/Taipei"),
        new Settings.Web("127.0.0.1", webPort),
        null,
        ami,
        new Settings.Agi("127.0.0.1", agiPort),
        IvrSettings.of(Map.of("menu", MENU), "menu", Map.of()),
        new QueueId("general"),
        QUEUES.stream().map(name -> queue(name, wrapUp)).toList(),
        users,
        Map.of("8001", "Main line"));
  }

  /// The same with a script that sends every caller to the first queue at once.
  public static Settings withoutMenu(Settings s) {
    String direct = "name: direct\nstart: q\nsteps: {q: {queue: orders}}";
    return s.withIvr(IvrSettings.of(Map.of("direct", direct), "direct", Map.of()));
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

  private static QueueSettings queue(String name, WrapUp wrapUp) {
    var routing =
        Queue.of(new QueueId(name), SkillExpression.parse(name))
            .withOfferTimeout(Duration.ofSeconds(15))
            .withWrapUp(wrapUp);
    return QueueSettings.of(routing, name).withDispositions(List.of("question", "other"));
  }
}
