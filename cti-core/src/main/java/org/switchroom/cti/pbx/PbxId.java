package org.switchroom.cti.pbx;

/// Which PBX: ids of calls, legs and phones are unique only on theirs.
public record PbxId(String value) {
  /// The only one, where nothing else is configured.
  public static final PbxId MAIN = new PbxId("main");

  private static final char AT = '@';

  public PbxId {
    if (!value.matches("[a-z0-9-]{1,20}")) {
      throw new IllegalArgumentException(
          "A PBX is named \"%s\"; a name has 1 to 20 of a-z, 0-9 and -.".formatted(value));
    }
  }

  /// The name of something of this PBX, everywhere.
  String named(String plain) {
    return equals(MAIN) ? plain : plain + AT + value;
  }

  /// Whose it is.
  static PbxId of(String named) {
    int at = named.lastIndexOf(AT);
    return at < 0 ? MAIN : new PbxId(named.substring(at + 1));
  }

  /// Its name on its own PBX.
  static String plain(String named) {
    int at = named.lastIndexOf(AT);
    return at < 0 ? named : named.substring(0, at);
  }

  @Override
  public String toString() {
    return value;
  }
}
