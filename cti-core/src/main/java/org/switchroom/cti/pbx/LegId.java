package org.switchroom.cti.pbx;

/// An agent's leg: the channel id that we give it when we ring the phone.
public record LegId(String value) {
  private static final String PREFIX = "switchroom-";

  public static LegId ofOffer(long offer) {
    return new LegId(PREFIX + offer);
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
