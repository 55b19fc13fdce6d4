package org.switchroom.cti.center;

import org.switchroom.acd.ContactId;

/// Which talks of a queue are recorded.
///
/// @param percent of the contacts, chosen by their ids, so that the same are chosen again: by
///   another queue with as large a share, and by whoever decides on a recorded day once more
/// @param onDemand whether agents may begin a recording of the others
/// @param afterNotice whether nobody is recorded who has not heard to the end that they are
public record RecordingPlan(int percent, boolean onDemand, boolean afterNotice) {
  public static final RecordingPlan NEVER = new RecordingPlan(0, false);
  public static final RecordingPlan ALWAYS = new RecordingPlan(100, false);
  public static final RecordingPlan ON_DEMAND = new RecordingPlan(0, true);

  /// Also of callers whom nobody has told.
  public RecordingPlan(int percent, boolean onDemand) {
    this(percent, onDemand, false);
  }

  public RecordingPlan afterNotice(boolean needed) {
    return new RecordingPlan(percent, onDemand, needed);
  }

  /// Whether anything is ever recorded by it.
  public boolean records() {
    return percent > 0 || onDemand;
  }

  /// Whether talks of this contact are, unasked.
  public boolean takes(ContactId contact) {
    if (percent <= 0 || percent >= 100) return percent > 0;
    return Math.floorMod(mixed(contact.value().hashCode()), 100) < percent;
  }

  /// Ids that follow one another are far apart (the end of MurmurHash3, which is public domain).
  private static int mixed(int hash) {
    int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return mixed ^ mixed >>> 16;
  }
}
