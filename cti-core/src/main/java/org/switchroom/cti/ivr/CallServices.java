package org.switchroom.cti.ivr;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.IvrGate;
import org.switchroom.cti.task.Task;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.NoticeAnswer;
import org.switchroom.ivr.Services;
import org.switchroom.ivr.speech.Language;

/// What one caller's script can ask, each answer within its time.
final class CallServices implements Services {
  private static final Logger log = LoggerFactory.getLogger(CallServices.class);

  /// A caller does not wait longer for the database than this.
  private static final Duration LOOKUP_TIME = Duration.ofSeconds(2);

  /// Nor for the disk.
  private static final Duration KEPT_WITHIN = Duration.ofSeconds(2);

  private static final int LONGEST_SUBJECT = 300;

  private final ScriptEnvironment helpers;
  private final IvrGate.Visit visit;
  private final long number;
  private final CallbackRequests callbacks;
  private int requests;
  private final CompletableFuture<List<CustomerCard>> byNumber;
  private volatile @Nullable CustomerCard customer;

  /// @param number of the visit
  CallServices(
      ScriptEnvironment helpers,
      IvrGate.Visit visit,
      long number,
      CallbackRequests callbacks,
      CompletableFuture<List<CustomerCard>> byNumber) {
    this.helpers = helpers;
    this.visit = visit;
    this.number = number;
    this.callbacks = callbacks;
    this.byNumber = byNumber;
  }

  @Override
  public ZonedDateTime now() {
    return helpers.clock().instant().atZone(helpers.around().get().zone());
  }

  @Override
  public boolean open(String calendar) {
    Hours hours = helpers.around().get().calendars().get(calendar);
    return hours == null || hours.openAt(helpers.clock().instant());
  }

  // ── Looking up ──────────────────────────────────────────────────────────────────────────────

  @Override
  public Found lookUp(Kind kind, String key) {
    return switch (kind) {
      case CALLER -> customer(byNumber, false);
      case ACCOUNT -> customer(helpers.customers().byAccount(key), true);
      case ORDER -> within(() -> helpers.office().order(key).map(LookedUp::of));
      case LATEST_ORDER ->
          within(() -> id(key).flatMap(helpers.office()::latestOrder).map(LookedUp::of));
      case TICKET -> within(() -> helpers.office().ticket(key).map(LookedUp::of));
      case LATEST_TICKET ->
          within(() -> id(key).flatMap(helpers.office()::latestOpenTicket).map(LookedUp::of));
    };
  }

  private static Optional<Long> id(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /// Of several customers with one number the script learns only how many there are; the agent sees
  /// them all.
  private Found customer(CompletableFuture<List<CustomerCard>> lookup, boolean tell) {
    try {
      List<CustomerCard> matches = lookup.get(LOOKUP_TIME.toMillis(), TimeUnit.MILLISECONDS);
      if (matches.isEmpty()) return Found.NOTHING;
      if (tell) {
        helpers.center().tell(new Input.CallerIdentified(visit.call(), matches));
      }
      if (matches.size() > 1) {
        return new Found(Answer.FOUND, Map.of("matches", matches.size()));
      }
      CustomerCard one = matches.getFirst();
      customer = one;
      return new Found(Answer.FOUND, LookedUp.of(one));
    } catch (TimeoutException | ExecutionException e) {
      log.warn("The customer of call {} could not be looked up: {}", visit.call(), e.toString());
      return Found.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Found.FAILED;
    }
  }

  /// Whom the call is from, as far as it is known.
  private Optional<CustomerCard> known() {
    if (customer == null) customer(byNumber, false);
    return Optional.ofNullable(customer);
  }

  private Found within(Supplier<Optional<Map<String, Object>>> query) {
    return helpers
        .customers()
        .within(
            LOOKUP_TIME,
            () -> query.get().map(record -> new Found(Answer.FOUND, record)).orElse(Found.NOTHING))
        .orElse(Found.FAILED);
  }

  @Override
  public Answer checkPin(String of, String pin) {
    var id = id(of);
    if (id.isEmpty()) return Answer.FAILED;
    return helpers
        .customers()
        .within(LOOKUP_TIME, () -> helpers.office().pinHash(id.get()))
        .map(hash -> helpers.pins().check(id.get(), visit.from().value(), pin, hash))
        .orElse(Answer.FAILED);
  }

  /// Whether a number outside may be called now; from then on it counts as called.
  boolean dials(String called) {
    return helpers
        .center()
        .ask(new Input.DialRequested(origin(), called), KEPT_WITHIN)
        .filter(Input.DIALED::equals)
        .isPresent();
  }

  @Override
  public Found http(
      String method, String url, Optional<Map<String, Object>> body, Duration timeout) {
    return helpers.http().ask(method, url, body, timeout);
  }

  // ── Leaving something ───────────────────────────────────────────────────────────────────────

  @Override
  public Answer leaveVoicemail(String queue, Caller.Recording recording) {
    int seconds = (int) Math.max(recording.length().toSeconds(), 1);
    return kept(
        task(
            Task.Kind.VOICEMAIL,
            queue,
            visit.from().value(),
            recording.file(),
            seconds,
            List.of()));
  }

  /// What counts for a caller who hides their number is the one that they ask for.
  @Override
  public CallbackAnswer requestCallback(String queue, String number) {
    String who = visit.from().hidden() ? number : visit.from().value();
    if (!callbacks.mayAsk(who)) return CallbackAnswer.FAILED;
    Optional<String> answer =
        helpers
            .center()
            .ask(task(Task.Kind.CALLBACK, queue, number, "", 0, callbacks.of(who)), KEPT_WITHIN);
    if (answer.isEmpty()) return CallbackAnswer.FAILED;
    return switch (answer.get()) {
      case Input.NO_NUMBER -> CallbackAnswer.NO_NUMBER;
      case Input.STANDS -> CallbackAnswer.STANDS;
      default -> {
        callbacks.took(who, answer.get());
        helpers.customers().changed(visit.from());
        yield CallbackAnswer.TAKEN;
      }
    };
  }

  private Input.TaskRequested task(
      Task.Kind kind,
      String queue,
      String number,
      String recording,
      int seconds,
      List<String> before) {
    Optional<CustomerCard> known = known();
    return new Input.TaskRequested(
        origin(),
        kind,
        new QueueId(queue),
        known.map(card -> card.customer().id()),
        known.map(card -> card.customer().name()).orElse(""),
        number,
        recording,
        seconds,
        before);
  }

  /// Each request of a visit is one of its own, however often it is sent.
  private Input.Origin origin() {
    return new Input.Origin(visit.call(), number, Integer.toString(++requests));
  }

  private Answer kept(Input.ScriptRequest request) {
    if (helpers.center().ask(request, KEPT_WITHIN).isEmpty()) return Answer.FAILED;
    helpers.customers().changed(visit.from());
    return Answer.FOUND;
  }

  @Override
  public Found openTicket(String subject, String priority, Optional<String> recording) {
    String cut =
        subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT);
    Optional<CustomerCard> known = known();
    return helpers
        .center()
        .ask(
            new Input.TicketRequested(
                origin(),
                known.map(card -> card.customer().id()),
                cut,
                priority,
                recording.orElse("")),
            KEPT_WITHIN)
        .map(ticket -> new Found(Answer.FOUND, Map.of("number", ticket)))
        .orElse(Found.FAILED);
  }

  @Override
  public Answer noticed(NoticeAnswer answer, String where, Language language, Duration took) {
    return kept(new Input.NoticeGiven(origin(), answer, where, language, took));
  }

  @Override
  public Answer pauseTalkRecording(boolean pause) {
    return kept(new Input.TalkRecordingAsked(origin(), pause));
  }

  @Override
  public Answer score(String question, int score, int most) {
    return kept(new Input.Scored(origin(), question, score, most));
  }
}
