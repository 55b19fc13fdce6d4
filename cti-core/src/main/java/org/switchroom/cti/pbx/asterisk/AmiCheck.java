package org.switchroom.cti.pbx.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.event.FullyBootedEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.event.VarSetEvent;
import org.asteriskjava.manager.response.ManagerResponse;

/// Tries an Asterisk: can we log in, may we do and hear what we need, is the dialplan kit there,
/// does it know the agents' phones?
public final class AmiCheck {
  /// What was found.
  ///
  /// @param what is looked at, in a word
  /// @param text what is so; for a fault also what to do about it
  public record Finding(boolean good, String what, String text) {}

  private static final List<String> ACTIONS =
      List.of("Originate", "Hangup", "Redirect", "Setvar", "Getvar", "Status");

  /// A phone that surely does not exist: ringing it fails at once, and says whether we would hear.
  private static final String NO_PHONE = "PJSIP/switchroom-check-no-such-phone";

  private static final long PATIENCE_SECONDS = 3;
  private static final long MOST_SECONDS_APART = 2;

  private final AmiSettings settings;
  private final List<String> phones;
  private final List<Finding> findings = new ArrayList<>();
  private final CountDownLatch heardSystem = new CountDownLatch(1);
  private final CountDownLatch heardDialplan = new CountDownLatch(1);
  private final CountDownLatch heardCalls = new CountDownLatch(1);
  private AmiConnection connection;

  private AmiCheck(AmiSettings settings, List<String> phones) {
    this.settings = settings;
    this.phones = phones;
  }

  public static List<Finding> run(AmiSettings settings, List<String> phones) {
    var check = new AmiCheck(settings, phones);
    check.connection = new AmiConnection(settings, check::heard, () -> {}, _ -> {});
    try {
      check.connection.login("on");
      check.good(
          "manager",
          "logged in as %s; Asterisk is %s".formatted(settings, check.connection.getVersion()));
      check.checkRights();
      check.checkClock();
      check.checkKit();
      for (String phone : phones) check.checkPhone(phone);
    } catch (AuthenticationFailedException e) {
      check.bad(
          "manager",
          "Asterisk at %s:%d refuses user %s (%s). Compare pbx: user: and secret: with manager.conf, and the user's permit= with this machine's address."
              .formatted(settings.host(), settings.port(), settings.user(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      check.bad(
          "manager",
          "Asterisk's manager is not reachable at %s:%d (%s). Is Asterisk running, and has manager.conf enabled=yes and this bindaddr and port?"
              .formatted(settings.host(), settings.port(), e.getMessage()));
    } finally {
      check.connection.drop();
    }
    return check.findings;
  }

  private void heard(ManagerEvent event) {
    switch (event) {
      case VarSetEvent e when Kit.GLOBAL_AGI.equals(e.getVariable()) -> heardDialplan.countDown();
      case OriginateResponseEvent _ -> heardCalls.countDown();
      case FullyBootedEvent _ -> heardSystem.countDown();
      default -> {}
    }
  }

  private void checkRights() throws Exception {
    ManagerResponse commands = connection.sendAction(new AmiAction("ListCommands"));
    var missing = new TreeSet<String>();
    for (String action : ACTIONS) {
      if (commands.getAttribute(action) == null) missing.add(action);
    }
    if (missing.isEmpty()) {
      good("rights", "may do " + String.join(", ", ACTIONS));
    } else {
      bad(
          "rights",
          "User %s may not do %s. Give it write=system,call,originate,reporting in manager.conf, then `manager reload`."
              .formatted(settings.user(), missing));
    }
    if (commands.getAttribute("DBGetTree") == null || commands.getAttribute("DBDel") == null) {
      good(
          "unseen ends",
          "calls that come and go while Switchroom is away are not in the history: DBGetTree is"
              + " missing. Asterisk has it since 16.26 and 18.12.");
    }
    if (commands.getAttribute("PJSIPNotify") == null) {
      good(
          "answer button",
          "does nothing: PJSIPNotify is missing. Where phones can be told to answer, load"
              + " res_pjsip_notify.so, which wants a pjsip_notify.conf.");
    }
    connection.sendAction(AmiActions.setGlobal(Kit.GLOBAL_AGI, settings.agiAddress()));
    connection.sendAction(
        new AmiAction("Originate")
            .with("Channel", NO_PHONE)
            .with("Application", "NoOp")
            .with("Async", "true"));
    checkHears(heardSystem, "system");
    checkHears(heardDialplan, "dialplan");
    checkHears(heardCalls, "call");
  }

  private void checkHears(CountDownLatch heard, String eventClass) throws InterruptedException {
    if (heard.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      good("rights", "hears events of class " + eventClass);
    } else {
      bad(
          "rights",
          "User %s hears no events of class %s. Give it read=system,call,user,dialplan,dtmf in manager.conf, then `manager reload`."
              .formatted(settings.user(), eventClass));
    }
  }

  /// What Asterisk remembers of calls that end while we are away has the times of its clock.
  private void checkClock() throws Exception {
    String theirs = ask("EPOCH");
    long apart = theirs.isEmpty() ? 0 : Long.parseLong(theirs) - System.currentTimeMillis() / 1_000;
    if (Math.abs(apart) <= MOST_SECONDS_APART) {
      good("clock", "Asterisk's and ours agree");
    } else {
      bad(
          "clock",
          "Asterisk's clock is %d s from ours, and calls that end while Switchroom is away would have its times. Set both by NTP."
              .formatted(apart));
    }
  }

  private void checkKit() throws Exception {
    if (exists("version-" + Kit.VERSION)) {
      good("dialplan kit", "version %d is loaded".formatted(Kit.VERSION));
    } else if (exists("kit")) {
      bad(
          "dialplan kit",
          "Another version than %d is loaded. Copy pbx/asterisk/extensions_switchroom.conf again, then `dialplan reload`."
              .formatted(Kit.VERSION));
    } else {
      bad(
          "dialplan kit",
          "It is not loaded. Copy pbx/asterisk/extensions_switchroom.conf to /etc/asterisk, put"
              + " #include \"extensions_switchroom.conf\" into extensions.conf, then `dialplan"
              + " reload`.");
    }
  }

  private boolean exists(String extension) throws Exception {
    String question = "DIALPLAN_EXISTS(%s,%s,1)".formatted(Kit.CONTEXT_KIT, extension);
    return "1".equals(ask(question));
  }

  private void checkPhone(String phone) throws Exception {
    String state = ask("DEVICE_STATE(" + phone + ")");
    switch (AmiTranslator.phoneState(state)) {
      case UNKNOWN ->
          bad(
              "phone",
              "Asterisk does not know %s. Add the endpoint to pjsip.conf, or correct phone: of the agent."
                  .formatted(phone));
      case UNREACHABLE ->
          bad(
              "phone",
              "%s is known but not registered or not reachable. Is the phone switched on?"
                  .formatted(phone));
      case AVAILABLE, RINGING, IN_USE -> good("phone", phone + " is " + state);
    }
  }

  private String ask(String question) throws Exception {
    ManagerResponse response =
        connection.sendAction(new AmiAction("Getvar").with("Variable", question));
    String value = response.getAttribute("value");
    return value == null ? "" : value;
  }

  private void good(String what, String text) {
    findings.add(new Finding(true, what, text));
  }

  private void bad(String what, String text) {
    findings.add(new Finding(false, what, text));
  }
}
