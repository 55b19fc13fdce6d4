package org.switchroom.cti.center;

import java.util.List;
import java.util.Optional;

/// How numbers outside are reached, and which may be: whatever a caller keys in, nothing else is
/// ever dialed.
///
/// @param through as the PBX dials it, with `{number}`: `PJSIP/{number}@trunk`; empty: not at all
/// @param prefixes numbers begin with one of these, such as `+8862`
public record Dialing(String through, List<String> prefixes) {
  public static final Dialing NOWHERE = new Dialing("", List.of());

  private static final int LONGEST = 20;

  public Dialing {
    prefixes = List.copyOf(prefixes);
  }

  /// What the PBX shall dial; empty: this number may not be dialed.
  public Optional<String> dial(String number) {
    String plain = number.replaceAll("[\\s().-]", "");
    boolean may =
        !through.isEmpty()
            && plain.length() <= LONGEST
            && plain.matches("\\+?[0-9*#]+")
            && prefixes.stream().anyMatch(plain::startsWith);
    return may ? Optional.of(through.replace("{number}", plain)) : Optional.empty();
  }
}
