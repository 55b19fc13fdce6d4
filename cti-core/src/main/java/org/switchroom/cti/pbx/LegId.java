package org.switchroom.cti.pbx;

/// An agent's or a supervisor's leg: the channel id that we give it when we ring the phone, and
/// which PBX it is on.
public record LegId(String value) {
  private static final String PREFIX = "switchroom-";

  /// @param offer rises from run to run, so that no leg of an earlier one is ever met
  public static LegId ofOffer(PbxId pbx, long offer) {
    return new LegId(pbx.named(PREFIX + offer));
  }

  public static LegId ofOffer(long offer) {
    return ofOffer(PbxId.MAIN, offer);
  }

  /// To a supervisor.
  ///
  /// @param number never used twice
  public static LegId ofSupervisor(PbxId pbx, long number) {
    return new LegId(pbx.named(PREFIX + "supervisor-" + number));
  }

  /// To an agent who calls somebody.
  ///
  /// @param call never used twice
  public static LegId ofMade(PbxId pbx, String call) {
    return new LegId(pbx.named(PREFIX + call));
  }

  public static LegId of(PbxId pbx, String channel) {
    return new LegId(pbx.named(channel));
  }

  public PbxId pbx() {
    return PbxId.of(value);
  }

  /// As the PBX itself calls it.
  public String channel() {
    return PbxId.plain(value);
  }

  /// Whether a channel with this id was made by us.
  public static boolean isOurs(String channelId) {
    return channelId != null && channelId.startsWith(PREFIX);
  }

  /// Offers are numbered upwards.
  public boolean isAfter(LegId other) {
    int longer = value.length() - other.value.length();
    return longer != 0 ? longer > 0 : value.compareTo(other.value) > 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
