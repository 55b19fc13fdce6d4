package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.HotDesk;
import org.switchroom.cti.screens.ParkedView;
import org.switchroom.cti.screens.QueueView;
import org.switchroom.cti.screens.ScreenPop;
import org.switchroom.cti.screens.Screens;
import org.switchroom.cti.screens.ShadowView;
import org.switchroom.cti.screens.SupervisionView;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.cti.screens.WaitersView;
import org.switchroom.desktop.settings.Permission;

/// All screens that are open. Belongs to one event loop; the engine's calls are carried there.
public final class DeskHub implements Screens {
  /// A slow screen keeps no caller waiting for longer.
  private static final long LONGEST_POP_MILLIS = 100;

  private static final long LONGEST_GOODBYE_MILLIS = 1_000;

  /// Service Restart, in IANA's registry of WebSocket close codes.
  private static final short CLOSE_RESTARTING = 1012;

  private final Vertx vertx;
  private final Context loop;
  private final Topics topics = new Topics();
  private final Set<DeskSocket> sockets = new LinkedHashSet<>();
  private final Set<DeskSocket> watchers = new LinkedHashSet<>();
  private final Map<String, List<DeskSocket>> byUser = new HashMap<>();

  /// By agent and contact, the customers who are on its pop.
  private final Map<AgentId, Map<ContactId, Set<Long>>> shown = new HashMap<>();

  public DeskHub(Vertx vertx) {
    this.vertx = vertx;
    loop = vertx.getOrCreateContext();
  }

  Context loop() {
    return loop;
  }

  Topics topics() {
    return topics;
  }

  void add(DeskSocket socket) {
    sockets.add(socket);
    if (socket.user.may(Permission.WATCH)) watchers.add(socket);
    byUser.computeIfAbsent(socket.user.name(), _ -> new ArrayList<>()).add(socket);
  }

  /// Returns how many screens the user has left.
  int remove(DeskSocket socket) {
    sockets.remove(socket);
    watchers.remove(socket);
    List<DeskSocket> mine = byUser.getOrDefault(socket.user.name(), List.of());
    mine.remove(socket);
    if (mine.isEmpty()) byUser.remove(socket.user.name());
    return mine.size();
  }

  List<DeskSocket> of(String user) {
    return List.copyOf(byUser.getOrDefault(user, List.of()));
  }

  /// Whether an agent has a task, or is offered it.
  boolean hasTask(String agent, String task) {
    return tasks(agent).anyMatch(one -> one.path("id").asText().equals(task));
  }

  private Stream<JsonNode> tasks(String agent) {
    return topics
        .find(Topics.TASKS.of(agent))
        .map(value -> StreamSupport.stream(value.path("tasks").spliterator(), false))
        .orElse(Stream.empty());
  }

  /// All topics of a kind, as they stand.
  Stream<JsonNode> all(Topics.Topic<?> kind) {
    return topics.all(kind);
  }

  /// Whether a customer is one of a contact or a task that an agent has in hand.
  boolean hasInHand(String agent, long customer) {
    return shown.getOrDefault(new AgentId(agent), Map.of()).values().stream()
            .anyMatch(customers -> customers.contains(customer))
        || tasks(agent).anyMatch(one -> one.path("customer").asLong(-1) == customer);
  }

  private void keepShown(AgentId agent, ContactId contact, Optional<ScreenPop> pop) {
    Map<ContactId, Set<Long>> contacts = shown.computeIfAbsent(agent, _ -> new HashMap<>());
    pop.ifPresentOrElse(
        one ->
            contacts.put(
                contact,
                one.matches().stream()
                    .map(card -> card.customer().id())
                    .collect(Collectors.toUnmodifiableSet())),
        () -> contacts.remove(contact));
    if (contacts.isEmpty()) shown.remove(agent);
  }

  /// Screens of log-ins that are over are closed.
  void closeWhere(Predicate<DeskSocket> over) {
    sockets.stream().filter(over).toList().forEach(DeskSocket::logOut);
  }

  int open() {
    return sockets.size();
  }

  /// Completes when it is written to every screen that reads, or after a second.
  Future<Void> sayStopping() {
    Promise<Void> said = Promise.promise();
    loop.runOnContext(
        _ -> {
          String text = Json.text(new ToDesk.Stopping());
          List<Future<Void>> writes =
              sockets.stream()
                  .filter(DeskSocket::reads)
                  .map(socket -> socket.send(text).transform(_ -> Future.<Void>succeededFuture()))
                  .toList();
          vertx.setTimer(LONGEST_GOODBYE_MILLIS, _ -> said.tryComplete());
          Future.join(writes)
              .onComplete(
                  _ -> {
                    List.copyOf(sockets)
                        .forEach(socket -> socket.close(CLOSE_RESTARTING, "restarting"));
                    said.tryComplete();
                  });
        });
    return said.future();
  }

  @Override
  public CompletionStage<Void> pop(AgentId agent, ContactId contact, Optional<ScreenPop> pop) {
    var written = new CompletableFuture<Void>();
    loop.runOnContext(
        _ -> {
          keepShown(agent, contact, pop);
          List<DeskSocket> mine = byUser.getOrDefault(agent.value(), List.of());
          if (mine.isEmpty()) {
            written.complete(null);
            return;
          }
          String text = Json.text(new ToDesk.Pop(contact, pop));
          List<Future<Void>> writes = mine.stream().map(desk -> desk.send(text)).toList();
          Future.join(writes).onComplete(_ -> written.complete(null));
          if (mine.stream().allMatch(DeskSocket::reads)) {
            vertx.setTimer(LONGEST_POP_MILLIS, _ -> written.complete(null));
          } else {
            written.complete(null);
          }
        });
    return written;
  }

  @Override
  public void show(AgentView view) {
    changed(Topics.AGENT, view.agent(), view);
  }

  @Override
  public void show(SupervisionView view) {
    changed(Topics.SUPERVISION, view.agent(), view);
  }

  @Override
  public void show(QueueView view) {
    changed(Topics.QUEUE, view.queue(), view);
  }

  @Override
  public void tasks(AgentId agent, List<TaskView> tasks) {
    changed(Topics.TASKS, agent, new Topics.Tasks(tasks));
  }

  @Override
  public void parked(AgentId agent, ParkedView view) {
    changed(Topics.PARKED, agent, view);
  }

  @Override
  public void show(WaitersView view) {
    changed(Topics.WAITING, view.queue(), view);
  }

  @Override
  public void show(ShadowView view) {
    changed(Topics.SHADOW, "", view);
  }

  @Override
  public void hotDesks(List<HotDesk> desks) {
    changed(Topics.HOT_DESKS, "", new Topics.HotDesks(desks));
  }

  @Override
  public void pbx(boolean connected) {
    changed(Topics.PBX, "", new Topics.PbxStatus(connected));
  }

  /// What watchers are told of what the history lacks. Any thread.
  ///
  /// @param refused turns that the database did not take
  public void historyLacks(List<HistoryGap> gaps, long refused) {
    changed(Topics.HISTORY, "", new Topics.Gaps(gaps, refused));
  }

  /// What watchers are told of recordings of talks. Any thread.
  ///
  /// @param possible whether they can be written
  public void recordings(boolean possible) {
    changed(Topics.RECORDINGS, "", new Topics.RecordingStatus(possible));
  }

  private Iterable<DeskSocket> whoMaySee(String topic) {
    List<DeskSocket> own = byUser.getOrDefault(Topics.owner(topic), List.of());
    return switch (Topics.audience(topic)) {
      case EVERYBODY -> sockets;
      case ITS_AGENT -> own;
      case WATCHERS -> watchers;
      case NOBODY -> List.of();
      case ITS_AGENT_AND_WATCHERS -> {
        var seen = new LinkedHashSet<>(watchers);
        seen.addAll(own);
        yield seen;
      }
    };
  }

  /// Written as JSON here, not on the engine's thread.
  ///
  /// @param about whom or what; empty where there is only one
  private <T extends Record> void changed(Topics.Topic<T> kind, Object about, T value) {
    String topic = kind.of(about);
    loop.runOnContext(
        _ -> {
          topics.put(topic, Json.tree(value));
          for (DeskSocket socket : whoMaySee(topic)) socket.changed(topic);
        });
  }
}
