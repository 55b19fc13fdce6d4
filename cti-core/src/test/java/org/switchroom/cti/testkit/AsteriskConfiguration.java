package org.switchroom.cti.testkit;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The configuration of an Asterisk for tests: one trunk that takes any caller on loopback, another
/// (127.0.0.2) whose callers are none of Switchroom's, and phones with static contacts. The manager
/// user is the kit's, with a secret.
final class AsteriskConfiguration {
  private AsteriskConfiguration() {}

  static void write(
      Path folder,
      String name,
      int amiPort,
      int sipPort,
      int firstPhonePort,
      int phones,
      int httpPort,
      String moreDialplan,
      String moreQueues)
      throws IOException {
    put(
        folder,
        "asterisk.conf",
        """
        [directories]
        astetcdir => /tests/%1$s/etc
        astmoddir => /usr/lib/x86_64-linux-gnu/asterisk/modules
        astvarlibdir => /var/lib/asterisk
        astdbdir => /tests/%1$s/db
        astkeydir => /var/lib/asterisk
        astdatadir => /usr/share/asterisk
        astagidir => /usr/share/asterisk/agi-bin
        astspooldir => /tests/%1$s/spool
        astrundir => /tests/%1$s/run
        astlogdir => /tests/%1$s/log
        [options]
        systemname = %1$s
        """
            .formatted(name));
    put(
        folder,
        "modules.conf",
        """
        [modules]
        autoload=yes
        noload => res_hep.so
        noload => chan_iax2.so
        noload => chan_unistim.so
        noload => chan_ooh323.so
        noload => pbx_dundi.so
        noload => res_phoneprov.so
        """);
    put(
        folder,
        "cdr.conf",
        "[general]\nenable=yes\n[csv]\nusegmtime=yes\nloguserfield=yes\naccountlogs=no\n");
    put(folder, "logger.conf", "[general]\n[logfiles]\nmessages => notice,warning,error\n");
    put(
        folder,
        "manager.conf",
        """
        [general]
        enabled=yes
        port=%d
        bindaddr=127.0.0.1
        #include "manager_switchroom.conf"
        [switchroom](+)
        secret=secret
        [watcher]
        secret=secret
        read=system,call,user,config,dialplan,dtmf,reporting,agi,agent
        write=system,call
        """
            .formatted(amiPort));
    put(
        folder,
        "extensions.conf",
        """
        [general]
        #include "extensions_switchroom.conf"
        [phones]
        exten => 900,1,Answer()
         same => n,Wait(20)
        exten => _10XX,1,Dial(PJSIP/${EXTEN},20)
         same => n,Hangup()
        """
            + moreDialplan);
    put(folder, "queues.conf", "[general]\n#include \"queues_switchroom.conf\"\n" + moreQueues);
    put(
        folder,
        "musiconhold.conf",
        "[default]\nmode=files\ndirectory=/tests/%1$s/moh\n[jazz]\nmode=files\ndirectory=/tests/%1$s/moh\n"
            .formatted(name));
    put(folder, "pjsip_notify.conf", "#include \"pjsip_notify_switchroom.conf\"\n");
    put(folder, "rtp.conf", "[general]\nrtpstart=20000\nrtpend=29999\n" + candidates());
    put(
        folder,
        "http.conf",
        "[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport=%d\n".formatted(httpPort));
    put(
        folder,
        "pjsip.conf",
        pjsip(sipPort, firstPhonePort, phones) + browserPhones() + softPhones());
  }

  /// Browsers reach it where everybody else does: here.
  private static String candidates() throws IOException {
    var lines = new StringBuilder("[ice_host_candidates]\n");
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .filter(address -> !address.isLoopbackAddress())
        .forEach(address -> lines.append("%s => 127.0.0.1\n".formatted(address.getHostAddress())));
    return lines.toString();
  }

  private static String pjsip(int sipPort, int firstPhonePort, int phones) {
    var conf =
        new StringBuilder(
            """
            [global]
            type=global
            endpoint_identifier_order=username,ip,anonymous
            [udp]
            type=transport
            protocol=udp
            bind=127.0.0.1:%d
            [callers]
            type=endpoint
            context=switchroom-in
            disallow=all
            allow=ulaw
            direct_media=no
            [callers]
            type=identify
            endpoint=callers
            match=127.0.0.1
            [others]
            type=endpoint
            context=phones
            disallow=all
            allow=ulaw
            direct_media=no
            [others]
            type=identify
            endpoint=others
            match=127.0.0.2
            [1099]
            type=endpoint
            context=phones
            disallow=all
            allow=ulaw
            aors=1099
            [1099]
            type=aor
            max_contacts=1
            """
                .formatted(sipPort));
    for (int i = 1; i <= phones; i++) {
      conf.append(
          """
          [%1$d]
          type=endpoint
          context=phones
          disallow=all
          allow=ulaw
          direct_media=no
          aors=%1$d
          [%1$d]
          type=aor
          contact=sip:%1$d@127.0.0.1:%2$d
          """
              .formatted(1000 + i, firstPhonePort + i));
    }
    return conf.toString();
  }

  /// 2001 and 2002.
  private static String browserPhones() {
    return """
    #include "pjsip_switchroom.conf"
    [switchroom-browser-auth](+)
    password=%s
    [2001](switchroom-browser)
    aors=2001
    [2001](switchroom-browser-aor)
    [2002](switchroom-browser)
    aors=2002
    [2002](switchroom-browser-aor)
    """
        .formatted(RealAsterisk.BROWSER_PHONES_SECRET);
  }

  /// 3001 and 3002, which register.
  private static String softPhones() {
    var conf = new StringBuilder();
    for (int number : List.of(3001, 3002)) {
      conf.append(
          """
          [%1$d]
          type=endpoint
          context=phones
          disallow=all
          allow=ulaw
          direct_media=no
          auth=%1$d
          aors=%1$d
          [%1$d]
          type=auth
          auth_type=userpass
          username=%1$d
          password=%2$s
          [%1$d]
          type=aor
          max_contacts=1
          """
              .formatted(number, RealAsterisk.SOFT_PHONES_SECRET));
    }
    return conf.toString();
  }

  private static void put(Path folder, String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
