package org.switchroom.desktop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;

/// One talk on a PBX, and those who have to do with it: each says a tone, and what each of them
/// hears, and sees at the desk, says how it is. It is told in steps: what is asked at a desk, and
/// how everything is afterwards.
public final class TalkScene {
  private static final Duration SOON = Duration.ofSeconds(20);

  /// Who is in it.
  public enum Party {
    CALLER('C'),
    AGENT('A'),
    COLLEAGUE('B'),
    SUPERVISOR('S');

    private final char letter;

    Party(char letter) {
      this.letter = letter;
    }

    private boolean isIn(String letters) {
      return letters.indexOf(letter) >= 0;
    }
  }

  /// @param hears who hears each other, such as `CA`; `S>A`: the agent hears the supervisor
  /// @param views of agent and colleague, as [#view] has them
  private record Step(
      Party who, String type, List<String> fields, String hears, List<String> views) {
    private List<String> about(String contact) {
      var all = new ArrayList<>(fields);
      all.addAll(List.of(isMade() ? "about" : "contact", contact));
      return all;
    }

    /// The agent calls them.
    private boolean isMade() {
      return type.equals("makeCall");
    }

    private boolean hears(Party one, Party other) {
      for (String some : hears.split(" ")) {
        int arrow = some.indexOf('>');
        String heard = arrow < 0 ? some : some.substring(0, arrow);
        String hearing = arrow < 0 ? some : some.substring(arrow + 1);
        if (one.isIn(hearing) && other.isIn(heard)) return true;
      }
      return false;
    }
  }

  private record Voice(SipUser user, int hertz) {}

  private final String title;
  private final Map<Party, Voice> voices = new EnumMap<>(Party.class);

  /// The names of those who have one.
  private final Map<Party, String> agents = new EnumMap<>(Party.class);

  private final List<Step> steps = new ArrayList<>();
  private SipCall call;
  private String from = "";
  private String contact = "";

  public TalkScene(String title) {
    this.title = title;
  }

  /// @param agent whose desk it is; empty: they have none
  public TalkScene with(Party party, String agent, SipUser user, int hertz) {
    voices.put(party, new Voice(user, hertz));
    if (!agent.isEmpty()) agents.put(party, agent);
    return this;
  }

  /// What is asked next, of the caller's contact.
  ///
  /// @param who at whose desk
  /// @param hears who hears each other afterwards, by their letters (B is the colleague), such as
  ///   `CA`; `S>A`: the agent hears the supervisor; all others do not
  /// @param views how the desks of agent and colleague are, as far as it is said
  public TalkScene step(Party who, String ask, String hears, String... views) {
    List<String> words = List.of(ask.split(" "));
    steps.add(
        new Step(who, words.getFirst(), words.subList(1, words.size()), hears, List.of(views)));
    return this;
  }

  public String contact() {
    return contact;
  }

  /// The caller comes, and talks with the agent; or the agent is to call them.
  public void begins(Map<String, DeskClient> desks) {
    DeskClient desk = desks.get(agents.get(Party.AGENT));
    assertThat(desk.askAndWait("goReady").path("ok").asBoolean()).as(title).isTrue();
    if (steps.getFirst().isMade()) return;
    call = voices.get(Party.CALLER).user().call("8001");
    from = call.from();
    desk.awaitState("talking");
    contact = desk.inHand();
  }

  /// Whoever may be asked is there.
  public void colleagueIsReady(Map<String, DeskClient> desks) {
    String colleague = agents.get(Party.COLLEAGUE);
    if (colleague == null) return;
    DeskClient desk = desks.get(colleague);
    assertThat(desk.askAndWait("goReady").path("ok").asBoolean()).as(title).isTrue();
  }

  /// Asks for the next step, and does not wait.
  ///
  /// @param number from 0
  public void asks(int number, Map<String, DeskClient> desks) {
    Step step = steps.get(number);
    String[] fields = step.about(contact).toArray(String[]::new);
    desks.get(agents.get(step.who())).ask(step.type(), fields);
  }

  /// Waits until it is as it is to be after a step: at the desks, and at the phones.
  public void isDone(int number, Map<String, DeskClient> desks) {
    Step step = steps.get(number);
    String so = "%s, %s (%d)".formatted(title, step.type(), number + 1);
    Await.isSo(() -> seen(step, desks).equals(step.views()), SOON);
    assertThat(seen(step, desks)).as(so).isEqualTo(step.views());
    if (step.isMade()) isCalled(step, desks);
    popsAreThere(desks);
    assertThat(call.isOver()).as(so + ": the caller is gone").isFalse();
    try (ExecutorService ears = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<CompletableFuture<Void>>();
      for (Party party : voices.keySet())
        all.add(CompletableFuture.runAsync(() -> hearsRight(party, step, so), ears));
      all.forEach(CompletableFuture::join);
    }
  }

  private void isCalled(Step step, Map<String, DeskClient> desks) {
    call = voices.get(Party.CALLER).user().talk();
    contact = desks.get(agents.get(Party.AGENT)).inHand();
    from = step.fields().getLast();
  }

  private List<String> seen(Step step, Map<String, DeskClient> desks) {
    var views = new ArrayList<String>();
    for (int i = 0; i < step.views().size(); i++)
      views.add(view(agents.get(Party.values()[1 + i]), desks));
    return views;
  }

  /// Whoever has the caller, or is asked about them, has their record on the screen.
  private void popsAreThere(Map<String, DeskClient> desks) {
    for (Party party : List.of(Party.AGENT, Party.COLLEAGUE)) {
      String agent = agents.get(party);
      if (agent == null || view(agent, desks).equals("ready")) continue;
      DeskClient desk = desks.get(agent);
      JsonNode pop = desk.awaitPopOf(desk.inHand());
      assertThat(pop.path("from").asText()).as("%s: the pop of %s", title, agent).isEqualTo(from);
    }
  }

  private void hearsRight(Party one, Step step, String so) {
    var sound = voices.get(one).user().sound();
    try {
      for (Party other : voices.keySet())
        if (other != one && step.hears(one, other)) sound.hears(voices.get(other).hertz());
      for (Party other : voices.keySet())
        if (other != one && !step.hears(one, other)) sound.hearsNoMore(voices.get(other).hertz());
    } catch (IllegalStateException e) {
      throw new AssertionError("%s: %s does not hear what is right".formatted(so, one), e);
    }
  }

  /// What an agent's screen says, in short, such as `consulting: hold asks talking`.
  private static String view(String agent, Map<String, DeskClient> desks) {
    JsonNode own = desks.get(agent).topic("agent:" + agent);
    if (own == null) return "untold";
    synchronized (own) {
      var text = new StringBuilder(own.path("state").asText());
      if (own.path("supervised").isTextual())
        text.append(", supervised by ").append(own.path("supervised").asText());
      for (JsonNode one : own.path("contacts")) {
        text.append(": ").append(one.path("state").asText());
        JsonNode asks = one.path("asks");
        if (asks.isObject()) {
          text.append(" asks ").append(asks.path("progress").asText());
          if (asks.path("withCaller").asBoolean()) text.append(" with caller");
        }
        JsonNode dials = one.path("dials");
        if (dials.isObject()) text.append(' ').append(dials.path("progress").asText());
        if (one.path("consulted").asBoolean()) text.append(" consulted");
        if (one.path("conference").asBoolean()) text.append(" conference");
        JsonNode recording = one.path("recording");
        if (recording.isObject())
          text.append(recording.path("paused").asBoolean() ? " paused" : " recorded");
      }
      return text.toString();
    }
  }

  @Override
  public String toString() {
    return title;
  }

  public void callerHangsUp() {
    call.hangUp();
  }
}
