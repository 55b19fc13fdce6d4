package org.switchroom.cti.pbx.asterisk;

import org.asteriskjava.manager.event.ManagerEvent;

/// One entry of the PBX's database. Asterisk-Java has no class for it, and makes this one by its
/// name and its setters.
public final class DbGetTreeResponseEvent extends ManagerEvent {
  private static final long serialVersionUID = 1L;

  private String key;
  private String val;

  public DbGetTreeResponseEvent(Object source) {
    super(source);
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public String getVal() {
    return val;
  }

  public void setVal(String val) {
    this.val = val;
  }
}
