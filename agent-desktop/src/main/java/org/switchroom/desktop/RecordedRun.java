package org.switchroom.desktop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.DecisionSink;
import org.switchroom.acd.Router;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.Routing;
import org.switchroom.acd.run.Json;
import org.switchroom.cti.runtime.ValueMapper;

/// A recorded run as text: a line that says what the router began with, the configuration, and then
/// every fact, a line each. Played again, it makes the same decisions.
///
/// ```
///   {"begin":{"at":…,"offers":…,"configured":14,"memory":{…}}}
///   {"fact":"queue-configured",…}          fourteen of these
///   {"fact":"agent-logged-in",…}
///   {"goOn":true}                          the PBX has said what lives
///   {"fact":"contact-queued",…}
/// ```
final class RecordedRun {
  static final String GO_ON = "{\"goOn\":true}";

  private static final JsonMapper MAPPER = ValueMapper.create();
  private static final String BEGIN = "{\"begin\":";

  /// @param configured so many lines of configuration follow
  private record Begin(Instant at, long offers, int configured, RouterMemory memory) {}

  private record First(Begin begin) {}

  private RecordedRun() {}

  static String begin(Instant at, long offers, int configured, RouterMemory memory) {
    try {
      return MAPPER.writeValueAsString(new First(new Begin(at, offers, configured, memory)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What the router remembers cannot be written.", e);
    }
  }

  /// A configuration as facts.
  static List<AcdEvent> facts(Instant at, Plan plan) {
    var facts = new ArrayList<AcdEvent>();
    plan.queues().forEach(queue -> facts.add(new AcdEvent.QueueConfigured(at, queue)));
    plan.agents().forEach(agent -> facts.add(new AcdEvent.AgentConfigured(at, agent)));
    facts.add(new AcdEvent.RoutingConfigured(at, plan.routing()));
    return facts;
  }

  /// Plays it again.
  ///
  /// @param router that was told nothing yet
  /// @throws IllegalArgumentException naming the line that cannot be read
  static void play(BufferedReader lines, Router router, DecisionSink decisions) throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) continue;
      try {
        if (line.startsWith(BEGIN)) {
          Begin begin = MAPPER.readValue(line, First.class).begin();
          begin(begin, lines, router);
          number += begin.configured();
        } else if (line.equals(GO_ON)) {
          router.goOn();
        } else {
          router.on(Json.fact(line), decisions);
        }
      } catch (IllegalArgumentException | JsonProcessingException e) {
        throw new IllegalArgumentException("Line %d: %s".formatted(number, e.getMessage()), e);
      }
    }
  }

  private static void begin(Begin begin, BufferedReader lines, Router router) throws IOException {
    var queues = new ArrayList<Queue>();
    var agents = new ArrayList<AgentProfile>();
    Routing routing = Routing.DEFAULT;
    for (int i = 0; i < begin.configured(); i++) {
      String line = lines.readLine();
      if (line == null) throw new IllegalArgumentException("The configuration is not whole.");
      switch (Json.fact(line)) {
        case AcdEvent.QueueConfigured(_, var queue) -> queues.add(queue);
        case AcdEvent.AgentConfigured(_, var agent) -> agents.add(agent);
        case AcdEvent.RoutingConfigured(_, var other) -> routing = other;
        case AcdEvent other ->
            throw new IllegalArgumentException("This is no configuration: " + other);
      }
    }
    router.load(begin.at(), new Plan(queues, agents, routing), begin.memory());
    router.startOffersAfter(begin.offers());
    router.holdBack();
  }
}
