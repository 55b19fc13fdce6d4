package org.switchroom.cti.event;

/// Names one command of one screen, so that it is done once however often it comes.
///
/// @param session of the screen; each numbers its commands upwards from 1
public record CommandId(String session, long number) {
  @Override
  public String toString() {
    return session + "#" + number;
  }
}
