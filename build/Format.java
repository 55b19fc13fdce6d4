import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Formats every Java source (`apply`), or fails where one is not formatted (`check`).
class Format {
  public static void main(String[] args) throws Exception {
    boolean check = args.length > 0 && args[0].equals("check");
    var formatter = new Formatter();
    var wrong = new ArrayList<Path>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      String formatted = formatter.formatSourceAndFixImports(text);
      if (text.equals(formatted)) continue;
      wrong.add(source);
      if (!check) Files.writeString(source, formatted);
    }
    if (check && !wrong.isEmpty()) {
      wrong.forEach(file -> System.err.println("Not formatted: " + file));
      System.err.println("Run `mvn process-sources -N`, which formats them, and commit.");
      System.exit(1);
    }
  }

  static List<Path> sources() throws IOException {
    var found = new ArrayList<Path>();
    for (String module :
        List.of("build", "acd-router", "ivr-scripts", "cti-core", "agent-desktop")) {
      Path root = Path.of(module, module.equals("build") ? "" : "src");
      if (!Files.isDirectory(root)) continue;
      try (var files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
      }
    }
    return found;
  }
}
