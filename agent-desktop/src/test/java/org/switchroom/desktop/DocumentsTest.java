package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.center.NotDialed;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.desktop.settings.SettingsLoader;
import picocli.CommandLine;

/// The documents name what is there.
class DocumentsTest {
  private static final Path DOCS = Path.of("../docs");
  private static final String ROOT = "org.switchroom.";

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern PACKAGE =
      Pattern.compile("(acd|ivr|cti|desktop)(\\.[a-z][a-z0-9]*)*");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.switchroom");

  private static List<String> code(String text) {
    return CODE.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /// In the first column of the house's table, each once.
  @Test
  void theArchitectureNamesEveryPackageOnce() throws IOException {
    List<String> named =
        Files.readAllLines(DOCS.resolve("architecture.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .filter(line -> !line.contains("HEARTBEAT"))
            .flatMap(line -> code(line.split("\\|")[1]).stream())
            .toList();
    Set<String> there =
        MAIN.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(ROOT.length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(there);
  }

  @Test
  void whereADocumentNamesAPackageThereIsOne() throws IOException {
    Set<String> there =
        MAIN.stream()
            .map(one -> one.getPackageName().substring(ROOT.length()))
            .collect(Collectors.toSet());
    for (Path document : List.of(DOCS.resolve("architecture.md"), DOCS.resolve("glossary.md"))) {
      assertThat(code(Files.readString(document)))
          .as(document.toString())
          .filteredOn(said -> PACKAGE.matcher(said).matches())
          .allMatch(said -> there.stream().anyMatch(one -> (one + ".").startsWith(said + ".")));
    }
  }

  /// In the last column: by simple name, nested ones and constants behind a dot.
  @Test
  void theGlossaryNamesClassesThatAreThere() throws IOException {
    Set<String> there =
        MAIN.stream().map(JavaClass::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    MAIN.stream()
        .filter(one -> one.getEnclosingClass().isPresent())
        .map(one -> one.getEnclosingClass().get().getSimpleName() + "." + one.getSimpleName())
        .forEach(there::add);
    MAIN.stream()
        .filter(JavaClass::isEnum)
        .flatMap(
            one ->
                one.getEnumConstants().stream()
                    .map(constant -> one.getSimpleName() + "." + constant.name()))
        .forEach(there::add);
    List<String> rows = rows("glossary.md");
    assertThat(rows).hasSizeGreaterThan(50);
    for (String row : rows) {
      String[] columns = row.split("\\|");
      List<String> named = code(columns[columns.length - 1]);
      assertThat(named).as(row).isNotEmpty();
      assertThat(there).as(row).containsAll(named);
    }
  }

  @Test
  void theGlossarySaysEachWordOnce() throws IOException {
    List<String> words =
        rows("glossary.md").stream()
            .flatMap(row -> Stream.of(row.split("\\|")[1].split(",")))
            .map(String::strip)
            .toList();
    assertThat(words).doesNotHaveDuplicates();
  }

  private static List<String> rows(String document) throws IOException {
    return Files.readAllLines(DOCS.resolve(document)).stream()
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| word "))
        .toList();
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    var lost = new ArrayList<String>();
    for (Path document : documents()) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(found -> found.group(1))
          .filter(link -> !link.contains("://"))
          .filter(link -> !Files.exists(document.resolveSibling(link)))
          .forEach(link -> lost.add(document + ": " + link));
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void decisionsAreNumberedThrough() throws IOException {
    try (var files = Files.list(DOCS.resolve("decisions"))) {
      List<Integer> numbers =
          files
              .map(file -> Integer.parseInt(file.getFileName().toString().substring(0, 4)))
              .sorted()
              .toList();
      assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }
  }

  /// Whoever adds one says what it is for.
  @Test
  void theArchitectureNamesEveryHeartbeat() throws Exception {
    var there = new TreeSet<String>();
    for (JavaClass one : MAIN) {
      for (JavaField field : one.getFields()) {
        if (!field.getName().contains("HEARTBEAT")
            || !field.getRawType().isEquivalentTo(Duration.class)) continue;
        Field constant = field.reflect();
        constant.setAccessible(true);
        there.add(
            "| `%s.%s` | %d s |"
                .formatted(
                    one.getSimpleName(),
                    field.getName(),
                    ((Duration) constant.get(null)).toSeconds()));
      }
    }
    assertThat(
            Files.readAllLines(DOCS.resolve("architecture.md")).stream()
                .filter(line -> line.contains("HEARTBEAT"))
                .map(line -> line.replaceFirst("^((\\|[^|]*){2}\\|).*", "$1")))
        .containsExactlyInAnyOrderElementsOf(there)
        .hasSize(4);
  }

  // ── Commands ────────────────────────────────────────────────────────────────────────────────

  private static final Pattern SWITCHROOM =
      Pattern.compile("\\./switchroom ([a-z]+)((?: [^`\\n|&]*)?)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern BENCH = Pattern.compile("agent-desktop/bench ([a-z-]+)");

  @Test
  void commandsInDocumentsAreThere() throws IOException {
    var commands = Main.commandLine().getSubcommands();
    String bench = Files.readString(Path.of("bench"));
    var lost = new ArrayList<String>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      for (MatchResult said : SWITCHROOM.matcher(text).results().toList()) {
        CommandLine command = commands.get(said.group(1));
        if (command == null) {
          lost.add(document + ": " + said.group());
          continue;
        }
        Set<String> options = options(command);
        OPTION
            .matcher(said.group(2))
            .results()
            .map(MatchResult::group)
            .filter(option -> !options.contains(option))
            .forEach(option -> lost.add(document + ": " + said.group(1) + " " + option));
      }
      BENCH
          .matcher(text)
          .results()
          .filter(said -> !bench.contains("\n  " + said.group(1) + ") main="))
          .forEach(said -> lost.add(document + ": " + said.group()));
    }
    assertThat(lost).isEmpty();
  }

  /// Its own, and those of its commands.
  private static Set<String> options(CommandLine command) {
    var options = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
    command.getSubcommands().values().forEach(one -> options.addAll(options(one)));
    return options;
  }

  // ── The example of a configuration ──────────────────────────────────────────────────────────

  private static final Pattern KNOWN_HERE = Pattern.compile("Known are \\[([^]]*)]");

  /// Each of its mappings is given a field that is not known: what is known there is said then.
  @Test
  void theExampleHasEveryKeyOfAConfiguration(@TempDir Path folder) throws Exception {
    String example = Files.readString(DOCS.resolve("switchroom.example.yaml"));
    Path file = folder.resolve("switchroom.yaml");
    Files.writeString(file, withStrangeFields(example));
    Set<String> known =
        SettingsLoader.read(file).faults().stream()
            .flatMap(fault -> KNOWN_HERE.matcher(fault.message()).results())
            .flatMap(said -> Stream.of(said.group(1).split(", ")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(known).contains("default-queue", "wrap-up", "expected-wait", "capacity", "reserve");
    assertThat(known)
        .filteredOn(key -> !Pattern.compile("\\b" + key + "\\b").matcher(example).find())
        .isEmpty();
  }

  /// `{a: 1}` becomes `{strange: 1, a: 1}`, and the first field of a block has one before it.
  private static String withStrangeFields(String yaml) {
    var lines = new ArrayList<String>();
    int before = -1;
    for (String line : yaml.lines().toList()) {
      String bare = line.replaceFirst("(^| )#.*", "");
      if (!bare.isBlank()) {
        int indent = bare.indexOf(bare.strip());
        if (bare.strip().startsWith("- ") && !bare.strip().startsWith("- {")) {
          lines.add(" ".repeat(indent) + "- strange: 1");
          bare = " ".repeat(indent + 2) + bare.strip().substring(2);
        } else if (indent > before && !bare.strip().startsWith("- ")) {
          lines.add(" ".repeat(indent) + "strange: 1");
        }
        before = bare.indexOf(bare.strip());
      }
      lines.add(bare.replaceAll("\\{(?=[a-z0-9])", "{strange: 1, "));
    }
    return String.join("\n", lines);
  }

  // ── Words ───────────────────────────────────────────────────────────────────────────────────

  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?:new (?:Refusal|Faulty)\\(|refuse\\(\\s*request,\\s*\\w+,)\\s*\"([a-z-]+)\"");

  @Test
  void whatTheAuditKeepsHasItsWordsInThreeLanguages() throws IOException {
    String words = Files.readString(Path.of("src/main/web/src/shared/words.ts"));
    assertThat(Deed.values())
        .extracting(Deed::word)
        .filteredOn(deed -> words.split("'deed-" + deed + "':", -1).length != 4)
        .isEmpty();
  }

  @Test
  void whatScriptsKnowOfACustomerIsSaid() throws IOException {
    String row =
        Files.readAllLines(DOCS.resolve("ivr.md")).stream()
            .filter(line -> line.startsWith("| `customer` |"))
            .findFirst()
            .orElseThrow();
    assertThat(code(row))
        .containsAll(
            Stream.of(Customer.class.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  @Test
  void everyRefusalHasItsWordsInThreeLanguages() throws IOException {
    var codes = new TreeSet<String>();
    for (Path root : List.of(Path.of("src/main/java"), Path.of("../cti-core/src/main/java"))) {
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          REFUSAL
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1))
              .forEach(codes::add);
        }
      }
    }
    // The rest of it is why.
    codes.remove("dial-");
    for (NotDialed why : NotDialed.values()) {
      codes.add(Refusal.notDialed(why.code(), why.message()).code());
    }
    assertThat(codes).contains("no-call", "overloaded", "wrong", "host", "script-has-faults");
    String words = Files.readString(Path.of("src/main/web/src/shared/words.ts"));
    assertThat(codes)
        .filteredOn(code -> words.split("'refused-" + code + "':", -1).length != 4)
        .isEmpty();
  }

  private static List<Path> documents() throws IOException {
    try (var files = Files.walk(DOCS);
        var root = Files.list(Path.of(".."))) {
      return Stream.of(files, root, Stream.of(Path.of("../pbx/README.md")))
          .flatMap(some -> some)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }
}
