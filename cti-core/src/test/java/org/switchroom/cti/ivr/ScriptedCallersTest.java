package org.switchroom.cti.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.IvrGate.Placement;
import org.switchroom.cti.pbx.IvrGate.Visit;
import org.switchroom.cti.pbx.IvrGate.Why;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.TalkLimit;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlBackOffice;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.Alice;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Prompt;
import org.switchroom.ivr.Sounds;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.yaml.FaultsException;

/// The shipped scripts with the real library, services and database.
class ScriptedCallersTest {
  private static final Instant NOON = Instant.parse("2026-11-25T04:00:00Z");
  private static final TalkLimit LIMIT = new TalkLimit(Duration.ofHours(2), Duration.ofMinutes(1));
  private static final String ALICE = "+886223456789";

  private final List<Input> posted = new CopyOnWriteArrayList<>();
  private volatile boolean keeps = true;
  private volatile boolean resumes = true;
  private volatile String dials = Input.DIALED;
  private final HttpServices http = new HttpServices();
  private final Set<String> blocked = new HashSet<>();
  private final Pins pins = new Pins(ServerKey.random());
  private Database database;
  private CustomerDirectory customers;
  private SqlBackOffice office;
  private ScriptLibrary library;
  private ScriptedCallers gate;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(Database.inMemoryUrl("callers-" + System.nanoTime()), "sa", "");
    Alice.into(database, pins, ALICE, LocalDate.of(2026, 11, 20), LocalDate.of(2026, 12, 1));
    customers = new CustomerDirectory(new SqlCustomerStore(database), new Numbers("TW"));
    office = new SqlBackOffice(database);
    start();
  }

  /// As the server does, on a database that may know scripts already.
  private void start() throws FaultsException {
    InstantSource clock = InstantSource.fixed(NOON);
    library = new ScriptLibrary(new SqlScriptStore(database), Optional.empty(), clock);
    var files = new LinkedHashMap<String, String>();
    for (String name : ScriptLoader.BUILTIN)
      files.put(name, ScriptLoader.builtin(name).orElseThrow());
    files.put(
        "transfer",
        "name: transfer\n"
            + "start: a\n"
            + "steps: {a: {transfer: '+886223450000', failure: b}, b: {queue: q}}");
    files.put(
        "outer",
        """
        name: outer
        start: a
        steps:
          a: {collect: Your order, as: order, digits: 5, otherwise: d, next: b}
          b: {script: inner, next: c}
          c: {say: "Order {order|digits}", next: d}
          d: {queue: q}
        """);
    files.put(
        "inner",
        "name: inner\n"
            + "start: a\n"
            + "steps: {a: {transfer: '+886223450000', failure: b}, b: {return: true}}");
    files.put(
        "card",
        """
        name: card
        start: a
        steps:
          a: {collect: Card, as: card, secret: true, digits: 16, otherwise: d, next: b}
          b: {transfer: '+886223450000', failure: c}
          c: {lookup: account, by: card, found: d, not-found: d, failure: d}
          d: {queue: q}
        """);
    library.load(files, DeclaredNames.ANY, List.of());
    var helpers =
        new ScriptEnvironment(
            customers,
            office,
            pins,
            from -> blocked.stream().filter(from.value()::equals).findFirst(),
            http,
            clock,
            () ->
                new ScriptEnvironment.Around(
                    ZoneId.of("Asia/Taipei"), Map.of(), Map.of("", "bookshop")),
            center());
    gate =
        new ScriptedCallers(
            library,
            helpers,
            Sounds.NONE,
            to ->
                Optional.of(
                    new Placement.Dial(to.number(), "PJSIP/" + to.number(), to.ring(), LIMIT)),
            queue -> queue.equals("sales") ? "jazz" : "");
  }

  /// A center that keeps what it is asked to keep, and numbers it.
  private ScriptFacts center() {
    return new ScriptFacts() {
      @Override
      public void tell(Input.ScriptFact fact) {
        posted.add(fact);
      }

      @Override
      public Optional<String> ask(Input.ScriptRequest request, Duration within) {
        if (request instanceof Input.ScriptResumes) return left();
        if (request instanceof Input.BlockAsked) {
          posted.add(request);
          return Optional.of(Input.BLOCKED).filter(_ -> keeps);
        }
        if (!keeps) return Optional.empty();
        posted.add(request);
        if (request instanceof Input.DialRequested) return Optional.of(dials);
        return Optional.of("1001");
      }
    };
  }

  /// What the last script has left; where it goes on is told once.
  private Optional<String> left() {
    Optional<String> left =
        posted(Input.ScriptFinished.class).reversed().stream()
            .findFirst()
            .map(last -> last.language().tag() + " " + (resumes ? last.resume() : ""));
    if (left.isPresent()) resumes = false;
    return left;
  }

  private <I extends Input> List<I> posted(Class<I> kind) {
    return posted.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @AfterEach
  void close() {
    http.close();
    customers.close();
    database.close();
  }

  private static Visit visit(String from, Why why, String script) {
    return new Visit(new CallId("c1"), new PhoneNumber(from), new PhoneNumber("8001"), why, script);
  }

  private Placement call(Presses caller) {
    return gate.serve(visit(ALICE, Why.ARRIVED, ""), caller);
  }

  @Test
  void aCallerHearsWhereTheirOrderIsAndTheCenterKnowsTheirWay() {
    var caller = new Presses("1", "1", ".");
    assertThat(call(caller)).isEqualTo(new Placement.HangUp());
    assertThat(String.join(" ", caller.heard))
        .contains("four zero seven one two", "November twentieth", "in customs", "December first");
    assertThat(posted.getFirst()).isInstanceOf(Input.ScriptStarted.class);
    assertThat(posted(Input.CallerIdentified.class)).isNotEmpty();
    Input.ScriptFinished walk = posted(Input.ScriptFinished.class).getFirst();
    assertThat(walk.ending()).isEqualTo("ended");
    assertThat(walk.edges()).contains("bookshop/orders-menu:1", "order-status/tell:next");
  }

  @Test
  void aStrangerNeedsThePinAndMayNotGuessIt() {
    String[] right = {"40712#", "2468#"};
    var known = new Presses(right);
    gate.serve(visit("+88699", Why.SENT, "order-status"), known);
    assertThat(known.heard).contains("in customs");
    for (int i = 0; i < 3; i++) {
      gate.serve(
          visit("+88699", Why.SENT, "order-status"),
          new Presses("40712#", "1111#", "1112#", "1113#"));
    }
    var locked = new Presses(right);
    gate.serve(visit("+88699", Why.SENT, "order-status"), locked);
    assertThat(locked.heard).as("after five wrong ones").doesNotContain("in customs");
    assertThat(posted.toString()).doesNotContain("2468").doesNotContain("1111");
  }

  @Test
  void whoIsBlockedHearsThatAndNoScript() {
    blocked.add("+886912000000");
    var caller = new Presses("1");
    Visit visit = visit("+886912000000", Why.ARRIVED, "");
    assertThat(gate.serve(visit, caller)).isEqualTo(new Placement.HangUp());
    assertThat(caller.heard).contains("Your call cannot be taken.", "您的來電無法受理。");
    assertThat(posted).hasSize(2).last().isInstanceOf(Input.BlockAsked.class);
    keeps = false;
    gate.serve(visit, new Presses("1", "1042#", "2"));
    assertThat(posted(Input.ScriptFinished.class)).as("the engine does not say so").hasSize(1);
  }

  /// All that the center is told is all that the ledger, a recording, the database and desks have.
  @Test
  void aSecretIsNotToldToTheCenterEvenWhereTheScriptGoesOnLater() {
    gate.serve(visit("+88699", Why.SENT, "card"), new Presses("4111111111111111"));
    gate.serve(visit("+88699", Why.NOT_CONNECTED, ""), new Presses());
    assertThat(posted(Input.ScriptFinished.class))
        .extracting(Input.ScriptFinished::ending)
        .containsExactly("transferred", "queued");
    assertThat(posted.toString()).contains("•••").doesNotContain("4111");
  }

  @Test
  void aMessageIsATaskThatTheCenterKeeps() {
    var placement = gate.serve(visit(ALICE, Why.SENT, "voicemail"), new Presses("say"));
    assertThat(placement).isEqualTo(new Placement.HangUp());
    Input.TaskRequested task = posted(Input.TaskRequested.class).getFirst();
    assertThat(task.kind()).isEqualTo(Task.Kind.VOICEMAIL);
    assertThat(task.customer()).contains(alice());
    assertThat(task.name()).isEqualTo("Alice");
    assertThat(task.recording()).isEqualTo("/rec/c1.wav");
  }

  private long alice() {
    return customers.byAccount("1042").join().getFirst().customer().id();
  }

  @Test
  void aComplaintIsATicketOfTheCustomer() {
    var caller = new Presses("3", "say", ".");
    call(caller);
    Input.TicketRequested ticket = posted(Input.TicketRequested.class).getFirst();
    assertThat(ticket.customer()).contains(alice());
    assertThat(ticket.priority()).isEqualTo("high");
    assertThat(String.join(" ", caller.heard))
        .as("the number that the center gave it")
        .contains("has the number one zero zero one");
  }

  @Test
  void whatTheCenterDoesNotKeepIsNotPromised() {
    keeps = false;
    var caller = new Presses("3", "say", ".");
    call(caller);
    assertThat(caller.heard.toString()).doesNotContain("has the number");
  }

  @Test
  void eachRequestOfEachVisitHasANameOfItsOwn() {
    gate.serve(visit(ALICE, Why.SENT, "survey"), new Presses("5", "2"));
    gate.serve(visit(ALICE, Why.SENT, "survey"), new Presses("4", "3"));
    assertThat(posted(Input.Scored.class))
        .extracting(Input.Scored::origin)
        .hasSizeGreaterThan(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void whoDeclinesWhatAQueueOffersGoesBackAndWhoTakesItIsDone() {
    assertThat(gate.serve(visit(ALICE, Why.OFFERED, "callback"), new Presses(".", ".")))
        .isEqualTo(new Placement.Back());
    assertThat(gate.serve(visit(ALICE, Why.OFFERED, "callback"), new Presses("1")))
        .isEqualTo(new Placement.HangUp());
    assertThat(posted(Input.TaskRequested.class))
        .extracting(Input.TaskRequested::number)
        .containsExactly(ALICE);
    assertThat(gate.serve(visit(ALICE, Why.SENT, "callback"), new Presses(".", ".")))
        .as("who was sent out of the queue")
        .isEqualTo(new Placement.HangUp());
  }

  @Test
  void aTransferThatFailsGoesOnWhereTheScriptSays() {
    assertThat(gate.serve(visit(ALICE, Why.SENT, "transfer"), new Presses()))
        .isEqualTo(
            new Placement.Dial(
                "+886223450000", "PJSIP/+886223450000", Duration.ofSeconds(30), LIMIT));
    assertThat(gate.serve(visit(ALICE, Why.NOT_CONNECTED, ""), new Presses()))
        .isInstanceOfSatisfying(
            Placement.Hold.class, hold -> assertThat(hold.queue()).isEqualTo("q"));
    assertThat(gate.serve(visit(ALICE, Why.NOT_CONNECTED, ""), new Presses()))
        .as("once only")
        .isEqualTo(new Placement.Back());
  }

  @Test
  void aTransferThatTheCenterRefusesGoesOnAtOnce() {
    dials = "too-many-today";
    assertThat(gate.serve(visit(ALICE, Why.SENT, "transfer"), new Presses()))
        .isInstanceOfSatisfying(
            Placement.Hold.class, hold -> assertThat(hold.queue()).isEqualTo("q"));
  }

  @Test
  void aTransferThatFailsInsideASubScriptLeadsBackAlsoInAnotherVersionAndAfterARestart()
      throws Exception {
    gate.serve(visit(ALICE, Why.SENT, "outer"), new Presses("40712"));
    library.take("outer", "name: outer\nstart: a\nsteps: {a: {hangup: true}}", "sam");
    start();
    var caller = new Presses();
    assertThat(gate.serve(visit(ALICE, Why.NOT_CONNECTED, ""), caller))
        .isInstanceOfSatisfying(
            Placement.Hold.class, hold -> assertThat(hold.queue()).isEqualTo("q"));
    assertThat(String.join(" ", caller.heard)).contains("four zero seven one two");
  }

  @Test
  void theLanguageThatACallerChoseIsSpokenInTheNextScriptToo() {
    gate.serve(visit("+88699", Why.ARRIVED, ""), new Presses("2", ".", "0"));
    var survey = new Presses("5", "2");
    gate.serve(visit("+88699", Why.SENT, "survey"), survey);
    assertThat(survey.heard).contains("謝謝您，再見。");
    assertThat(posted(Input.Scored.class)).extracting(Input.Scored::score).containsExactly(5, 2);
  }

  @Test
  void whoIsInsideFinishesTheVersionTheyBeganWith() throws Exception {
    String other =
        ScriptLoader.builtin("bookshop")
            .orElseThrow()
            .replace("{queue: billing}", "{queue: sales}");
    var caller =
        new Presses("2") {
          @Override
          public char readKey(List<Prompt> prompts, Duration timeout) {
            try {
              if (library.versions().get("bookshop").version() == 1) {
                library.take("bookshop", other, "sam");
              }
            } catch (FaultsException e) {
              throw new AssertionError(e);
            }
            return super.readKey(prompts, timeout);
          }
        };
    assertThat(((Placement.Hold) call(caller)).queue()).isEqualTo("billing");
    assertThat(posted(Input.ScriptFinished.class).getFirst().version()).isEqualTo(1);
    assertThat(((Placement.Hold) call(new Presses("2"))).queue()).isEqualTo("sales");
    assertThat(((Placement.Hold) call(new Presses("2"))).music()).isEqualTo("jazz");
    assertThat(posted(Input.ScriptFinished.class).getLast().version()).isEqualTo(2);
  }

  @Test
  void aDatabaseThatIsAwayCostsTheFailureBranch() {
    database.close();
    var caller = new Presses(".", ".", ".", "2");
    assertThat(call(caller))
        .isInstanceOfSatisfying(
            Placement.Hold.class, hold -> assertThat(hold.queue()).isEqualTo("billing"));
  }

  /// Presses what it is told, one time it is asked after the other.
  private static class Presses implements Caller {
    final List<String> heard = new ArrayList<>();
    private final Deque<String> presses;

    Presses(String... presses) {
      this.presses = new ArrayDeque<>(List.of(presses));
    }

    private String press(List<Prompt> prompts) {
      play(prompts);
      String press = presses.isEmpty() ? "." : presses.poll();
      return press.equals(".") ? "" : press;
    }

    @Override
    public void play(List<Prompt> prompts) {
      prompts.forEach(prompt -> heard.add(prompt.text()));
    }

    @Override
    public char readKey(List<Prompt> prompts, Duration timeout) {
      String press = press(prompts);
      return press.isEmpty() ? SILENCE : press.charAt(0);
    }

    @Override
    public String readDigits(List<Prompt> prompts, int most, char end, Duration timeout) {
      return press(prompts).replace(String.valueOf(end), "");
    }

    @Override
    public Optional<Recording> record(
        List<Prompt> prompts, Duration longest, Duration silence, char end)
        throws CallerHungUpException {
      return press(prompts).isEmpty()
          ? Optional.empty()
          : Optional.of(new Recording("/rec/c1.wav", Duration.ofSeconds(4)));
    }
  }
}
