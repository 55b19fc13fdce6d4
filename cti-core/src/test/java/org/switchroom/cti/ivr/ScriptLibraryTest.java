package org.switchroom.cti.ivr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.ivr.Surroundings;
import org.switchroom.ivr.yaml.FaultsException;

class ScriptLibraryTest {
  private static final Surroundings AROUND = Surroundings.ofQueues(Set.of("orders", "sales"));
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private Database database;
  private ScriptLibrary library;

  @BeforeEach
  void open() {
    database = Database.open(Database.inMemoryUrl("library-" + System.nanoTime()), "sa", "");
    library = fresh();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /// As after a start.
  private ScriptLibrary fresh() {
    return new ScriptLibrary(new SqlScriptStore(database), null, InstantSource.fixed(NOON));
  }

  private static String main(String queue) {
    return "name: main\nstart: q\nsteps: {q: {queue: %s}}\n".formatted(queue);
  }

  private void load(String yaml) throws FaultsException {
    library.load(Map.of("main", yaml), AROUND, List.of());
  }

  private int live() {
    return library.scripts().get("main").version();
  }

  @Test
  void everyChangeIsAVersionWithWhoAndWhen() throws Exception {
    load(main("orders"));
    assertThat(live()).isEqualTo(1);
    library.take("main", main("sales"), "sam");
    assertThat(live()).isEqualTo(2);
    assertThat(library.restore("main", 1, "sam").version()).isEqualTo(3);
    assertThat(library.scripts().get("main").steps().toString()).contains("orders");
    assertThat(new SqlScriptStore(database).versions("main"))
        .extracting(ScriptStore.Version::version, ScriptStore.Version::by)
        .containsExactly(Tuple.tuple(3, "sam"), Tuple.tuple(2, "sam"), Tuple.tuple(1, "file"));
    assertThat(library.restore("main", 99, "sam")).isNull();
  }

  @Test
  void aBadScriptIsRefusedAndTheOldOneStays() throws Exception {
    load(main("orders"));
    var before = library.scripts();
    assertThatThrownBy(() -> library.take("main", main("nowhere"), "sam"))
        .isInstanceOf(FaultsException.class)
        .hasMessageContaining("There is no queue nowhere");
    assertThatThrownBy(() -> library.take("other", main("orders"), "sam"))
        .hasMessageContaining("its \"name\" must be other");
    assertThatThrownBy(
            () ->
                library.take(
                    "main", "name: main\nstart: q\nsteps: {q: {script: gone, next: q}}", "sam"))
        .hasMessageContaining("There is no script gone");
    assertThat(library.scripts()).isEqualTo(before);
    assertThat(new SqlScriptStore(database).versions("main")).hasSize(1);
  }

  @Test
  void scriptsThatWouldCallEachOtherInACircleAreRefused() throws Exception {
    load(main("orders"));
    library.take(
        "sub",
        "name: sub\nstart: a\nsteps: {a: {script: main, next: b}, b: {return: true}}",
        "sam");
    assertThatThrownBy(
            () ->
                library.take(
                    "main",
                    "name: main\nstart: a\nsteps: {a: {script: sub, next: b}, b: {queue: orders}}",
                    "sam"))
        .hasMessageContaining("call each other in a circle");
  }

  @Test
  void whatSomebodyTookStaysAfterARestartUnlessTheFileHasChangedSince() throws Exception {
    load(main("orders"));
    library.take("main", main("sales"), "sam");
    library = fresh();
    load(main("orders"));
    assertThat(live()).isEqualTo(2);
    load(main("orders").replace("start: q", "start: q # edited"));
    assertThat(live()).isEqualTo(3);
    assertThat(library.scripts().get("main").steps().toString()).contains("orders");
  }

  @Test
  void aConfigurationThatATakenScriptDoesNotFitIsRefused() throws Exception {
    load(main("orders"));
    library.take("main", main("sales"), "sam");
    var fewer = Surroundings.ofQueues(Set.of("orders"));
    assertThatThrownBy(() -> library.load(Map.of("main", main("orders")), fewer, List.of()))
        .hasMessageContaining("There is no queue sales");
    assertThat(live()).isEqualTo(2);
  }
}
