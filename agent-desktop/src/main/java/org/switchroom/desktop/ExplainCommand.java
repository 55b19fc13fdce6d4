package org.switchroom.desktop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Explainer;
import org.switchroom.acd.Explanation;
import org.switchroom.acd.OfferId;
import org.switchroom.cti.recording.RecordingReader;
import org.switchroom.cti.recording.Replay;
import org.switchroom.cti.runtime.ValueMapper;
import org.switchroom.desktop.server.PlainMessage;
import org.switchroom.desktop.server.StartFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs a recorded day again: says why each contact went to whom it went, and whether everything
/// was decided as it is recorded. What it says of the recording goes to standard error.
@Command(
    name = "explain",
    description = {
      "Says of a recorded run (serve --record FILE) why each contact went where it went.",
      "Exit code 1: it is decided otherwise now than recorded, or there is no such offer."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer>, Explainer {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the recorded run")
  private Path file;

  @Option(names = "--contact", paramLabel = "ID", description = "only this contact's offers")
  private @Nullable String contact;

  @Option(names = "--offer", paramLabel = "NUMBER", description = "only this offer")
  private @Nullable Long offer;

  @Option(names = "--json", description = "print JSON, a line each")
  private boolean json;

  /// Ids as they are, times as ISO 8601 has them.
  private static final ObjectWriter JSON =
      ValueMapper.MAPPER
          .rebuild()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build()
          .writerFor(Explanation.class);

  private long explained;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (var recording = RecordingReader.open(file)) {
      if (recording.isOfAnotherBuild()) {
        err.println(
            "This recording is of another build: what it is decided to now may be something else,"
                + " and so may the reasons.");
      }
      return verdict(Replay.run(recording, this), err);
    } catch (RecordingReader.UnreadableException e) {
      throw new StartFault(PlainMessage.of(e));
    } catch (IOException e) {
      throw new StartFault("%s cannot be read: %s".formatted(file, e));
    } finally {
      err.flush();
    }
  }

  private int verdict(Replay.Found found, PrintWriter err) {
    boolean missing = explained == 0 && (offer != null || contact != null);
    if (missing) err.println("There is no such offer in this run.");
    if (!found.end().isEmpty()) err.println("The recording ends: " + found.end());
    if (found.fault().isPresent()) {
      Replay.Divergence fault = found.fault().get();
      err.printf(
          "%d turns were decided as recorded. Then input %d of %s (%s, line %d) was not: %s%n",
          found.turns(), fault.number(), fault.wall(), fault.input(), fault.line(), fault.what());
      return 1;
    }
    err.printf("%d turns of %d inputs, all decided as recorded.%n", found.turns(), found.inputs());
    return missing ? 1 : 0;
  }

  @Override
  public boolean wants(OfferId one, ContactId of) {
    return (offer == null || offer == one.value())
        && (contact == null || contact.equals(of.value()));
  }

  @Override
  public void explained(Explanation explanation) {
    explained++;
    System.out.println(json ? asJson(explanation) : explanation.toText());
  }

  private static String asJson(Explanation explanation) {
    try {
      return JSON.writeValueAsString(explanation);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
