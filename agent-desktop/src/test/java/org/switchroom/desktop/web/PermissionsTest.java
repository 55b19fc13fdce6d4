package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.Input.ScreenCommand;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.BlockList;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.history.RefusedTurns;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.cti.ivr.ScriptStore;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.settings.User.Role;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.MemoryLogIns;
import org.switchroom.ivr.yaml.FaultsException;

/// Who may do what: the table of `docs/security.md` is what the code says, and each of its cells is
/// what the server does.
class PermissionsTest {
  private static final Path DOCUMENT = Path.of("../docs/security.md");
  private static final String BEGIN = "<!-- permissions: written by PermissionsTest -->\n";
  private static final String END = "<!-- end of permissions -->\n";

  private static final String YES = "yes";
  private static final String OWN = "own";
  private static final String NO = "";

  private final Desks desks = Desks.open(new Settings.Web("127.0.0.1", 0), ServerKey.random());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DeskHub hub = desks.hub();
  @TempDir Path folder;
  private TestEngine engine;
  private WebServer web;

  @BeforeEach
  void open() throws Exception {
    engine = new TestEngine(folder, 1, new RecordedScreens(), new NoCustomers());
    var library = mock(ScriptLibrary.class);
    when(library.take(any(), any(), any())).thenThrow(new FaultsException(List.of()));
    var parts =
        new WebParts(
            library,
            mock(ScriptStore.class),
            mock(BackOffice.class),
            mock(CustomerStore.class),
            new MemoryLogIns(),
            mock(AuditTrail.class),
            mock(RefusedTurns.class),
            mock(BlockList.class),
            new Numbers("TW"),
            Optional.empty());
    var options = new WebServer.Options("Test", List.of());
    List<User> users = Stream.of(Role.values()).map(PermissionsTest::user).toList();
    web = new WebServer(desks, options, users, engine.loop(), parts, Instant::now, (_, _) -> true);
    web.start();
  }

  private static User user(Role role) {
    return new User(
        role.word(),
        role.word(),
        "hash",
        EnumSet.of(role),
        Optional.of("PJSIP/1001"),
        new Skills(Map.of()));
  }

  @AfterEach
  void close() {
    web.close();
    engine.close();
    desks.close();
  }

  // ── What the code says ──────────────────────────────────────────────────────────────────────

  private static String cell(Routes.Access access, Optional<Role> role) {
    return switch (access) {
      case Routes.Access.Anybody() -> YES;
      case Routes.Access.LoggedIn() -> role.isPresent() ? YES : NO;
      case Routes.Access.With(var permission) -> may(role, permission);
      case Routes.Access.OwnOr(var permission) ->
          role.isEmpty() ? NO : may(role, permission).equals(YES) ? YES : OWN;
    };
  }

  private static String may(Optional<Role> role, Permission permission) {
    return role.filter(one -> one.may(permission)).isPresent() ? YES : NO;
  }

  private static String cell(Topics.Audience audience, Optional<Role> role) {
    boolean serves = role.filter(one -> one.may(Permission.SERVE)).isPresent();
    boolean watches = role.filter(one -> one.may(Permission.WATCH)).isPresent();
    return switch (audience) {
      case EVERYBODY -> role.isPresent() ? YES : NO;
      case ITS_AGENT -> serves ? OWN : NO;
      case ITS_AGENT_AND_WATCHERS -> watches ? YES : serves ? OWN : NO;
      case WATCHERS -> watches ? YES : NO;
      case NOBODY -> NO;
    };
  }

  private static List<Class<? extends ScreenCommand>> commands() {
    return Sealed.records(ScreenCommand.class)
        .<Class<? extends ScreenCommand>>map(one -> one.asSubclass(ScreenCommand.class))
        .toList();
  }

  private static Stream<Optional<Role>> everybody() {
    return Stream.concat(Stream.of(Optional.empty()), Stream.of(Role.values()).map(Optional::of));
  }

  private Map<String, Function<Optional<Role>, String>> rows() {
    var rows = new LinkedHashMap<String, Function<Optional<Role>, String>>();
    for (Routes.Entry route : web.entries()) {
      rows.put(
          "`%s %s`".formatted(route.method(), route.path()), role -> cell(route.access(), role));
    }
    for (var command : commands()) {
      rows.put(
          "message `%s`".formatted(Json.type(command)),
          role -> may(role, DeskCommands.permission(command)));
    }
    for (Topics.Topic<?> topic : Topics.ALL) {
      rows.put("topic `%s`".formatted(topic.name()), role -> cell(topic.audience(), role));
    }
    return rows;
  }

  private String table() {
    var table = new StringBuilder("| | nobody |");
    for (Role role : Role.values()) table.append(' ').append(role.word()).append(" |");
    table.append("\n|---|").append("---|".repeat(Role.values().length + 1)).append('\n');
    rows()
        .forEach(
            (what, cells) ->
                table
                    .append("| ")
                    .append(what)
                    .append(" | ")
                    .append(everybody().map(cells).collect(Collectors.joining(" | ")))
                    .append(" |\n"));
    return table.toString();
  }

  @Test
  void theTableIsWhatTheCodeSays() throws Exception {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    assertThat(begin).as("where the table begins").isNotNegative();
    String written = document.substring(begin + BEGIN.length(), end);
    assertThat(written)
        .as("docs/security.md has another table: put this between its two marks")
        .isEqualTo(table());
  }

  // ── What the server does ────────────────────────────────────────────────────────────────────

  private String session(Role role) throws Exception {
    String body = "{\"name\":\"%s\",\"password\":\"any\"}".formatted(role.word());
    var request = request("/api/login").POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return DeskClient.session(http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  /// What a cell says that is answered in this way.
  private static String seen(HttpResponse<String> answer) {
    JsonNode body = Json.parse(answer.body()).orElse(Json.object());
    String code = body.path("code").asText();
    return switch (answer.statusCode()) {
      case 401 -> code.equals("not-logged-in") ? NO : "answered";
      case 403 -> NO;
      default -> "answered";
    };
  }

  @Test
  void eachRouteIsTakenByThoseWhoMay() throws Exception {
    for (Routes.Entry route : web.entries()) {
      if (route.path().equals("/api/desk")) continue;
      for (Optional<Role> role : everybody().toList()) {
        for (String body : List.of("{}", "")) isTaken(route, role, body);
      }
    }
  }

  private void isTaken(Routes.Entry route, Optional<Role> role, String body) throws Exception {
    String path = route.path().replaceAll(":\\w+", "1");
    var request =
        request(path).method(route.method().name(), HttpRequest.BodyPublishers.ofString(body));
    if (role.isPresent()) request.header("Cookie", session(role.get()));
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String expected = cell(route.access(), role).equals(YES) ? "answered" : NO;
    assertThat(seen(answer))
        .as("%s of %s: %d %s", route, role, answer.statusCode(), answer.body())
        .isEqualTo(expected);
    assertThat(answer.statusCode()).as("%s: %s", route, answer.body()).isLessThan(500);
  }

  @Test
  void eachMessageIsTakenOfThoseWhoMay() throws Exception {
    for (Role role : Role.values()) {
      try (var desk = DeskClient.logIn(web.port(), role.word(), "any")) {
        for (var command : commands()) {
          String code =
              desk.request(Json.type(command), Map.of("contact", "none")).path("code").asText();
          assertThat(code.equals("not-allowed") ? NO : YES)
              .as("%s of %s: %s", command, role, code)
              .isEqualTo(may(Optional.of(role), DeskCommands.permission(command)));
        }
      }
    }
  }

  /// Another's, and one's own.
  private static List<String> topics(Topics.Topic<?> kind, Role role) {
    return kind.name().endsWith(":")
        ? List.of(kind.of("another"), kind.of(role.word()))
        : List.of(kind.name());
  }

  @Test
  void eachTopicIsShownToThoseWhoMay() {
    for (Role role : Role.values()) {
      var shown = new LinkedHashSet<String>();
      for (Topics.Topic<?> kind : Topics.ALL) shown.addAll(topics(kind, role));
      hub.loop()
          .runOnContext(
              _ -> shown.forEach(topic -> hub.topics().put(topic, Json.object().put("x", 1))));
      try (var desk = DeskClient.logIn(web.port(), role.word(), "any")) {
        desk.await(m -> m.path("topics").has("pbx"));
        Set<String> seen = desk.topics().keySet();
        for (Topics.Topic<?> kind : Topics.ALL) {
          List<String> names = topics(kind, role);
          String cell = cell(kind.audience(), Optional.of(role));
          var expected = new ArrayList<>(names);
          if (cell.equals(NO)) expected.clear();
          if (cell.equals(OWN)) expected.removeFirst();
          // Who serves nobody has no topic of their own.
          boolean serves = role.may(Permission.SERVE);
          assertThat(names.stream().filter(seen::contains).filter(n -> serves || !own(n, role)))
              .as("%s of %s", kind.name(), role)
              .isEqualTo(expected.stream().filter(n -> serves || !own(n, role)).toList());
        }
      }
    }
  }

  private static boolean own(String topic, Role role) {
    return Topics.owner(topic).equals(role.word());
  }
}
