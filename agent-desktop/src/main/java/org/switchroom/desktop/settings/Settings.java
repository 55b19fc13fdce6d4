package org.switchroom.desktop.settings;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.plan.QueueId;
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
    Map<String, String> lines) {
  public record Web(String address, int port) {}

  public record Sql(String url, String user, String password) {}

  /// Where callers are brought by the dialplan.
  public record Agi(String address, int port) {}

  public CenterSettings forCenter(Map<QueueId, QueueFigures> today) {
    List<AgentSettings> agents =
        users.stream()
            .filter(user -> user.is(User.Role.AGENT))
            .map(
                user ->
                    new AgentSettings(
                        new org.switchroom.acd.plan.AgentId(user.name()),
                        user.title(),
                        user.phone(),
                        user.skills()))
            .toList();
    return new CenterSettings(queues, agents, otherwise, zone, lines, today);
  }
}
