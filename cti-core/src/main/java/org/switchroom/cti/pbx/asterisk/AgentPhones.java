package org.switchroom.cti.pbx.asterisk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.DeviceStateChangeEvent;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;

/// Whether agents' phones could ring, by two devices of Asterisk for each: the phone itself, and
/// the one by which it says that its agent does not want to be disturbed.
///
/// The second is `Custom:DND1001` for `PJSIP/1001`, as FreePBX has it: it stands beside the phone
/// in its hint, and the feature codes `*76` or `*78` set it. Whatever lights a lamp means that it
/// is on.
///
/// Asterisk finds out what a device does after its channels have changed, some milliseconds later.
/// So a phone that was free before its first channel is so when its last is over, and one that
/// rings on its only channel is in no other call, whatever the device said last.
final class AgentPhones {
  private static final String DO_NOT_DISTURB = "Custom:DND";

  private final PbxId pbx;
  private final Consumer<PbxEvent> facts;

  /// In the order in which they are asked for.
  private volatile Set<String> watched = Set.of();

  /// Phones by the device that says whether their agent wants to be disturbed: mostly one each.
  private volatile Map<String, List<String>> quietBy = Map.of();

  /// Devices that have told a state since the last list ended.
  private final Set<String> listed = ConcurrentHashMap.newKeySet();

  /// Written on the event thread.
  private final Map<String, Told> heard = new ConcurrentHashMap<>();

  private final PhoneChannels channels = new PhoneChannels();

  /// Phones with channels that were free before the first of them. Written on the event thread.
  private final Set<String> wereFree = ConcurrentHashMap.newKeySet();

  /// Phones whose last channel is over, and whose device has said nothing since.
  private final Set<String> takenForFree = ConcurrentHashMap.newKeySet();

  /// @param state of the phone itself; empty: not told yet
  private record Told(Optional<PhoneState> state, boolean quiet) {
    static final Told NOTHING = new Told(Optional.empty(), false);

    /// A phone that rings or is in use says that first.
    Optional<PhoneState> both() {
      return quiet && isFree() ? Optional.of(PhoneState.DO_NOT_DISTURB) : state;
    }

    boolean isFree() {
      return state.filter(PhoneState.AVAILABLE::equals).isPresent();
    }

    boolean isWithCalls() {
      return state.stream()
          .anyMatch(
              is ->
                  switch (is) {
                    case RINGING, RINGING_IN_USE, IN_USE -> true;
                    case AVAILABLE, DO_NOT_DISTURB, UNREACHABLE, UNKNOWN -> false;
                  });
    }
  }

  AgentPhones(PbxId pbx, Consumer<PbxEvent> facts) {
    this.pbx = pbx;
    this.facts = facts;
  }

  /// These, and no others, from now on.
  ///
  /// @return those that were not watched before
  List<String> watch(Collection<String> phones) {
    Set<String> before = watched;
    watched = new LinkedHashSet<>(phones);
    var quiet = new HashMap<String, List<String>>();
    for (String phone : watched) {
      doNotDisturb(phone)
          .ifPresent(device -> quiet.computeIfAbsent(device, _ -> new ArrayList<>()).add(phone));
    }
    quietBy = quiet;
    heard.keySet().retainAll(watched);
    // Channels that come while nobody watches are not known.
    wereFree.retainAll(watched);
    return watched.stream().filter(phone -> !before.contains(phone)).toList();
  }

  Set<String> watched() {
    return watched;
  }

  /// What was told on another connection is nothing to this one.
  void begin() {
    listed.clear();
    channels.clear();
    wereFree.clear();
    takenForFree.clear();
    heard.replaceAll((_, before) -> new Told(Optional.empty(), before.quiet()));
  }

  /// A channel is there, maybe of a phone.
  ///
  /// @param name such as `PJSIP/1001-0000002a`
  void appears(Instant at, @Nullable String channel, @Nullable String name) {
    String phone = Talks.device(name);
    if (channel == null || !has(phone)) return;
    if (channels.appears(channel, phone) && before(phone).isFree()) {
      wereFree.add(phone);
      // From one call to the next in such haste its device says nothing: it is in use as before.
      if (takenForFree.remove(phone) && !LegId.isOurs(channel)) isIn(at, phone, PhoneState.IN_USE);
    }
  }

  /// A channel is over.
  void over(Instant at, @Nullable String channel) {
    if (channel == null) return;
    channels
        .over(channel)
        .filter(phone -> wereFree.remove(phone) && before(phone).isWithCalls())
        .ifPresent(
            phone -> {
              takenForFree.add(phone);
              isIn(at, phone, PhoneState.AVAILABLE);
            });
  }

  /// All devices that have a state have told it. Of one that has said nothing since the list before
  /// its agent may be disturbed.
  ///
  /// @return phones that have said nothing, which have to be asked for
  List<String> listEnds(Instant at) {
    for (String phone : watched) {
      boolean told = doNotDisturb(phone).filter(listed::contains).isPresent();
      if (told || !before(phone).quiet()) continue;
      quiet(phone, "");
      tell(at, phone);
    }
    List<String> silent = watched.stream().filter(phone -> !listed.contains(phone)).toList();
    listed.clear();
    return silent;
  }

  boolean has(String phone) {
    return watched.contains(phone);
  }

  /// The device that says whether its agent wants to be disturbed; empty: the phone is no
  /// extension.
  static Optional<String> doNotDisturb(String phone) {
    String extension = phone.substring(phone.indexOf('/') + 1);
    boolean plain = phone.indexOf('/') > 0 && extension.matches("[A-Za-z0-9_.-]+");
    return plain ? Optional.of(DO_NOT_DISTURB + extension) : Optional.empty();
  }

  /// A device has changed: one of Asterisk's, of which most are none of ours.
  void changed(Instant at, DeviceStateChangeEvent e) {
    String device = e.getDevice();
    if (device == null) return;
    List<String> phones = quietBy.getOrDefault(device, List.of());
    if (phones.isEmpty() && !has(device)) return;
    // The library makes nothing of the word, and there is always one.
    String state = e.getState() == null ? "UNKNOWN" : e.getState();
    listed.add(device);
    for (String phone : phones) {
      quiet(phone, state);
      tell(at, phone);
    }
    if (has(device)) isIn(at, device, state);
  }

  /// What a phone's device says, in Asterisk's words.
  ///
  /// @param state null: nothing, or what the library takes for nothing
  void isIn(Instant at, String phone, @Nullable String state) {
    takenForFree.remove(phone);
    PhoneState is = phoneState(state);
    boolean late = is == PhoneState.RINGING_IN_USE && channels.count(phone) == 1;
    isIn(at, phone, late ? PhoneState.RINGING : is);
  }

  private void isIn(Instant at, String phone, PhoneState state) {
    change(phone, new Told(Optional.of(state), before(phone).quiet()));
    tell(at, phone);
  }

  /// What the device says by which a phone does not want to be disturbed. It is told with the
  /// phone's own state, which is asked for next.
  void quiet(String phone, @Nullable String state) {
    change(phone, new Told(before(phone).state(), isLit(state)));
  }

  private Told before(String phone) {
    return heard.getOrDefault(phone, Told.NOTHING);
  }

  private void change(String phone, Told now) {
    if (has(phone)) heard.put(phone, now);
  }

  private void tell(Instant at, String phone) {
    before(phone)
        .both()
        .ifPresent(state -> facts.accept(new PbxEvent.PhoneChanged(at, pbx, phone, state)));
  }

  /// `BUSY` by FreePBX, `INUSE` by dialplans that want a lamp and nothing else.
  static boolean isLit(@Nullable String state) {
    return switch (upper(state)) {
      case "", "NOT_INUSE", "UNKNOWN", "INVALID", "UNAVAILABLE" -> false;
      default -> true;
    };
  }

  static PhoneState phoneState(@Nullable String asterisk) {
    return switch (upper(asterisk)) {
      // Asterisk itself rings a device of which it knows no state.
      case "NOT_INUSE", "UNKNOWN" -> PhoneState.AVAILABLE;
      case "RINGING" -> PhoneState.RINGING;
      case "RINGINUSE" -> PhoneState.RINGING_IN_USE;
      case "INUSE", "BUSY", "ONHOLD" -> PhoneState.IN_USE;
      case "UNAVAILABLE" -> PhoneState.UNREACHABLE;
      default -> PhoneState.UNKNOWN;
    };
  }

  private static String upper(@Nullable String state) {
    return state == null ? "" : state.toUpperCase(Locale.ROOT);
  }
}
