package org.switchroom.cti.pbx.asterisk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.asteriskjava.manager.action.AbstractManagerAction;
import org.jspecify.annotations.Nullable;

/// Any AMI action by its name. Asterisk-Java has no class for about half of them, and it writes
/// values as they are, so a CR or LF in a caller's name would begin an action of the caller's
/// choosing: here every value is stripped.
public final class AmiAction extends AbstractManagerAction {
  private static final long serialVersionUID = 1L;

  /// Longer than any value we send; what is beyond it is cut.
  private static final int LONGEST_VALUE = 1024;

  private final String name;
  private final LinkedHashMap<String, String> attributes = new LinkedHashMap<>();

  public AmiAction(String name) {
    this.name = clean(name);
  }

  public AmiAction with(String key, String value) {
    attributes.put(clean(key), clean(value));
    return this;
  }

  @Override
  public String getAction() {
    return name;
  }

  @Override
  public void setActionId(String actionId) {
    super.setActionId(clean(actionId));
  }

  /// Read by Asterisk-Java when it writes the action.
  public Map<String, String> getAttributes() {
    return attributes;
  }

  /// The channels that it names.
  Stream<String> channels() {
    return Stream.of("Channel", "ExtraChannel").map(attributes::get).filter(Objects::nonNull);
  }

  /// A value that stays on its line.
  ///
  /// @param value null: the library has none
  static String clean(@Nullable String value) {
    if (value == null) return "";
    var kept = new StringBuilder(Math.min(value.length(), LONGEST_VALUE));
    for (int i = 0; i < value.length() && kept.length() < LONGEST_VALUE; i++) {
      char c = value.charAt(i);
      if (!Character.isISOControl(c) && c != '\u2028' && c != '\u2029') kept.append(c);
    }
    return kept.toString();
  }
}
