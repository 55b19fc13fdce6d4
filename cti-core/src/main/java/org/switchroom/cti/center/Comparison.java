package org.switchroom.cti.center;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.TalkRecording;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PbxId;

/// What a PBX holds beside what we believe. Its list and its events cross each other on the line,
/// so a difference counts when the next list has it too.
final class Comparison {
  /// Something that is not as we believe.
  sealed interface Difference {
    /// What the turn that takes it up is about.
    String subject();

    String text();
  }

  /// A call that we believe in, and the PBX does not have.
  record Gone(CallId call) implements Difference {
    @Override
    public String subject() {
      return Subjects.call(call);
    }

    @Override
    public String text() {
      return call + " is over";
    }
  }

  /// A call that is somewhere else, or with somebody else, or of which we do not know.
  record Otherwise(CallId call, String how) implements Difference {
    @Override
    public String subject() {
      return Subjects.call(call);
    }

    @Override
    public String text() {
      return call + " " + how;
    }
  }

  /// A leg whose caller is gone.
  record Alone(LegId leg) implements Difference {
    @Override
    public String subject() {
      return Subjects.leg(leg);
    }

    @Override
    public String text() {
      return leg + " has no caller";
    }
  }

  /// Those of the last list, by PBX.
  private final Map<PbxId, Set<Difference>> before = new HashMap<>();

  /// Those that were confirmed, until they are no more: each is taken up once.
  private final Map<PbxId, Set<Difference>> takenUp = new HashMap<>();

  /// All of it was just taken.
  void begin(PbxId pbx) {
    before.remove(pbx);
    takenUp.remove(pbx);
  }

  /// What this list has and the last one had, and nobody has taken up yet.
  Set<Difference> confirmed(PbxEvent.Compared list, State state) {
    Set<Difference> now =
        Stream.of(gone(list, state), otherwise(list, state), list.alone().stream().map(Alone::new))
            .flatMap(all -> all)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<Difference> known = takenUp.computeIfAbsent(list.pbx(), _ -> new LinkedHashSet<>());
    known.retainAll(now);
    Set<Difference> last = Optional.ofNullable(before.put(list.pbx(), now)).orElse(Set.of());
    var confirmed = new LinkedHashSet<Difference>(now);
    confirmed.retainAll(last);
    confirmed.removeAll(known);
    known.addAll(confirmed);
    return confirmed;
  }

  private static Stream<Difference> gone(PbxEvent.Compared list, State state) {
    Set<CallId> alive = list.calls().stream().map(LiveCall::call).collect(Collectors.toSet());
    return state.calls().stream()
        .map(Call::id)
        .filter(id -> id.pbx().equals(list.pbx()))
        .filter(Predicate.not(alive::contains))
        .map(Gone::new);
  }

  private static Stream<Difference> otherwise(PbxEvent.Compared list, State state) {
    return list.calls().stream()
        .flatMap(
            live ->
                state
                    .call(live.call())
                    .map(call -> otherwise(call, live, list.legs(), state))
                    .orElseGet(() -> unknown(live, state)));
  }

  private static Stream<Difference> unknown(LiveCall live, State state) {
    if (state.isOver(live.call()) && !OwnCalls.isOwn(live.call())) return Stream.empty();
    return Stream.of(new Otherwise(live.call(), "lives, and nobody has told of it"));
  }

  private static Stream<Difference> otherwise(
      Call call, LiveCall live, Set<LegId> legs, State state) {
    boolean lostTransfer =
        TakeOverRules.isBack(live, state)
            || state
                .contact(call.contact())
                .filter(
                    one -> TransferRules.isLost(call, one, live) || ConsultRules.isLost(one, live))
                .isPresent();
    Stream<Difference> place =
        (isThere(call, live) || prompts(call, live, state))
                && !lostTransfer
                && !isForgotten(call, live, state)
            ? Stream.empty()
            : Stream.of(
                new Otherwise(
                    call.id(),
                    "is %s, and was believed %s"
                        .formatted(live.place(), call.state().getClass().getSimpleName())));
    Stream<Difference> lost =
        Stream.concat(
                state.contact(call.contact()).stream().flatMap(Comparison::legsOf),
                call.supervisors().stream().flatMap(party -> party.leg().stream()))
            .filter(Predicate.not(legs::contains))
            .map(leg -> new Otherwise(call.id(), "has no leg " + leg));
    return Stream.of(place, lost, recording(call, live), conference(call, live))
        .flatMap(all -> all);
  }

  private static Stream<Difference> conference(Call call, LiveCall live) {
    boolean talks = call.state() instanceof CallState.Talking && live.place() == Place.TALKING;
    boolean asked = call.consultation().isPresent();
    if (!talks || !asked || call.isConference() == live.conference().isPresent()) {
      return Stream.empty();
    }
    return Stream.of(
        new Otherwise(
            call.id(), call.isConference() ? "is no conference any more" : "is a conference"));
  }

  private static Stream<Difference> recording(Call call, LiveCall live) {
    return call.recorded().map(TalkRecording::id).equals(live.recording())
        ? Stream.empty()
        : Stream.of(
            new Otherwise(
                call.id(),
                live.recording()
                    .map(one -> "is recorded as " + one)
                    .orElse("is not recorded any more")));
  }

  private static Stream<LegId> legsOf(Contact contact) {
    Stream<LegId> offered = contact.offers().stream().flatMap(offer -> offer.leg().stream());
    // The phone of who calls somebody is not rung before the PBX has made the call.
    boolean rung =
        contact.outbound().filter(one -> one.progress() == DialProgress.INITIATED).isEmpty();
    return rung && contact.state() instanceof ContactState.Handling talk
        ? Stream.concat(offered, talk.leg().stream())
        : offered;
  }

  private static boolean isForgotten(Call call, LiveCall live, State state) {
    return live.place() == Place.DIALING
        && state
            .contact(call.contact())
            .filter(contact -> OwnCalls.isForgotten(call, contact, state))
            .isPresent();
  }

  /// Whether they wait for the agent who calls them.
  private static boolean prompts(Call call, LiveCall live, State state) {
    return (live.place() == Place.QUEUED || live.place() == Place.ELSEWHERE)
        && state.contact(call.contact()).filter(Contact::isPrompting).isPresent();
  }

  /// Whether a caller whom we believe so may be at this place.
  private static boolean isThere(Call call, LiveCall live) {
    Place place = live.place();
    // Such as a phone of nobody's, to which somebody has transferred them.
    boolean withAStranger = place == Place.TALKING && live.agent().isEmpty();
    boolean held = place == Place.QUEUED || place == Place.FALLBACK;
    return switch (call.state()) {
      case CallState.InScript _ ->
          place == Place.IN_SCRIPT
              || place == Place.ELSEWHERE
              || withAStranger
              || place == Place.DIALING && OwnCalls.isOwn(call.id());
      case CallState.Queued _ -> held;
      case CallState.Talking _ -> place == Place.TALKING;
      case CallState.Held on -> place == (on.onPhone() ? Place.TALKING : Place.HELD);
      case CallState.Away _ -> !held;
      case CallState.Released _ -> !held && place != Place.HELD;
      case CallState.Ended _ -> true;
    };
  }
}
