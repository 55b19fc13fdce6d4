package org.switchroom.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Explainer;
import org.switchroom.acd.Explanation;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.Router;
import org.switchroom.acd.run.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Replays a recorded run, and says why each contact went to whom it went.
@Command(
    name = "explain",
    description =
        "Says of a recorded run (serve --record FILE) why each contact went where it went.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer>, Explainer {
  @Parameters(paramLabel = "FILE", description = "the recorded run")
  private Path file;

  @Option(names = "--contact", paramLabel = "ID", description = "only this contact's offers")
  private String contact;

  @Option(names = "--offer", paramLabel = "NUMBER", description = "only this offer")
  private Long offer;

  @Option(names = "--json", description = "print JSON, a line each")
  private boolean json;

  private int explained;

  @Override
  public Integer call() {
    var router = new Router();
    router.explain(this);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      RecordedRun.play(lines, router, _ -> {});
    } catch (IOException e) {
      throw new StartFault("%s cannot be read: %s".formatted(file, e));
    } catch (IllegalArgumentException e) {
      throw new StartFault("%s: %s".formatted(file, e.getMessage()));
    }
    if (explained == 0) System.err.println("There is no such offer in this run.");
    return explained == 0 ? 1 : 0;
  }

  @Override
  public boolean wants(OfferId one, ContactId of) {
    return (offer == null || offer == one.value())
        && (contact == null || contact.equals(of.value()));
  }

  @Override
  public void explained(Explanation explanation) {
    explained++;
    System.out.println(json ? Json.of(explanation) : explanation.toText());
  }
}
