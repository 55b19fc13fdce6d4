package org.switchroom.desktop.settings;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.skill.ExpressionSyntaxException;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.center.AgentSettings;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.ivr.DeclaredNames;

/// A checked configuration.
///
/// @param title the company's name, for screens
/// @param region where numbers without a country code belong
/// @param entryPoints what the dialed numbers are called
/// @param tiers priority points of customers, by tier
/// @param dialing how numbers outside are reached
/// @param callRecordings where talks are recorded; empty: none is
/// @param ledger its folder; empty: one that does not outlive the process
/// @param serverKey what log-ins are signed with; empty: one that does not outlive the process
/// @param agentsAreTold whether an agent sees that a supervisor takes part in their talk
/// @param browserPhones how browsers are telephones; empty: none is
/// @param hotDesks phones at which any agent may sit
@RecordBuilder
public record Settings(
    String title,
    String region,
    ZoneId zone,
    Web web,
    Sql database,
    AmiSettings pbx,
    Agi agi,
    IvrSettings ivr,
    QueueId defaultQueue,
    List<QueueSettings> queues,
    List<User> users,
    Map<String, String> entryPoints,
    RoutingPlan routing,
    Map<String, Integer> tiers,
    Dialing dialing,
    Optional<CallRecordings> callRecordings,
    Optional<Path> ledger,
    Optional<Path> serverKey,
    boolean agentsAreTold,
    Optional<BrowserPhones> browserPhones,
    List<String> hotDesks)
    implements SettingsBuilder.With {
  /// One that routes in the plainest way.
  public Settings(
      String title,
      String region,
      ZoneId zone,
      Web web,
      Sql database,
      AmiSettings pbx,
      Agi agi,
      IvrSettings ivr,
      QueueId defaultQueue,
      List<QueueSettings> queues,
      List<User> users,
      Map<String, String> entryPoints) {
    this(
        title,
        region,
        zone,
        web,
        database,
        pbx,
        agi,
        ivr,
        defaultQueue,
        queues,
        users,
        entryPoints,
        RoutingPlan.DEFAULT,
        Map.of(),
        Dialing.nowhere(region),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        List.of());
  }

  /// @param port 0: any
  /// @param tls empty: plain HTTP
  /// @param hosts names under which it is served, beside addresses and `localhost`
  /// @param proxies addresses of our own, which are believed whom they speak for
  /// @param phones whether pages may ask for the microphone
  @RecordBuilder
  public record Web(
      String address,
      int port,
      Optional<Tls> tls,
      List<String> hosts,
      List<String> proxies,
      boolean phones)
      implements SettingsWebBuilder.With {
    /// Without TLS, for whoever knows the address.
    public Web(String address, int port) {
      this(address, port, Optional.empty(), List.of(), List.of(), false);
    }
  }

  /// How browsers are telephones: through this server, at the WebSocket of Asterisk's own HTTP
  /// server.
  ///
  /// @param url `ws:` or `wss:`
  /// @param certificate PEM, whom `wss:` is believed by; empty: whom this Java trusts
  /// @param secret with which this server proves to Asterisk that a telephone is one of ours
  /// @param stun URLs by which browsers learn how they are reached
  public record BrowserPhones(
      URI url,
      Optional<Path> certificate,
      String secret,
      List<String> stun,
      Optional<Relay> turn) {}

  /// Relays for browsers that cannot be reached.
  ///
  /// @param secret the relay's `static-auth-secret`, of which each log-in is given what holds for a
  ///   while
  public record Relay(List<String> urls, String secret, Duration lasts) {}

  /// Where talks are recorded: Asterisk writes there, so the server is on the same machine, or the
  /// folder is on a disk of both.
  ///
  /// @param folder where we have the files, in one folder for each day
  /// @param reachedAt the same folder as Asterisk sees it
  /// @param keepDays after so many days they are deleted; empty: never
  public record CallRecordings(Path folder, String reachedAt, Optional<Integer> keepDays) {}

  /// Whether any queue has its talks recorded.
  public boolean recordsTalks() {
    return queues.stream().anyMatch(queue -> queue.recording().records());
  }

  /// PEM.
  ///
  /// @param certificate with those of who signed it
  /// @param key PKCS#8
  public record Tls(Path certificate, Path key) {}

  public record Sql(String url, String user, String password) {}

  /// Where callers are brought by the dialplan.
  ///
  /// @param port 0: any, of which the PBX is told
  public record Agi(String address, int port) {}

  /// What scripts may refer to.
  public DeclaredNames forScripts() {
    var names = new TreeSet<String>();
    var calls = new TreeSet<String>();
    var tasks = new TreeSet<String>();
    for (QueueSettings queue : queues) {
      names.add(queue.id().value());
      if (queue.forCalls()) calls.add(queue.id().value());
      if (queue.forTasks()) tasks.add(queue.id().value());
    }
    return new DeclaredNames(
        DeclaredNames.NameSet.known(names),
        DeclaredNames.NameSet.known(calls),
        DeclaredNames.NameSet.known(tasks),
        DeclaredNames.NameSet.known(ivr.calendars().keySet()),
        DeclaredNames.NameSet.anything(),
        DeclaredNames.NameSet.known(ivr.hosts()),
        this::faultOfAsk,
        this::faultOfNumber);
  }

  private Optional<String> faultOfNumber(String number) {
    return dialing.dial(number, Dialing.Wish.SCRIPT) instanceof Dialing.Dialed.Refused(var why)
        ? Optional.of("%s is never dialed. %s".formatted(number, why.message()))
        : Optional.empty();
  }

  /// A skill that no agent has would keep the caller waiting for ever.
  private Optional<String> faultOfAsk(String ask) {
    try {
      var known = new TreeSet<String>();
      users.forEach(user -> known.addAll(user.skills().proficiency().keySet()));
      for (String skill : SkillExpression.parse(ask).named()) {
        if (!known.contains(skill)) {
          return Optional.of("No agent has the skill %s. Known are %s.".formatted(skill, known));
        }
      }
      return Optional.empty();
    } catch (ExpressionSyntaxException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /// The PBX's class of music in a queue; empty: its default.
  public String music(String queue) {
    return queues.stream()
        .filter(one -> one.id().value().equals(queue))
        .map(QueueSettings::music)
        .findFirst()
        .orElse("");
  }

  public CenterSettings forCenter() {
    List<AgentSettings> agents =
        users.stream()
            .filter(user -> user.is(User.Role.AGENT))
            .map(
                user ->
                    new AgentSettings(
                        user.profile(),
                        user.title(),
                        user.phone().orElse(""),
                        user.browserPhone()
                            .filter(phone -> !user.phone().equals(Optional.of(phone))),
                        user.autoAnswer()))
            .toList();
    var supervisors = new LinkedHashMap<AgentId, String>();
    users.stream()
        .filter(user -> user.may(Permission.SUPERVISE))
        .filter(user -> user.is(User.Role.AGENT) || user.phone().isPresent())
        .forEach(user -> supervisors.put(new AgentId(user.name()), user.phone().orElse("")));
    return new CenterSettings(
        queues,
        agents,
        routing,
        defaultQueue,
        tiers,
        zone,
        entryPoints,
        dialing,
        hotDesks,
        supervisors,
        agentsAreTold);
  }
}
