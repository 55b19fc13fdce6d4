package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

  private static List<Path> documents() throws IOException {
    try (var files = Files.walk(DOCS)) {
      return Stream.concat(files, Stream.of(Path.of("../README.md"), Path.of("../pbx/README.md")))
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }
}
