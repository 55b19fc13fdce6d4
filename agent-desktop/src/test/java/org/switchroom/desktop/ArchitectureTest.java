package org.switchroom.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.ledger.planted.PlantedInLedger;
import org.switchroom.desktop.planted.PlantedViolations;

/// The direction of the packages. Nothing points up.
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.switchroom");

  private static final ArchRule ROUTER_NEEDS_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage("org.switchroom.acd..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.switchroom.acd..");

  private static final ArchRule SCRIPTS_KNOW_NO_PHONES =
      noClasses()
          .that()
          .resideInAPackage("org.switchroom.ivr..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.switchroom.acd..", "org.switchroom.cti..", "org.switchroom.desktop..");

  private static final ArchRule CORE_KNOWS_NO_SCREENS =
      noClasses()
          .that()
          .resideInAPackage("org.switchroom.cti..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.switchroom.desktop..");

  private static final ArchRule ONE_PLACE_FOR_ASTERISK_JAVA =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.switchroom.cti.pbx.asterisk..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.asteriskjava..");

  private static final ArchRule ONE_PLACE_FOR_VERTX =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.switchroom.desktop.web..")
          .and()
          .doNotHaveFullyQualifiedName("org.switchroom.desktop.Switchroom")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  private static final ArchRule ONE_PLACE_FOR_NETTY =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.switchroom.cti.pbx.simulated..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  private static final ArchRule ONE_PLACE_FOR_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.switchroom.cti.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.jdbi..", "com.zaxxer..", "org.flywaydb..");

  /// Time comes with the facts; I/O, threads and chance stay outside.
  private static final ArchRule CORES_READ_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage("org.switchroom.acd..", "org.switchroom.cti.call..")
          .or()
          .haveFullyQualifiedName("org.switchroom.cti.center.Center")
          .or()
          .haveFullyQualifiedName("org.switchroom.cti.center.Desks")
          .or()
          .haveFullyQualifiedName("org.switchroom.cti.center.Floor")
          .or()
          .haveFullyQualifiedName("org.switchroom.cti.center.Board")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.net..", "java.util.concurrent..");

  /// What a frame says is bytes there, and the time is whoever's opens it.
  private static final ArchRule THE_LEDGER_KNOWS_NOBODY =
      classes()
          .that()
          .resideInAPackage("org.switchroom.cti.ledger..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.slf4j..", "org.switchroom.cti.ledger..");

  private static final ArchRule THE_LEDGER_READS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("org.switchroom.cti.ledger..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(InstantSource.class, "system");

  @Test
  void nothingPointsUp() {
    ROUTER_NEEDS_ONLY_THE_JDK.check(ALL);
    SCRIPTS_KNOW_NO_PHONES.check(ALL);
    CORE_KNOWS_NO_SCREENS.check(ALL);
    THE_LEDGER_KNOWS_NOBODY.check(ALL);
  }

  @Test
  void eachLibraryHasItsPlace() {
    ONE_PLACE_FOR_ASTERISK_JAVA.check(ALL);
    ONE_PLACE_FOR_VERTX.check(ALL);
    ONE_PLACE_FOR_NETTY.check(ALL);
    ONE_PLACE_FOR_SQL.check(ALL);
  }

  @Test
  void coresReadNoClock() {
    CORES_READ_NO_CLOCK.check(ALL);
    THE_LEDGER_READS_NO_CLOCK.check(ALL);
  }

  @Test
  void packagesOfTheCoreHaveNoCycles() {
    slices().matching("org.switchroom.cti.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void allOfItWasLookedAt() {
    assertThat(ALL.containPackage("org.switchroom.acd")).isTrue();
    assertThat(ALL.containPackage("org.switchroom.ivr")).isTrue();
    assertThat(ALL.containPackage("org.switchroom.cti.center")).isTrue();
    assertThat(ALL.size()).isGreaterThan(100);
  }

  /// The rules can fail: planted classes break them.
  @Test
  void aPlantedViolationIsSeen() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedViolations.class);
    for (ArchRule rule :
        new ArchRule[] {ONE_PLACE_FOR_ASTERISK_JAVA, ONE_PLACE_FOR_SQL, ONE_PLACE_FOR_NETTY}) {
      assertThatThrownBy(() -> rule.check(planted))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("PlantedViolations");
    }
    JavaClasses inLedger = new ClassFileImporter().importClasses(PlantedInLedger.class);
    for (ArchRule rule : new ArchRule[] {THE_LEDGER_KNOWS_NOBODY, THE_LEDGER_READS_NO_CLOCK}) {
      assertThatThrownBy(() -> rule.check(inLedger))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("PlantedInLedger");
    }
  }
}
