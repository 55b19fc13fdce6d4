package org.switchroom.ivr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// One step of a script. Each step that can fail names where the caller goes then.
///
/// Each kind is a record of its own in [org.switchroom.ivr.step].
public interface Step {
  /// How a step looks in a picture.
  enum Family {
    /// The caller does something.
    ASKS,
    /// Something is looked up or worked out.
    LOOKS,
    /// The caller leaves the script.
    ENDS,
    /// The rest.
    SAYS
  }

  /// The word by which a script names it.
  String kind();

  /// Does it.
  ///
  /// @return where it leads
  /// @throws CallerHungUpException which ends the script
  Onward run(Walker walker) throws CallerHungUpException;

  /// Where a caller can go from here: the exit's name, and the step it leads to.
  default SequencedMap<String, String> exits() {
    return new LinkedHashMap<>();
  }

  /// The exits that are only taken by a caller who does something, such as pressing a right key.
  default List<String> byCaller() {
    return List.of();
  }

  /// Whether a script may end here.
  default boolean ends() {
    return exits().isEmpty();
  }

  /// What is said here; none where nothing is.
  default List<Saying> sayings() {
    return List.of();
  }

  /// The variables it reads, by where they stand in the step, beside those in what it says.
  default Map<String, Set<String>> reads() {
    return Map.of();
  }

  /// The variables it gives a value to.
  default Set<String> sets() {
    return Set.of();
  }

  /// Those of them that are never kept.
  default Set<String> secrets() {
    return Set.of();
  }

  /// Where in it a secret may be read, by the names of [#reads]: what goes out of it there is kept
  /// by nobody here.
  default Set<String> discreet() {
    return Set.of();
  }

  /// The scripts it calls.
  default Set<String> calls() {
    return Set.of();
  }

  default Family family() {
    return Family.SAYS;
  }

  /// What stands in its picture where it says nothing.
  default String label() {
    return "";
  }
}
