package org.switchroom.desktop;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchroom.acd.Router;
import org.switchroom.acd.planted.PlantedInRouter;
import org.switchroom.cti.agent.planted.PlantedInAgent;
import org.switchroom.cti.call.planted.PlantedInCall;
import org.switchroom.cti.center.AgentSettings;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Phones;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.State;
import org.switchroom.cti.center.planted.PlantedInCenter;
import org.switchroom.cti.contact.planted.PlantedInContact;
import org.switchroom.cti.customer.planted.PlantedInCustomer;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.planted.PlantedInEvent;
import org.switchroom.cti.figures.planted.PlantedInFigures;
import org.switchroom.cti.history.HistoryProjector;
import org.switchroom.cti.history.planted.PlantedInHistory;
import org.switchroom.cti.ivr.planted.PlantedInScripts;
import org.switchroom.cti.ledger.planted.PlantedInLedger;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.recording.Replay;
import org.switchroom.cti.screens.planted.PlantedInScreens;
import org.switchroom.cti.task.planted.PlantedInTask;
import org.switchroom.desktop.planted.PlantedCircle;
import org.switchroom.desktop.planted.PlantedViolations;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.ScriptRunner;
import org.switchroom.ivr.planted.PlantedInIvr;
import org.switchroom.ivr.step.planted.PlantedInStep;

/// The house: who may know whom, who decides, and who may touch the world. Nothing points up.
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.switchroom");

  /// What may be null; said to the compiler, and not there at run time.
  private static final String NULLNESS = "org.jspecify.annotations";

  // ── Who knows whom ──────────────────────────────────────────────────────────────────────────

  private static final ArchRule ROUTER_NEEDS_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage("org.switchroom.acd..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.switchroom.acd..", NULLNESS);

  private static final ArchRule EACH_KNOWS_ITS_OWN =
      classes().should(House.KNOW_ONLY_WHOM_THE_HOUSE_LETS_THEM);

  private static final ArchRule ONE_PLACE_FOR_ASTERISK_JAVA =
      onePlace("org.switchroom.cti.pbx.asterisk..", "org.asteriskjava..");

  /// The web server has it below Vert.x, and mends there what Vert.x does not.
  private static final ArchRule TWO_PLACES_FOR_NETTY =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.switchroom.cti.pbx.simulated..", "org.switchroom.desktop.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  private static final ArchRule ONE_PLACE_FOR_SQL =
      onePlace(
          "org.switchroom.cti.store..",
          "java.sql..",
          "javax.sql..",
          "org.jdbi..",
          "com.zaxxer..",
          "org.flywaydb..",
          "org.h2..",
          "org.postgresql..");

  private static final ArchRule ONE_PLACE_FOR_VERTX =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.switchroom.desktop.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  private static ArchRule onePlace(String place, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(place)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  /// What a frame says is bytes there.
  private static final ArchRule THE_LEDGER_KNOWS_NOBODY =
      classes()
          .that()
          .resideInAPackage("org.switchroom.cti.ledger..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.slf4j..", "org.switchroom.cti.ledger..", NULLNESS);

  // ── Who decides, and who changes ────────────────────────────────────────────────────────────

  private static final ArchRule ONLY_THE_CENTER_ASKS_THE_ROUTER =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.switchroom.acd..", "org.switchroom.cti.center..")
          .should()
          .dependOnClassesThat(assignableTo(Router.class));

  /// A recorded run is run again beside everything else.
  private static final ArchRule ONLY_THE_RUNTIME_RUNS_THE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.switchroom.cti.center..", "org.switchroom.cti.runtime..")
          .and()
          .doNotHaveFullyQualifiedName(Replay.class.getName())
          .should()
          .dependOnClassesThat(assignableTo(Engine.class));

  /// A state of their own, folded from events.
  private static final ArchRule STATE_CHANGES_BY_EVENTS_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.switchroom.cti.center..", "org.switchroom.cti.screens..")
          .should(
              callMethodWhere(
                  DescribedPredicate.describe(
                      "State.apply",
                      call ->
                          call.getTargetOwner().isEquivalentTo(State.class)
                              && call.getName().equals("apply"))));

  /// What the center knows, and what is configured; not what it decides by, or wants done.
  private static final ArchRule SCREENS_ONLY_LOOK =
      noClasses()
          .that()
          .resideInAPackage("org.switchroom.cti.screens..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.switchroom.cti.center..")
                  .and(
                      not(
                          belongToAnyOf(
                              Replica.class,
                              State.class,
                              CenterPlan.class,
                              Phones.class,
                              CenterSettings.class,
                              QueueSettings.class,
                              AgentSettings.class))));

  /// Scripts tell the engine facts.
  private static final ArchRule SCRIPTS_ONLY_TELL =
      noClasses()
          .that()
          .resideInAPackage("org.switchroom.cti.ivr..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.switchroom.cti.center..").and(not(belongToAnyOf(Input.class))));

  /// So each is one class: who reads and runs them knows them by [org.switchroom.ivr.Step] alone.
  private static final ArchRule STEPS_KNOW_NO_LOADER_AND_NO_RUNNER =
      noClasses()
          .that()
          .resideInAPackage("org.switchroom.ivr.step..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.switchroom.ivr.load..")
                  .or(belongToAnyOf(ScriptRunner.class, Script.class)));

  // ── Values ──────────────────────────────────────────────────────────────────────────────────

  private static final String[] VALUES = {
    "org.switchroom.cti.event..",
    "org.switchroom.cti.call..",
    "org.switchroom.cti.contact..",
    "org.switchroom.cti.agent.."
  };

  private static final ArchRule VALUES_ARE_RECORDS =
      classes()
          .that()
          .resideInAnyPackage(VALUES)
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .should()
          .beRecords();

  private static final DescribedPredicate<JavaClass> DATA =
      assignableTo(Input.class)
          .or(assignableTo(Event.class))
          .or(assignableTo(Effect.class))
          .or(assignableTo(PbxEvent.class))
          .or(assignableTo(PbxCommand.class));

  private static final ArchRule WHAT_GOES_IN_AND_OUT_IS_DATA = isData(DATA);

  /// So a day can be replayed, and who asks may be in another process.
  private static ArchRule isData(DescribedPredicate<JavaClass> which) {
    return noFields()
        .that()
        .areDeclaredInClassesThat(which)
        .should()
        .haveRawType(resideInAnyPackage("java.util.function", "java.util.concurrent.."))
        .orShould()
        .notBeFinal();
  }

  // ── Who may touch the world ─────────────────────────────────────────────────────────────────

  private static final String[] PURE = {
    "org.switchroom.cti.event..",
    "org.switchroom.cti.call..",
    "org.switchroom.cti.contact..",
    "org.switchroom.cti.agent..",
    "org.switchroom.cti.center..",
    "org.switchroom.cti.figures..",
    "org.switchroom.cti.task.."
  };

  private static final ArchRule PURE_CODE_NEEDS_ONLY_PLAIN_JAVA =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat(
              PureCode.PLAIN_JAVA.or(resideInAnyPackage("org.switchroom..", NULLNESS)));

  /// The router too, which copies arrays and has sums of checks.
  private static final ArchRule PURE_CODE_LEAVES_THE_WORLD_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .or()
          .resideInAPackage("org.switchroom.acd..")
          .should()
          .accessTargetWhere(PureCode.TOUCHES_THE_WORLD)
          .orShould(PureCode.TAKE_A_MONITOR);

  /// So a seed, a day and a standby are the same in each process.
  private static final ArchRule ORDER_IS_KEPT =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .or()
          .resideInAnyPackage("org.switchroom.acd..", "org.switchroom.ivr..")
          .should()
          .accessTargetWhere(PureCode.LOSES_THE_ORDER);

  private static final ArchRule THE_ROUTER_DOES_NO_IO_AND_HAS_NO_THREADS =
      noClasses()
          .that()
          .resideInAPackage("org.switchroom.acd..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.io..", "java.net..", "java.util.concurrent..")
                  .or(assignableTo(java.time.InstantSource.class))
                  .or(assignableTo(Thread.class))
                  .or(assignableTo(java.util.random.RandomGenerator.class)));

  /// The time is whoever's opens the ledger, and the turns' that are shown or told. A script's step
  /// asks its walker.
  private static final ArchRule THESE_ARE_GIVEN_THE_TIME =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.switchroom.cti.ledger..",
              "org.switchroom.cti.screens..",
              "org.switchroom.ivr.step..")
          .or()
          .resideInAPackage("org.switchroom.cti.history..")
          .and()
          .doNotHaveFullyQualifiedName(HistoryProjector.class.getName())
          .should()
          .accessTargetWhere(PureCode.READS_THE_TIME);

  /// And the compiler proves it.
  @Test
  void whatMayBeNullIsSaidInEveryPackage() {
    assertThat(ALL.stream().map(JavaClass::getPackage).distinct())
        .hasSizeGreaterThan(30)
        .filteredOn(one -> !one.isAnnotatedWith(NullMarked.class))
        .isEmpty();
  }

  private static Stream<JavaClass> topLevel() {
    return ALL.stream()
        .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"));
  }

  /// Whoever reads a simple name knows whose it is.
  private static final ArchRule NESTED_TYPES_HAVE_NAMES_OF_THEIR_OWN =
      noClasses()
          .that(
              DescribedPredicate.describe("are nested", one -> one.getEnclosingClass().isPresent()))
          .should()
          .haveNameMatching(
              topLevel()
                  .map(JavaClass::getSimpleName)
                  .collect(Collectors.joining("|", ".*\\$(", ")")))
          .as("no nested type has the simple name of a class");

  @Test
  void noTwoClassesHaveOneSimpleName() {
    NESTED_TYPES_HAVE_NAMES_OF_THEIR_OWN.check(ALL);
    Map<String, List<String>> places =
        topLevel()
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertThat(places).hasSizeGreaterThan(300);
    assertThat(places.values()).filteredOn(names -> names.size() > 1).isEmpty();
  }

  @Test
  void eachKnowsItsOwn() {
    EACH_KNOWS_ITS_OWN.check(ALL);
    ROUTER_NEEDS_ONLY_THE_JDK.check(ALL);
    THE_LEDGER_KNOWS_NOBODY.check(ALL);
    slices().matching("org.switchroom.cti.(*)..").should().beFreeOfCycles().check(ALL);
    slices()
        .matching("org.switchroom.(**)")
        .should()
        .beFreeOfCycles()
        .check(ALL.that(resideInAPackage("org.switchroom.ivr..")));
  }

  private static final ArchRule FILES_GO_IN_NO_CIRCLE =
      classes().should(Circles.BE_IN_NO_CIRCLE_BUT_THESE);

  /// A file can be read without all others of its package.
  @Test
  void noFilesOfAPackageGoInACircle() {
    FILES_GO_IN_NO_CIRCLE.check(ALL);
    assertThat(Circles.gone(ALL)).isEmpty();
  }

  @Test
  void aPlantedCircleIsSeen() {
    JavaClasses there =
        new ClassFileImporter().importClasses(PlantedViolations.class, PlantedCircle.class);
    assertThatThrownBy(() -> FILES_GO_IN_NO_CIRCLE.check(there))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("planted.PlantedViolations", "planted.PlantedCircle");
  }

  /// The table says what is, and no more.
  @Test
  void theHouseHasTheseRoomsAndNoOthers() {
    assertThat(House.known(ALL)).isEqualTo(House.mayKnow());
    assertThat(ALL.stream().filter(one -> House.room(one).isEmpty()))
        .allMatch(one -> one.getPackageName().startsWith("org.switchroom.desktop"));
  }

  @Test
  void eachLibraryHasItsPlace() {
    ONE_PLACE_FOR_ASTERISK_JAVA.check(ALL);
    ONE_PLACE_FOR_VERTX.check(ALL);
    TWO_PLACES_FOR_NETTY.check(ALL);
    ONE_PLACE_FOR_SQL.check(ALL);
  }

  @Test
  void oneDecides() {
    ONLY_THE_CENTER_ASKS_THE_ROUTER.check(ALL);
    ONLY_THE_RUNTIME_RUNS_THE_ENGINE.check(ALL);
    STATE_CHANGES_BY_EVENTS_ALONE.check(ALL);
    SCREENS_ONLY_LOOK.check(ALL);
    SCRIPTS_ONLY_TELL.check(ALL);
    STEPS_KNOW_NO_LOADER_AND_NO_RUNNER.check(ALL);
  }

  @Test
  void whatIsSaidIsValues() {
    VALUES_ARE_RECORDS.check(ALL);
    WHAT_GOES_IN_AND_OUT_IS_DATA.check(ALL);
  }

  @Test
  void whatDecidesIsPure() {
    PURE_CODE_NEEDS_ONLY_PLAIN_JAVA.check(ALL);
    PURE_CODE_LEAVES_THE_WORLD_ALONE.check(ALL);
    THE_ROUTER_DOES_NO_IO_AND_HAS_NO_THREADS.check(ALL);
    THESE_ARE_GIVEN_THE_TIME.check(ALL);
    ORDER_IS_KEPT.check(ALL);
  }

  // ── The rules can fail ──────────────────────────────────────────────────────────────────────

  /// A rule, a class that breaks it, and what is said of it.
  private record Planted(ArchRule rule, Class<?> where, String... said) {}

  static Stream<Planted> planted() {
    return Stream.of(
        new Planted(
            NESTED_TYPES_HAVE_NAMES_OF_THEIR_OWN,
            PlantedViolations.Contact.class,
            "PlantedViolations$Contact"),
        new Planted(ONE_PLACE_FOR_ASTERISK_JAVA, PlantedViolations.class, "ManagerEvent"),
        new Planted(ONE_PLACE_FOR_SQL, PlantedViolations.class, "java.sql.Connection"),
        new Planted(TWO_PLACES_FOR_NETTY, PlantedViolations.class, "EventLoop"),
        new Planted(ONE_PLACE_FOR_VERTX, PlantedViolations.class, "io.vertx.core.Vertx"),
        new Planted(ONLY_THE_CENTER_ASKS_THE_ROUTER, PlantedViolations.class, "acd.Router"),
        new Planted(ONLY_THE_RUNTIME_RUNS_THE_ENGINE, PlantedViolations.class, "center.Engine"),
        new Planted(STATE_CHANGES_BY_EVENTS_ALONE, PlantedViolations.class, "State.apply"),
        new Planted(ROUTER_NEEDS_ONLY_THE_JDK, PlantedInRouter.class, "slf4j"),
        new Planted(EACH_KNOWS_ITS_OWN, PlantedInRouter.class, "acd may not know ivr"),
        new Planted(
            PURE_CODE_LEAVES_THE_WORLD_ALONE, PlantedInRouter.class, "Instant.now()", "monitor"),
        new Planted(ORDER_IS_KEPT, PlantedInRouter.class, "Set.copyOf"),
        new Planted(
            THE_ROUTER_DOES_NO_IO_AND_HAS_NO_THREADS,
            PlantedInRouter.class,
            "java.io.File",
            "java.lang.Thread",
            "ConcurrentHashMap",
            "java.time.Clock",
            "SplittableRandom"),
        new Planted(
            EACH_KNOWS_ITS_OWN,
            PlantedInIvr.class,
            "ivr may not know cti.pbx",
            "ivr may not know acd"),
        new Planted(
            EACH_KNOWS_ITS_OWN,
            PlantedInEvent.class,
            "cti.event may not know cti.call",
            "cti.event may not know cti.contact",
            "cti.event may not know cti.agent",
            "cti.event may not know cti.center"),
        new Planted(EACH_KNOWS_ITS_OWN, PlantedInCall.class, "cti.call may not know cti.center"),
        new Planted(
            EACH_KNOWS_ITS_OWN, PlantedInContact.class, "cti.contact may not know cti.center"),
        new Planted(EACH_KNOWS_ITS_OWN, PlantedInAgent.class, "cti.agent may not know cti.center"),
        new Planted(
            EACH_KNOWS_ITS_OWN,
            PlantedInCenter.class,
            "cti.center may not know cti.runtime",
            "cti.center may not know cti.ledger",
            "cti.center may not know desktop"),
        new Planted(
            EACH_KNOWS_ITS_OWN,
            PlantedInCustomer.class,
            "cti.customer may not know cti.event",
            "cti.customer may not know cti.ledger",
            "cti.customer may not know cti.history"),
        new Planted(
            EACH_KNOWS_ITS_OWN,
            PlantedInHistory.class,
            "cti.history may not know cti.center",
            "cti.history may not know cti.runtime"),
        new Planted(
            EACH_KNOWS_ITS_OWN,
            PlantedInFigures.class,
            "cti.figures may not know cti.center",
            "cti.figures may not know cti.runtime"),
        new Planted(
            EACH_KNOWS_ITS_OWN, PlantedInScreens.class, "cti.screens may not know cti.runtime"),
        new Planted(EACH_KNOWS_ITS_OWN, PlantedInLedger.class, "cti.ledger may not know cti.event"),
        new Planted(EACH_KNOWS_ITS_OWN, PlantedInScripts.class, "cti.ivr may not know cti.runtime"),
        new Planted(SCREENS_ONLY_LOOK, PlantedInScreens.class, "center.Input", "center.Effect"),
        new Planted(SCRIPTS_ONLY_TELL, PlantedInScripts.class, "center.State"),
        new Planted(THE_LEDGER_KNOWS_NOBODY, PlantedInLedger.class, "cti.event.Event"),
        new Planted(THESE_ARE_GIVEN_THE_TIME, PlantedInLedger.class, "Instant.now()"),
        new Planted(THESE_ARE_GIVEN_THE_TIME, PlantedInHistory.class, "System.nanoTime()"),
        new Planted(THESE_ARE_GIVEN_THE_TIME, PlantedInStep.class, "ZonedDateTime.now()"),
        new Planted(
            STEPS_KNOW_NO_LOADER_AND_NO_RUNNER,
            PlantedInStep.class,
            "ScriptLoader",
            "ScriptRunner"),
        new Planted(THESE_ARE_GIVEN_THE_TIME, PlantedInScreens.class, "InstantSource.system()"),
        new Planted(VALUES_ARE_RECORDS, PlantedInEvent.class, "PlantedInEvent"),
        new Planted(VALUES_ARE_RECORDS, PlantedInCall.class, "PlantedInCall"),
        new Planted(VALUES_ARE_RECORDS, PlantedInContact.class, "PlantedInContact"),
        new Planted(VALUES_ARE_RECORDS, PlantedInAgent.class, "PlantedInAgent"),
        new Planted(
            isData(assignableTo(PlantedInCenter.Says.class)),
            PlantedInCenter.Says.class,
            "java.util.function",
            "java.util.concurrent",
            "final"),
        new Planted(
            PURE_CODE_NEEDS_ONLY_PLAIN_JAVA,
            PlantedInCenter.class,
            "java.time.Clock",
            "java.time.InstantSource",
            "java.lang.Thread",
            "java.util.concurrent.locks.ReentrantLock",
            "java.util.Random",
            "java.util.UUID",
            "java.util.Date",
            "java.nio.file.Files",
            "java.net.Socket",
            "java.sql.Connection",
            "org.slf4j.Logger",
            "com.fasterxml.jackson.databind.ObjectMapper"),
        new Planted(
            PURE_CODE_LEAVES_THE_WORLD_ALONE,
            PlantedInCenter.class,
            "Instant.now()",
            "LocalDate.now()",
            "references method <java.time.ZonedDateTime.now",
            "ZoneId.systemDefault()",
            "System.nanoTime()",
            "System.currentTimeMillis()",
            "System.getenv",
            "Math.random()",
            "Collections.shuffle",
            "parallelStream()",
            "Object.wait()",
            "PlantedInCenter.method takes a monitor",
            "PlantedInCenter.block takes a monitor"),
        clock(PlantedInEvent.class),
        clock(PlantedInCall.class),
        clock(PlantedInContact.class),
        clock(PlantedInAgent.class),
        clock(PlantedInFigures.class),
        clock(PlantedInTask.class));
  }

  private static Planted clock(Class<?> where) {
    return new Planted(PURE_CODE_LEAVES_THE_WORLD_ALONE, where, "Instant.now()");
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aPlantedViolationIsSeen(Planted planted) {
    JavaClasses there = new ClassFileImporter().importClasses(planted.where());
    assertThatThrownBy(() -> planted.rule().check(there))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(planted.where().getSimpleName())
        .hasMessageContainingAll(planted.said());
  }

  /// Each package that is pure has had a clock planted.
  @Test
  void aClockIsPlantedInEachPurePackage() {
    List<String> planted =
        planted()
            .filter(one -> one.rule() == PURE_CODE_LEAVES_THE_WORLD_ALONE)
            .map(one -> one.where().getPackageName().replace(".planted", ".."))
            .distinct()
            .toList();
    assertThat(planted).contains(PURE).contains("org.switchroom.acd..");
  }
}
