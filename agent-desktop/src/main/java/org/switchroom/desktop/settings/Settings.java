package org.switchroom.desktop.settings;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Routing;
import org.switchroom.cti.center.AgentSettings;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.ivr.Script;

/// A checked configuration.
///
/// @param title the company's name, for screens
/// @param region where numbers without a country code belong
/// @param lines what the dialed numbers are called
/// @param tiers priority points of customers, by tier
public record Settings(
    String title,
    String region,
    ZoneId zone,
    Web web,
    Sql database,
    AmiSettings pbx,
    Agi agi,
    Script script,
    QueueId otherwise,
    List<QueueSettings> queues,
    List<User> users,
    Map<String, String> lines,
    Routing routing,
    Map<String, Integer> tiers) {
  /// One that routes in the plainest way.
  public Settings(
      String title,
      String region,
      ZoneId zone,
      Web web,
      Sql database,
      AmiSettings pbx,
      Agi agi,
      Script script,
      QueueId otherwise,
      List<QueueSettings> queues,
      List<User> users,
      Map<String, String> lines) {
    this(
        title,
        region,
        zone,
        web,
        database,
        pbx,
        agi,
        script,
        otherwise,
        queues,
        users,
        lines,
        Routing.DEFAULT,
        Map.of());
  }

  public record Web(String address, int port) {}

  public record Sql(String url, String user, String password) {}

  /// Where callers are brought by the dialplan.
  public record Agi(String address, int port) {}

  public CenterSettings forCenter(Map<QueueId, QueueFigures> today) {
    List<AgentSettings> agents =
        users.stream()
            .filter(user -> user.is(User.Role.AGENT))
            .map(user -> new AgentSettings(user.profile(), user.title(), user.phone()))
            .toList();
    return new CenterSettings(queues, agents, routing, otherwise, tiers, zone, lines, today);
  }
}
