package org.switchroom.desktop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchroom.cti.pbx.asterisk.Kit;
import org.switchroom.cti.testkit.Facts;

/// Watches AMI on a connection of its own: which phones have how many legs, and who is bridged with
/// whom.
public final class CallWatcher implements AutoCloseable {
  private static final String OFFERED = "SHARED(" + Kit.OFFERED;

  /// One event of AMI.
  public record Heard(Map<String, String> fields) {
    public boolean is(String event, String... pairs) {
      if (!event.equals(fields.get("Event"))) return false;
      for (int i = 0; i < pairs.length; i += 2) {
        if (!pairs[i + 1].equals(fields.get(pairs[i]))) return false;
      }
      return true;
    }
  }

  private final Socket socket;
  private final Facts<Heard> heard = new Facts<>(Duration.ofSeconds(40));
  private final Map<String, Integer> legs = new HashMap<>();
  private final Map<String, Set<String>> bridges = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> untalked = new ArrayList<>();
  private final Map<String, String> callerOf = new HashMap<>();
  private final OrderWatch order = new OrderWatch();
  private int bridged;
  private int callers;

  public CallWatcher(int amiPort) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), amiPort);
    socket
        .getOutputStream()
        .write(
            "Action: Login\r\nUsername: watcher\r\nSecret: secret\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      var event = new HashMap<String, String>();
      String line;
      while ((line = in.readLine()) != null) {
        int colon = line.indexOf(':');
        if (colon > 0) event.put(line.substring(0, colon), line.substring(colon + 1).strip());
        if (line.isEmpty()) {
          take(event);
          heard.accept(new Heard(Map.copyOf(event)));
          event.clear();
        }
      }
    } catch (IOException e) {
      // Closed at the end of the test.
    }
  }

  private synchronized void take(Map<String, String> event) {
    String channel = event.getOrDefault("Channel", "");
    String device = channel.replaceFirst("-[0-9a-f]+$", "");
    boolean agent = device.matches("PJSIP/10\\d\\d");
    switch (event.getOrDefault("Event", "")) {
      case "Newchannel" -> {
        if (channel.startsWith("PJSIP/callers")) callers++;
        if (agent && legs.merge(device, 1, Integer::sum) > 1) faults.add("two legs at " + device);
      }
      case "Hangup" -> {
        if (channel.startsWith("PJSIP/callers") && !bridgesOfCallers().containsKey(channel)) {
          untalked.add(
              "%s left at %s %s, cause %s"
                  .formatted(
                      event.get("CallerIDNum"),
                      event.get("Context"),
                      event.get("Priority"),
                      event.get("Cause-txt")));
        }
        if (agent) legs.merge(device, -1, Integer::sum);
        String id = event.getOrDefault("Uniqueid", "");
        order.over(id);
        String caller = callerOf.remove(id);
        if (caller != null) order.back(caller);
      }
      case "VarSet" -> {
        String value = event.getOrDefault("Value", "");
        switch (event.getOrDefault("Variable", "")) {
          case Kit.ARRIVED -> order.held(event.get("Uniqueid"), Long.parseLong(value));
          case Kit.SINCE ->
              order.held(
                  event.get("Uniqueid"), new BigDecimal(value).movePointRight(3).longValue());
          case Kit.CALLER -> callerOf.put(event.get("Uniqueid"), value);
          // Just before the order to ring: Asterisk itself carries out two orders at once.
          case String name when name.startsWith(OFFERED) -> {
            if (value.equals(Kit.STANDS)) order.offered(event.get("Uniqueid"));
          }
          default -> {}
        }
      }
      case "BridgeEnter" -> {
        // Where answered legs wait for their callers; many are there, and none talks.
        if ("holding_bridge".equals(event.get("BridgeTechnology"))) return;
        bridged++;
        order.over(event.getOrDefault("Uniqueid", ""));
        var members = bridges.computeIfAbsent(event.get("BridgeUniqueid"), _ -> new HashSet<>());
        members.add(channel);
        if (members.size() > 2) faults.add("three in a bridge: " + members);
      }
      default -> {}
    }
  }

  /// No phone had two legs, no bridge three members, no caller two bridges; nobody is left.
  ///
  /// @param atLeast so many bridges must have been seen
  public synchronized void assertNobodyWasShared(int atLeast) {
    assertThat(bridged).as("bridges were seen").isGreaterThan(2 * atLeast);
    assertThat(faults).isEmpty();
    assertThat(legs.values()).allMatch(count -> count == 0);
    var callers = new HashSet<String>();
    for (var members : bridges.values()) {
      for (String member : members) {
        if (member.startsWith("PJSIP/callers") && !callers.add(member)) {
          assertThat(member).as("was bridged twice").isNull();
        }
      }
    }
  }

  /// Callers who have come to the PBX.
  public synchronized int callers() {
    return callers;
  }

  /// Waits until Asterisk has said this.
  public Heard await(String event, String... pairs) {
    return heard.await(Heard.class, one -> one.is(event, pairs));
  }

  /// What was heard before counts no more.
  public void forget() {
    heard.forget();
  }

  public OrderWatch order() {
    return order;
  }

  /// Callers who have been in a bridge.
  public synchronized int talked() {
    return bridgesOfCallers().size();
  }

  /// Callers whose calls ended without a bridge, and where.
  public synchronized List<String> untalked() {
    return List.copyOf(untalked);
  }

  /// Callers who have been in more than one, and whatever else should not be.
  public synchronized int shared() {
    int twice = 0;
    for (int count : bridgesOfCallers().values()) if (count > 1) twice++;
    return twice + (int) faults.stream().filter(fault -> fault.startsWith("three")).count();
  }

  private Map<String, Integer> bridgesOfCallers() {
    var counts = new HashMap<String, Integer>();
    for (var members : bridges.values()) {
      for (String member : members) {
        if (member.startsWith("PJSIP/callers")) counts.merge(member, 1, Integer::sum);
      }
    }
    return counts;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
