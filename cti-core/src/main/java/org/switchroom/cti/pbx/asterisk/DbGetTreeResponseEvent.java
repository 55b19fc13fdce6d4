package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;
import org.jspecify.annotations.Nullable;

/// One entry of the PBX's database. Asterisk-Java has no class for it, and makes this one by its
/// name and its setters; null: that header is missing.
public final class DbGetTreeResponseEvent extends ManagerEvent {
  private static final long serialVersionUID = 1L;

  private @Nullable String key;
  private @Nullable String val;

  public DbGetTreeResponseEvent(Object source) {
    super(source);
  }

  public @Nullable String getKey() {
    return key;
  }

  public void setKey(@Nullable String key) {
    this.key = key;
  }

  public @Nullable String getVal() {
    return val;
  }

  public void setVal(@Nullable String val) {
    this.val = val;
  }
}
