package org.switchroom.cti.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
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

/// What screens show by now. A test that wants more of a screen overrides what it wants it for.
public class RecordedScreens implements Screens {
  public final Map<AgentId, AgentView> agents = new LinkedHashMap<>();
  public final Map<QueueId, QueueView> queues = new LinkedHashMap<>();
  public final Map<AgentId, List<SupervisionView.Supervisor>> supervisors = new LinkedHashMap<>();
  public final Map<QueueId, WaitersView> waiters = new LinkedHashMap<>();
  public final Map<AgentId, Map<ContactId, ScreenPop>> pops = new LinkedHashMap<>();
  public final Map<AgentId, List<TaskView>> tasks = new LinkedHashMap<>();

  public final Map<AgentId, ParkedView> parked = new LinkedHashMap<>();

  /// In the order in which they were shown; also those that are shown no more.
  public final List<ScreenPop> allPops = new ArrayList<>();

  public Optional<ShadowView> shadow = Optional.empty();
  public List<HotDesk> hotDesks = List.of();
  public Optional<Boolean> pbx = Optional.empty();

  /// Where others show something else; of agents and queues that they know.
  public List<String> otherThan(RecordedScreens others) {
    var faults = new ArrayList<String>();
    others.agents.forEach(
        (agent, view) -> faults.addAll(Differences.between(view, agents.get(agent))));
    others.queues.forEach(
        (queue, view) -> faults.addAll(Differences.between(view, queues.get(queue))));
    others.waiters.forEach(
        (queue, view) -> faults.addAll(Differences.between(view, waiters.get(queue))));
    faults.addAll(Differences.between(shown(others.pops), shown(pops)));
    faults.addAll(Differences.between(shown(others.tasks), shown(tasks)));
    faults.addAll(Differences.between(shown(others.parked), shown(parked)));
    faults.addAll(Differences.between(shown(others.supervisors), shown(supervisors)));
    faults.addAll(Differences.between(others.hotDesks, hotDesks));
    faults.addAll(Differences.between(others.pbx, pbx));
    return faults;
  }

  /// Nothing is shown is not shown.
  private static Map<Object, Object> shown(Map<AgentId, ?> all) {
    var some = new LinkedHashMap<Object, Object>();
    all.forEach(
        (agent, what) -> {
          boolean nothing =
              switch (what) {
                case List<?> list -> list.isEmpty();
                case Map<?, ?> map -> map.isEmpty();
                default -> what.equals(ParkedView.NOBODY);
              };
          if (!nothing) some.put(agent, what);
        });
    return some;
  }

  @Override
  public CompletionStage<Void> pop(AgentId agent, ContactId contact, Optional<ScreenPop> pop) {
    Map<ContactId, ScreenPop> shown = pops.computeIfAbsent(agent, _ -> new LinkedHashMap<>());
    if (pop.isEmpty()) {
      shown.remove(contact);
    } else {
      shown.put(contact, pop.get());
      allPops.add(pop.get());
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void show(AgentView view) {
    agents.put(view.agent(), view);
  }

  @Override
  public void show(SupervisionView view) {
    supervisors.put(view.agent(), view.supervisors());
  }

  @Override
  public void show(QueueView view) {
    queues.put(view.queue(), view);
  }

  @Override
  public void tasks(AgentId agent, List<TaskView> all) {
    tasks.put(agent, all);
  }

  @Override
  public void parked(AgentId agent, ParkedView view) {
    parked.put(agent, view);
  }

  @Override
  public void show(WaitersView view) {
    waiters.put(view.queue(), view);
  }

  @Override
  public void show(ShadowView view) {
    shadow = Optional.of(view);
  }

  @Override
  public void hotDesks(List<HotDesk> desks) {
    hotDesks = desks;
  }

  @Override
  public void pbx(boolean connected) {
    pbx = Optional.of(connected);
  }
}
