package org.switchroom.cti.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.testkit.StereoSound;

/// What is made of what the PBX has written, and what is kept.
class TalkFolderTest {
  private static final int WAV_HEADER = 44;
  private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");
  private static final RecordingId TALK = new RecordingId("17.1-" + NOON.toEpochMilli());

  @TempDir Path place;
  private TalkFolder folder;

  @BeforeEach
  void open() {
    folder = new TalkFolder(place, ZoneId.of("Asia/Taipei"));
  }

  /// Two seconds: the caller is loud in the first, and what they hear in the second.
  private Path raw(RecordingId id) throws IOException {
    var bytes = ByteBuffer.allocate(2 * 8_000 * 4 + 3).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 2 * 8_000; i++) {
      short loud = (short) (16_384 * Math.sin(2 * Math.PI * 440 * i / 8_000));
      bytes.putShort(i < 8_000 ? loud : 0).putShort(i < 8_000 ? 0 : loud);
    }
    Path file = Files.write(place.resolve(id + ".raw"), bytes.array());
    Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(2)));
    return file;
  }

  @Test
  void whatIsOverIsAWavInTheFolderOfItsDay() throws Exception {
    Path raw = raw(TALK);
    assertThat(folder.sound(TALK)).isEmpty();
    assertThat(folder.finish(NOON.plusSeconds(10), _ -> false)).isEqualTo(1);
    assertThat(raw).doesNotExist();
    Path wav = folder.sound(TALK).orElseThrow();
    assertThat(wav).isEqualTo(place.resolve("2026-01-05").resolve(TALK + ".wav"));
    assertThat(Files.size(wav)).isEqualTo(WAV_HEADER + 2 * 8_000 * 4);
    var sound = StereoSound.in(wav, WAV_HEADER);
    assertThat(sound.tone(0, 440, 0.2, 0.2)).isGreaterThan(16_000);
    assertThat(sound.tone(1, 440, 0.2, 0.2)).isLessThan(1);
    var waveform = folder.waveform(TALK).orElseThrow();
    assertThat(waveform.millis()).isEqualTo(2_000);
    assertThat(waveform.caller()).hasSize(Waveform.MOST);
    assertThat(waveform.caller().subList(0, 200)).allMatch(peak -> peak >= 45 && peak <= 50);
    assertThat(waveform.caller().subList(200, 400)).allMatch(peak -> peak == 0);
    assertThat(waveform.heard().subList(0, 200)).allMatch(peak -> peak == 0);
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws Exception {
    assertThat(folder.fault(1)).isEmpty();
    assertThat(folder.fault(Long.MAX_VALUE).orElseThrow()).contains("has room for");
    Files.delete(place);
    assertThat(folder.fault(1).orElseThrow()).contains("is not there");
    Files.createDirectory(place);
  }

  /// A program of the machine's, which says that it has made it.
  private void program(Path programs, String does) throws IOException {
    Path file = Files.writeString(programs.resolve("opusenc"), "#!/bin/sh\n" + does + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    folder =
        new TalkFolder(place, ZoneId.of("Asia/Taipei"), OpusEncoder.in("/nowhere:" + programs));
  }

  @Test
  void whereThereIsAProgramForItItIsOpus(@TempDir Path programs) throws Exception {
    program(programs, "cp \"$4\" \"$5\"");
    raw(TALK);
    folder.finish(NOON.plusSeconds(10), _ -> false);
    Path sound = folder.sound(TALK).orElseThrow();
    assertThat(sound.toString()).endsWith(".opus");
    assertThat(sound.resolveSibling(TALK + ".wav")).doesNotExist();
    assertThat(folder.waveform(TALK).orElseThrow().millis()).isEqualTo(2_000);
    assertThat(folder.delete(TALK)).isTrue();
    assertThat(folder.sound(TALK)).isEmpty();
  }

  @Test
  void whatAProgramCannotMakeStaysAWav(@TempDir Path programs) throws Exception {
    program(programs, "echo x > \"$5\"; exit 1");
    raw(TALK);
    folder.finish(NOON.plusSeconds(10), _ -> false);
    Path sound = folder.sound(TALK).orElseThrow();
    assertThat(sound.toString()).endsWith(".wav");
    assertThat(sound.resolveSibling(TALK + ".part")).doesNotExist();
  }

  @Test
  void whatGoesOnIsLeftToThePbx() throws Exception {
    Path raw = raw(TALK);
    assertThat(folder.finish(NOON.plusSeconds(2), _ -> false)).as("just written into").isZero();
    assertThat(folder.finish(NOON.plusSeconds(10), TALK::equals)).isZero();
    assertThat(raw).exists();
  }

  @Test
  void oneInWhichNothingWasSaidIsEmpty() throws Exception {
    Files.setLastModifiedTime(Files.createFile(place.resolve(TALK + ".raw")), FileTime.from(NOON));
    folder.finish(NOON.plusSeconds(10), _ -> false);
    assertThat(folder.waveform(TALK).orElseThrow().millis()).isZero();
    assertThat(Files.size(folder.sound(TALK).orElseThrow())).isEqualTo(WAV_HEADER);
  }

  @Test
  void whatIsNoRecordingIsLeftAlone() throws Exception {
    Path other = Files.writeString(place.resolve("a b.raw"), "x");
    Files.setLastModifiedTime(other, FileTime.from(NOON));
    assertThat(folder.finish(NOON.plusSeconds(10), _ -> false)).isZero();
    assertThat(other).exists();
  }

  @Test
  void oneIsDeletedWhereverItIs() throws Exception {
    raw(TALK);
    folder.finish(NOON.plusSeconds(10), _ -> false);
    assertThat(folder.delete(TALK)).isTrue();
    assertThat(folder.sound(TALK)).isEmpty();
    assertThat(folder.waveform(TALK)).isEmpty();
    assertThat(folder.delete(TALK)).isFalse();
    Path raw = raw(TALK);
    assertThat(folder.delete(TALK)).isTrue();
    assertThat(raw).doesNotExist();
  }

  @Test
  void daysThatAreKeptNoLongerAreDeleted() throws Exception {
    raw(TALK);
    folder.finish(NOON.plusSeconds(10), _ -> false);
    Files.createDirectory(place.resolve("0000-99-99"));
    Files.createDirectory(place.resolve("mine"));
    assertThat(folder.deleteBefore(LocalDate.parse("2026-01-05"))).isZero();
    assertThat(folder.sound(TALK)).isPresent();
    assertThat(folder.deleteBefore(LocalDate.parse("2026-01-06"))).isEqualTo(1);
    assertThat(folder.sound(TALK)).isEmpty();
    assertThat(place.resolve("mine")).exists();
  }
}
