package org.switchroom.cti.pbx;

/// Which PBX: ids of calls, legs and phones are unique only on theirs.
public record PbxId(String value) {
  /// The only one, where nothing else is configured.
  public static final PbxId MAIN = new PbxId("main");

  private static final char AT = '@';

  /// Other than in a PBX's own names: what ids of ours are put together with.
  private static final String PUT_TOGETHER_WITH = "@~%";

  public PbxId {
    if (!value.matches("[a-z0-9-]{1,20}")) {
      throw new IllegalArgumentException(
          "A PBX is named \"%s\"; a name has 1 to 20 of a-z, 0-9 and -.".formatted(value));
    }
  }

  /// The name of something of this PBX, everywhere. Whatever a PBX or a stranger calls it, it is
  /// told apart from every other.
  String named(String plain) {
    return equals(MAIN) ? escaped(plain) : escaped(plain) + AT + value;
  }

  private static String escaped(String plain) {
    if (plain.chars().noneMatch(one -> PUT_TOGETHER_WITH.indexOf(one) >= 0)) return plain;
    return plain.replace("%", "%25").replace("@", "%40").replace("~", "%7E");
  }

  /// Whose it is.
  static PbxId of(String named) {
    int at = named.lastIndexOf(AT);
    return at < 0 ? MAIN : new PbxId(named.substring(at + 1));
  }

  /// Its name on its own PBX.
  static String plain(String named) {
    int at = named.lastIndexOf(AT);
    String plain = at < 0 ? named : named.substring(0, at);
    if (plain.indexOf('%') < 0) return plain;
    return plain.replace("%7E", "~").replace("%40", "@").replace("%25", "%");
  }

  @Override
  public String toString() {
    return value;
  }
}
