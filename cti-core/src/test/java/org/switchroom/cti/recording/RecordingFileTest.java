package org.switchroom.cti.recording;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.testkit.LogWatch;

/// The file, while an engine runs that must not wait for it.
class RecordingFileTest {
  private static final Instant NOW = Instant.parse("2026-01-05T01:00:00Z");
  private static final Input NOTE = new Input.Note("ann", Deed.SHOWN_CUSTOMER, "something");
  private static final long LARGEST = 1 << 20;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("day.jsonl");
  }

  private static void begin(RecordingFile file) {
    file.begins(Replica.NOTHING, Set.of("call 1.1"));
  }

  private static Turn turn(List<Event> events) {
    return new Turn(0, NOW, NOW, events);
  }

  private static Turn noted() {
    return turn(List.of(new CenterEvent.Noted("ann", Deed.SHOWN_CUSTOMER, "something")));
  }

  /// A turn for which whoever writes it waits.
  private static final class Slow extends AbstractList<Event> {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goesOn = new CountDownLatch(1);

    @Override
    public Event get(int at) {
      begun.countDown();
      try {
        goesOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new CenterEvent.TimePassed();
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @Test
  void aRunIsWrittenLineByLineForItsOwnerAlone() throws Exception {
    try (var recording = new RecordingFile(file(), () -> NOW)) {
      begin(recording);
      recording.takes(NOTE, NOW, NOW.plusSeconds(1));
      recording.decides(noted());
    }
    assertThat(Files.readAllLines(file()))
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .startsWith("{\"kind\":\"Begins\",\"format\":1,\"build\":\"")
                    .contains(Build.name(), "\"aside\":[\"call 1.1\"]"),
            taken ->
                assertThat(taken)
                    .isEqualTo(
                        "{\"kind\":\"Takes\",\"input\":{\"kind\":\"Note\",\"who\":\"ann\",\"what\":"
                            + "\"SHOWN_CUSTOMER\",\"about\":\"something\"},\"now\":1767574800000000000,"
                            + "\"wall\":1767574801000000000}"),
            decided ->
                assertThat(decided)
                    .matches(
                        "\\{\"kind\":\"Decides\",\"events\":\\[\\{\"event\":\"Noted\","
                            + "\"digest\":\"[0-9a-f]{32}\"}]}"),
            end ->
                assertThat(end)
                    .isEqualTo("{\"kind\":\"Ends\",\"why\":\"The server was stopped.\"}"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (var in = RecordingReader.open(file())) {
      assertThat(in.isOfAnotherBuild()).isFalse();
    }
    Files.writeString(
        file(), Files.readString(file()).replace(Build.name(), Build.name().replaceAll(".", "0")));
    try (var in = RecordingReader.open(file())) {
      assertThat(in.isOfAnotherBuild()).isTrue();
    }
  }

  /// A server that is started again writes over nothing.
  @Test
  void aRecordingOfBeforeIsKept() throws Exception {
    Files.writeString(file(), "of before");
    new RecordingFile(file(), () -> NOW).close();
    assertThat(folder.resolve("day.jsonl-before-1767574800000")).hasContent("of before");
    assertThat(file()).content().startsWith("{\"kind\":\"Ends\"");
  }

  @Test
  void whoeverIsTooSlowEndsBeforeTheGap() throws Exception {
    var slow = new Slow();
    try (var log = new LogWatch(RecordingFile.class)) {
      try (var recording = new RecordingFile(file(), () -> NOW, 3, LARGEST)) {
        begin(recording);
        recording.takes(NOTE, NOW, NOW);
        recording.decides(turn(slow));
        slow.begun.await();
        for (int i = 0; i < 4; i++) recording.takes(NOTE, NOW, NOW);
        slow.goesOn.countDown();
      }
      assertThat(log.said(Level.WARN)).singleElement().asString().contains("ends here");
    }
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3 + 3 + 1);
    assertThat(lines.getLast())
        .isEqualTo("{\"kind\":\"Ends\",\"why\":\"It could not be written fast enough.\"}");
  }

  @Test
  void oneThatIsLargeEnoughEnds() throws Exception {
    try (var log = new LogWatch(RecordingFile.class)) {
      try (var recording = new RecordingFile(file(), () -> NOW, 100, 2_000)) {
        begin(recording);
        for (int i = 0; i < 20; i++) recording.takes(NOTE, NOW, NOW);
        var slow = new Slow();
        recording.decides(turn(slow));
        slow.begun.await();
        recording.takes(NOTE, NOW, NOW);
        slow.goesOn.countDown();
      }
      assertThat(log.said(Level.WARN)).singleElement().asString().contains("2000 bytes");
      assertThat(Files.readAllLines(file())).hasSize(1 + 20 + 1 + 1);
    }
    assertThat(Files.readAllLines(file()).getLast()).contains("\"Ends\"", "2000 bytes");
  }

  /// What is handed over by then is what the process dies of.
  @Test
  void aHaltIsTheLastThatIsRecorded() throws Exception {
    try (var recording = new RecordingFile(file(), () -> NOW)) {
      begin(recording);
      recording.takes(NOTE, NOW, NOW);
      recording.halts();
      assertThat(Files.readAllLines(file()).getLast()).contains("The server halted.");
      recording.takes(NOTE, NOW, NOW);
    }
    assertThat(Files.readAllLines(file())).hasSize(3);
  }

  @Test
  void aDiskThatTakesNothingEndsTheRecordingAlone() throws Exception {
    try (var log = new LogWatch(RecordingFile.class)) {
      try (var recording = new RecordingFile(Path.of("/dev/full"), () -> NOW)) {
        begin(recording);
        for (int i = 0; i < 10; i++) recording.takes(NOTE, NOW, NOW);
      }
      assertThat(log.said(Level.WARN)).singleElement().asString().contains("broken off");
    }
  }
}
