package org.switchroom.cti.ivr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.prompts.PromptFolder;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.FaultsException;

class ScriptLibraryTest {
  private static final DeclaredNames DECLARED = DeclaredNames.ofQueues(Set.of("orders", "sales"));
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir Path folder;
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
    return new ScriptLibrary(
        new SqlScriptStore(database), Optional.empty(), InstantSource.fixed(NOON));
  }

  private static String main(String queue) {
    return "name: main\nstart: q\nsteps: {q: {queue: %s}}\n".formatted(queue);
  }

  private void load(String yaml) throws FaultsException {
    library.load(Map.of("main", yaml), DECLARED, List.of());
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
    assertThat(library.restore("main", 1, "sam").orElseThrow().version()).isEqualTo(3);
    assertThat(library.scripts().get("main").steps().toString()).contains("orders");
    assertThat(new SqlScriptStore(database).versions("main"))
        .extracting(ScriptStore.Version::version, ScriptStore.Version::by)
        .containsExactly(Tuple.tuple(3, "sam"), Tuple.tuple(2, "sam"), Tuple.tuple(1, "file"));
    assertThat(library.restore("main", 99, "sam")).isEmpty();
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
    var fewer = DeclaredNames.ofQueues(Set.of("orders"));
    assertThatThrownBy(() -> library.load(Map.of("main", main("orders")), fewer, List.of()))
        .hasMessageContaining("There is no queue sales");
    assertThat(live()).isEqualTo(2);
  }

  /// Speaks with commands that do not listen: of each language whether its voice works.
  private ScriptLibrary speaking(boolean english, boolean chinese) throws Exception {
    Path sound = folder.resolve("sound.wav");
    var format = new AudioFormat(8_000, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(new byte[800]), format, 400),
        AudioFileFormat.Type.WAVE,
        sound.toFile());
    var works = List.of("cp", sound.toString(), "{file}");
    var broken = List.of("false");
    var prompts =
        new PromptFolder(
            folder,
            "/sounds",
            Map.of(
                Language.EN, english ? works : broken, Language.ZH_HANT, chinese ? works : broken));
    library =
        new ScriptLibrary(
            new SqlScriptStore(database), Optional.of(prompts), InstantSource.fixed(NOON));
    return library;
  }

  private static String says(String english, String chinese) {
    return """
    name: main
    languages: [en, zh-Hant]
    start: a
    steps:
      a: {say: {en: "%s", zh-Hant: "%s"}, next: b}
      b: {say: {en: Wait., zh-Hant: 請稍候。}, next: q}
      q: {queue: orders}
    """
        .formatted(english, chinese);
  }

  @Test
  void aBrokenVoiceIsSaidOnceForItsLanguageAndTheCenterServesItsCallers() throws Exception {
    try (var log = new LogWatch(ScriptLibrary.class)) {
      speaking(true, false);
      load(says("Hello.", "您好。"));
      assertThat(log.said(Level.ERROR))
          .singleElement()
          .asString()
          .startsWith("zh-Hant: 2 of 2 sounds could not be made")
          .endsWith("main-a: false ended with 1: ");
    }
    assertThat(live()).isEqualTo(1);
  }

  @Test
  void whatIsThereIsOneLineOfTheLog() throws Exception {
    var logger = (Logger) LoggerFactory.getLogger(ScriptLibrary.class);
    logger.setLevel(Level.INFO);
    try (var log = new LogWatch(ScriptLibrary.class)) {
      speaking(true, true);
      load(says("Hello.", "您好。"));
      assertThat(log.said(Level.INFO)).containsExactly("Prompts: 4 of 4.");
    } finally {
      logger.setLevel(null);
    }
  }

  @Test
  void aChangeThatNobodyWouldHearIsRefusedAndTheOldScriptIsHeard() throws Exception {
    speaking(true, true);
    load(says("Hello.", "您好。"));
    speaking(true, false);
    load(says("Hello.", "您好。"));
    assertThatThrownBy(() -> library.take("main", says("Good morning.", "早安。"), "sam"))
        .isInstanceOf(FaultsException.class)
        .hasMessageContaining("In zh-Hant nobody would hear main-a.")
        .hasMessageContaining("false ended with 1");
    assertThat(live()).isEqualTo(1);
    assertThat(new SqlScriptStore(database).versions("main")).hasSize(1);
  }

  /// Else a broken voice would keep a center from saying in English that it is closed.
  @Test
  void aChangeOfWhatIsHeardIsTakenAlsoWhereAnotherLanguageIsBroken() throws Exception {
    speaking(true, false);
    load(says("Hello.", "您好。"));
    library.take("main", says("We are closed.", "您好。"), "sam");
    assertThat(live()).isEqualTo(2);
  }
}
