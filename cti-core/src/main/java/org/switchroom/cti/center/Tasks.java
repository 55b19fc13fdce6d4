package org.switchroom.cti.center;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.TaskClosed;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;

/// Messages and callbacks, from their arrival until an agent has closed them. It runs inside the
/// [Center], on its thread.
final class Tasks {
  /// Tasks that are open. One more stays in the database until the next start.
  private static final int MOST = 20_000;

  private static final String PREFIX = "task-";

  private static final class Open {
    final Task task;
    QueueId queue;
    OfferId offer;
    AgentId agent;
    boolean accepted;

    Open(Task task, QueueId queue) {
      this.task = task;
      this.queue = queue;
    }
  }

  private final Center center;
  private final Board board;
  private final Consumer<Effect> out;
  private final Map<ContactId, Open> open = new LinkedHashMap<>();
  private final Set<AgentId> changed = new HashSet<>();

  Tasks(Center center, Board board, Consumer<Effect> out) {
    this.center = center;
    this.board = board;
    this.out = out;
  }

  static ContactId contact(String task) {
    return new ContactId(PREFIX + task);
  }

  boolean has(ContactId contact) {
    return open.containsKey(contact);
  }

  /// The task that is worked on; empty: none.
  String id(ContactId contact) {
    Open task = open.get(contact);
    return task == null ? "" : task.task.id();
  }

  int count() {
    return open.size();
  }

  /// Every queue that is not there, or takes calls, has its tasks done by the first that is.
  ///
  /// @param worker who was at it when the last run ended, and goes on; null: nobody
  void arrived(Instant at, Task task, AgentId worker) {
    ContactId contact = contact(task.id());
    QueueId queue = board.forTask(task.queue());
    if (queue == null || open.containsKey(contact) || open.size() >= MOST) return;
    var arrived = new Open(task, queue);
    open.put(contact, arrived);
    if (worker != null && goesOn(at, contact, arrived, worker)) return;
    Instant created = task.created().isAfter(at) ? at : task.created();
    board.waits(queue, contact.value(), created);
    center.changed(queue);
    center.tell(new AcdEvent.ContactQueued(at, contact, queue, created, 0));
  }

  private boolean goesOn(Instant at, ContactId contact, Open task, AgentId worker) {
    task.agent = worker;
    task.accepted = true;
    changed.add(worker);
    center.adopt(at, contact, task.queue, worker);
    task.accepted = center.has(worker, contact);
    if (!task.accepted) task.agent = null;
    return task.accepted;
  }

  // ── The router's decisions ──────────────────────────────────────────────────────────────────

  void offered(Decision.Offer offer) {
    Open task = open.get(offer.contact());
    waitOver(offer.contact(), task);
    task.offer = offer.offer();
    task.agent = offer.agent();
    changed.add(offer.agent());
  }

  void withdrawn(Decision.Withdraw withdraw) {
    back(withdraw.contact());
  }

  private void back(ContactId contact) {
    Open task = open.get(contact);
    if (task == null || task.agent == null) return;
    changed.add(task.agent);
    task.agent = null;
    task.offer = null;
    board.waits(task.queue, contact.value(), task.task.created());
    center.changed(task.queue);
  }

  void moved(Decision.ContactMoved moved) {
    Open task = open.get(moved.contact());
    boolean waits = task.agent == null;
    if (waits) waitOver(moved.contact(), task);
    task.queue = moved.to();
    if (waits) board.waits(task.queue, moved.contact().value(), task.task.created());
    center.changed(task.queue);
  }

  private void waitOver(ContactId contact, Open task) {
    board.waitOver(task.queue, contact.value());
    center.changed(task.queue);
  }

  // ── What desks ask for ──────────────────────────────────────────────────────────────────────

  /// Null: done.
  Refusal accept(DeskRequest.AcceptTask request) {
    Open task = of(request.agent(), request.task());
    if (task == null || task.accepted) return Refusal.NO_TASK;
    task.accepted = true;
    changed.add(request.agent());
    board.served(task.queue, request.at());
    center.tell(new AcdEvent.OfferAccepted(request.at(), task.offer));
    return null;
  }

  Refusal decline(DeskRequest.DeclineTask request) {
    Open task = of(request.agent(), request.task());
    if (task == null || task.accepted) return Refusal.NO_TASK;
    OfferId offer = task.offer;
    back(contact(request.task()));
    center.tell(new AcdEvent.OfferRejected(request.at(), offer, AgentState.Reasons.DECLINED));
    return null;
  }

  /// It is over when that is durable.
  Refusal close(DeskRequest.CloseTask request) {
    Open task = of(request.agent(), request.task());
    if (task == null || !task.accepted) return Refusal.NO_TASK;
    Task done = task.task;
    out.accept(
        new Effect.RecordFor(
            new TaskClosed(
                done.id(),
                done.call().value(),
                request.agent().value(),
                request.note(),
                request.at()),
            new PhoneNumber(done.number()),
            request.agent(),
            done.call(),
            request));
    return null;
  }

  void closed(Instant at, DeskRequest.CloseTask request) {
    ContactId contact = contact(request.task());
    if (open.remove(contact) == null) return;
    changed.add(request.agent());
    center.tell(new AcdEvent.ContactEnded(at, contact));
    center.tell(new AcdEvent.WrapUpCompleted(at, contact));
  }

  private Open of(AgentId agent, String id) {
    Open task = open.get(contact(id));
    return task != null && agent.equals(task.agent) ? task : null;
  }

  // ── Screens ─────────────────────────────────────────────────────────────────────────────────

  void show() {
    for (AgentId agent : changed) out.accept(new Effect.TasksChanged(agent, of(agent)));
    changed.clear();
  }

  List<TaskView> of(AgentId agent) {
    var views = new ArrayList<TaskView>();
    for (Open one : open.values()) {
      if (!agent.equals(one.agent)) continue;
      Task task = one.task;
      views.add(
          new TaskView(
              task.id(),
              task.kind().word(),
              one.accepted ? "working" : "offered",
              board.settings(one.queue).title(),
              task.customer(),
              task.name(),
              task.number(),
              task.recording().isEmpty() ? 0 : Math.max(task.seconds(), 1),
              task.created()));
    }
    return views;
  }
}
