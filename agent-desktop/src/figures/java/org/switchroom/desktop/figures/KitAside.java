package org.switchroom.desktop.figures;

import java.io.IOException;
import java.nio.file.Files;
import org.switchroom.cti.testkit.RealAsterisk;

/// The dialplan kit once more on the same Asterisk, under names that no server knows: what happens
/// there is done by nobody but whoever writes it to the manager.
final class KitAside {
  /// Where its callers come.
  static final String DIALED = "7000";

  private static final String DOOR =
      """

      [aside-door]
      exten => s,1,Set(CHANNEL(hangup_handler_push)=aside-ended,s,1)
       same => n,MSet(ASIDE_CAME=${EPOCH},ASIDE_CALL=${UNIQUEID},ASIDE_DNIS=%1$s)
       same => n,Answer()
       same => n,Goto(aside-hold,s,1)
      [switchroom-in](+)
      exten => %1$s,1,Goto(aside-door,s,1)
      """
          .formatted(DIALED);

  /// As `pbx/test-asterisk` has it for the kit: which of all Asterisks is asked by its console.
  private static final String CONSOLE = "AGI(/usr/sbin/asterisk,";

  private static final String ITS_CONSOLE = CONSOLE + "-C,/tests/${SYSTEMNAME}/etc/asterisk.conf,";

  private KitAside() {}

  /// For extensions.conf.
  static String dialplan() throws IOException {
    var kit = RealAsterisk.repository().resolve("pbx/asterisk/extensions_switchroom.conf");
    return "\n" + named(Files.readString(kit)).replace(CONSOLE, ITS_CONSOLE) + DOOR;
  }

  /// The kit's names in a text as they are here. What a phone is told by is the phone's own.
  static String named(String text) {
    return text.replaceAll("switchroom-(?!talk channel)", "aside-")
        .replace("DB(switchroom/", "DB(aside/")
        .replace("SR_", "ASIDE_");
  }
}
