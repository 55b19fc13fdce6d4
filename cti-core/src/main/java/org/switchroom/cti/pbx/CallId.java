package org.switchroom.cti.pbx;

/// A caller's call: the PBX's own unique id of the caller's channel, and which PBX it is.
///
/// @param value the channel's id, its `@`, `~` and `%` as in an address (`%40`); `id@pbx` on a PBX
///   that is not [PbxId#MAIN]
public record CallId(String value) {
  public CallId {
    if (value == null || value.isBlank())
      throw new IllegalArgumentException("A call's id is empty.");
  }

  public static CallId of(PbxId pbx, String channel) {
    return new CallId(pbx.named(channel));
  }

  public PbxId pbx() {
    return PbxId.of(value);
  }

  /// As the PBX itself calls it.
  public String channel() {
    return PbxId.plain(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
