package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.event.DtmfEndEvent;
import org.asteriskjava.manager.event.FullyBootedEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.event.VarSetEvent;
import org.switchroom.cti.pbx.PhoneState;

/// Tries an Asterisk: can we log in, may we do and hear what we need and no more, is the dialplan
/// kit there, does it know the agents' phones?
///
/// It changes nothing there, so it can be run beside a server that serves. What is heard is tried
/// on a channel of the dialplan's own (`switchroom-check`), which calls nobody.
public final class AmiCheck {
  /// What was found.
  ///
  /// @param what is looked at, in a word
  /// @param text what is so; for a fault also what to do about it
  public record Finding(boolean good, String what, String text) {}

  private static final String TRIAL = "switchroom-check";
  private static final String FILE = "pbx/asterisk/manager_switchroom.conf";
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long MOST_SECONDS_APART = 2;
  private static final Pattern VERSION = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})");

  private final AmiSettings settings;
  private final List<String> phones;
  private final List<String> browsers;
  private final List<Finding> findings = new ArrayList<>();
  private final CountDownLatch heardSystem = new CountDownLatch(1);
  private final CountDownLatch heardDialplan = new CountDownLatch(1);
  private final CountDownLatch heardCall = new CountDownLatch(1);
  private final CountDownLatch heardKey = new CountDownLatch(1);

  private final CountDownLatch heardAll = new CountDownLatch(1);
  private volatile boolean heardWhatACallerWrote;
  private final AmiConnection connection;

  private AmiCheck(AmiSettings settings, List<String> phones, List<String> browsers) {
    this.settings = settings;
    this.phones = phones;
    this.browsers = browsers;
    connection = new AmiConnection(settings, this::heard, () -> {}, _ -> {});
  }

  public static List<Finding> run(AmiSettings settings, List<String> phones) {
    return run(settings, phones, List.of());
  }

  /// @param browsers phones that are registered only while somebody has the desk open
  public static List<Finding> run(
      AmiSettings settings, List<String> phones, List<String> browsers) {
    var check = new AmiCheck(settings, phones, browsers);
    try {
      check.connection.login("on");
      check.checkAll();
    } catch (AuthenticationFailedException e) {
      check.bad(
          "manager",
          "Asterisk at %s:%d refuses user %s (%s). Compare pbx: user: and secret: with manager.conf, and the user's permit= with this machine's address."
              .formatted(settings.host(), settings.port(), settings.user(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (AmiTlsException e) {
      check.bad("manager", e.getMessage());
    } catch (IOException | TimeoutException e) {
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
      case FullyBootedEvent _ -> heardSystem.countDown();
      case OriginateResponseEvent e when TRIAL.equals(e.getActionId()) -> heardCall.countDown();
      case DtmfEndEvent e when Kit.CONTEXT_CHECK.equals(e.getContext()) -> heardKey.countDown();
      case VarSetEvent e when Kit.CHECK.equals(e.getVariable()) -> {
        heardDialplan.countDown();
        if (Kit.CHECK_DONE.equals(e.getValue())) heardAll.countDown();
      }
      case SwitchroomCheckEvent _ -> heardWhatACallerWrote = true;
      default -> {}
    }
  }

  private void checkAll() throws IOException, TimeoutException, InterruptedException {
    String version = connection.asterisk();
    good(
        "manager",
        "logged in as %s; Asterisk %s"
            .formatted(settings, version.isEmpty() ? "does not tell us its version" : version));
    var rights = AmiRights.of(connection.sendAction(new AmiAction("ListCommands")));
    checkRights(rights);
    boolean kit = rights.mayAsk() && checkKit();
    checkHearing(rights, kit);
    if (!rights.mayAsk()) {
      good("rights", "not tried: clock, dialplan kit and phones, that takes write=call");
      return;
    }
    checkServer();
    checkClock();
    checkFunctions();
    if (kit) checkTalk();
    checkFallback();
    checkAnswerButton(version);
    checkHeaders();
    for (String phone : phones) checkPhone(phone);
    for (String phone : browsers) checkBrowser(phone);
  }

  private void checkRights(AmiRights rights) {
    String advice =
        "In manager.conf give it write=%s, then `manager reload`."
            .formatted(String.join(",", AmiRights.WRITE));
    if (!rights.missing().isEmpty()) {
      bad(
          "rights",
          "User %s lacks %s in write. %s"
              .formatted(settings.user(), String.join(", ", rights.missing()), advice));
    }
    if (!rights.tooMany().isEmpty()) {
      String why = rights.giveAShell() ? " Whoever has the secret has a shell on this PBX." : "";
      bad(
          "rights",
          "User %s has %s in write, which Switchroom does not need.%s %s"
              .formatted(settings.user(), String.join(", ", rights.tooMany()), why, advice));
    }
    if (rights.missing().isEmpty() && rights.tooMany().isEmpty()) {
      good("rights", "may do what Switchroom does, and no more");
    }
    if (!rights.missing().contains("reporting") && !rights.may().contains("dbgettree")) {
      good(
          "unseen ends",
          "calls that come and go while Switchroom is away are not in the history: DBGetTree is"
              + " missing. Asterisk has it since 16.26 and 18.12.");
    }
  }

  /// What could not be tried is not said to be missing.
  private void checkHearing(AmiRights rights, boolean kit)
      throws IOException, TimeoutException, InterruptedException {
    var deaf = new ArrayList<String>();
    var untried = new ArrayList<>(AmiRights.READ);
    hears("system", heardSystem, untried, deaf);
    String why = "";
    if (!rights.mayOriginate()) {
      why = "that takes write=originate";
    } else {
      AmiAction trial = AmiActions.dialplan(Kit.CONTEXT_CHECK);
      trial.setActionId(TRIAL);
      connection.sendAction(trial);
      hears("call", heardCall, untried, deaf);
      if (!kit) {
        why = "that takes the dialplan kit of version " + Kit.VERSION;
      } else {
        hears("dialplan", heardDialplan, untried, deaf);
        if ("0".equals(ask("IFMODULE(app_senddtmf.so)"))) why = "that takes app_senddtmf.so";
        else hears("dtmf", heardKey, untried, deaf);
      }
    }
    if (!deaf.isEmpty()) {
      bad(
          "rights",
          "User %s lacks %s in read. In manager.conf give it read=%s, then `manager reload`."
              .formatted(
                  settings.user(), String.join(", ", deaf), String.join(",", AmiRights.READ)));
    }
    if (!untried.isEmpty()) {
      good("rights", "not tried: %s in read, %s".formatted(String.join(", ", untried), why));
    }
    if (deaf.isEmpty() && untried.isEmpty()) good("rights", "hears what Switchroom reads");
    checkFilter();
  }

  private void hears(
      String eventClass, CountDownLatch heard, List<String> untried, List<String> deaf)
      throws IOException, TimeoutException, InterruptedException {
    untried.remove(eventClass);
    if (!connection.comes(heard, PATIENCE)) deaf.add(eventClass);
  }

  private void checkFilter() {
    if (heardWhatACallerWrote) {
      bad(
          "event filter",
          "User %s is told events that callers write into their numbers: whoever calls can take phones and callers away. Copy the eventfilter lines of %s into manager.conf, then `manager reload`."
              .formatted(settings.user(), FILE));
    } else if (heardAll.getCount() == 0) {
      good("event filter", "events that callers write are held back");
    }
  }

  /// Whoever it is: it may be the one that this configuration is for.
  private void checkServer() throws IOException, TimeoutException {
    Ownership.who(ask(Kit.GLOBAL_OWNER), ask(Kit.GLOBAL_HEARTBEAT), ask("EPOCH"), settings)
        .ifPresent(who -> good("callers", who));
  }

  /// What Asterisk remembers of calls that end while we are away has the times of its clock.
  private void checkClock() throws IOException, TimeoutException {
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

  /// Whether it is there, in our version.
  private boolean checkKit() throws IOException, TimeoutException {
    if (exists("version-" + Kit.VERSION)) {
      good("dialplan kit", "version %d is loaded".formatted(Kit.VERSION));
      return true;
    }
    if (exists("kit")) {
      bad(
          "dialplan kit",
          "Another version than %d is loaded. Copy pbx/asterisk/*.conf again (manager_switchroom.conf too, and choose its secret), then `core reload`."
              .formatted(Kit.VERSION));
    } else {
      bad(
          "dialplan kit",
          "It is not loaded. Copy pbx/asterisk/extensions_switchroom.conf to /etc/asterisk, put"
              + " #include \"extensions_switchroom.conf\" into extensions.conf, then `dialplan"
              + " reload`.");
    }
    return false;
  }

  private boolean exists(String extension) throws IOException, TimeoutException {
    String question = "DIALPLAN_EXISTS(%s,%s,1)".formatted(Kit.CONTEXT_KIT, extension);
    return "1".equals(ask(question));
  }

  /// What keeps the desk's button from answering a phone is no fault: most phones are answered by
  /// hand.
  private void checkAnswerButton(String version) throws IOException, TimeoutException {
    String why = "";
    if (!tellsPhones(version)) {
      why = "Asterisk tells phones to answer since 18.25, 20.10 and 21.5";
    } else if ("0".equals(ask("IFMODULE(res_pjsip_notify.so)"))) {
      why = "res_pjsip_notify.so is not loaded, which wants a pjsip_notify.conf";
    } else if (readsConfiguration()
        && ask("AST_CONFIG(pjsip_notify.conf,switchroom-talk,Event)").isEmpty()) {
      why =
          "pjsip_notify.conf lacks #include \"pjsip_notify_switchroom.conf\" (then `module reload"
              + " res_pjsip_notify.so`)";
    }
    if (!why.isEmpty()) good("answer button", "does nothing: " + why);
  }

  /// How a queue's calls ring, and that a phone answers them by itself, are headers of its INVITE.
  private void checkHeaders() throws IOException, TimeoutException {
    if ("0".equals(ask("IFMODULE(res_pjsip_header_funcs.so)"))) {
      bad(
          "phone headers",
          "alert-info and auto-answer do nothing: res_pjsip_header_funcs.so is not loaded. Take its"
              + " noload out of modules.conf, then `module load res_pjsip_header_funcs.so`.");
    }
  }

  /// Asterisk's console knows `pjsip send notify … channel` since then, in each of its lines.
  static boolean tellsPhones(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.find()) return true;
    int line = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    return switch (line) {
      case 18 -> minor >= 25;
      case 20 -> minor >= 10;
      case 21 -> minor >= 5;
      default -> line > 21;
    };
  }

  /// What least rights do not keep from anybody who has the secret.
  private void checkFunctions() throws IOException, TimeoutException {
    if (readsConfiguration()) {
      good(
          "secret",
          "whoever has it can read Asterisk's configuration, other secrets too: func_config.so is"
              + " loaded. Where no dialplan of yours needs AST_CONFIG(): noload => func_config.so"
              + " in modules.conf.");
    }
  }

  /// Without these an agent who answers gets nobody.
  private void checkTalk() throws IOException, TimeoutException {
    for (String module : List.of("app_bridgewait.so", "bridge_holding.so")) {
      if ("0".equals(ask("IFMODULE(" + module + ")"))) {
        bad(
            "dialplan kit",
            "%s is not loaded, and without it nobody is connected. Take its noload out of modules.conf, then `module load %s`."
                .formatted(module, module));
      }
    }
  }

  /// An empty one may be meant so.
  private void checkFallback() throws IOException, TimeoutException {
    String members = ask("QUEUE_MEMBER(" + Kit.CONTEXT_FALLBACK + ",count)");
    if (members.matches("[1-9]\\d*")) {
      good("fallback queue", "phones that ring while Switchroom is away: " + members);
    } else {
      good(
          "fallback queue",
          "no phone rings while Switchroom is away, and callers wait until it is back: name phones"
              + " in queues_switchroom.conf, then `queue reload all`.");
    }
  }

  private boolean readsConfiguration() throws IOException, TimeoutException {
    return "1".equals(ask("IFMODULE(func_config.so)"));
  }

  private void checkBrowser(String phone) throws IOException, TimeoutException {
    String state = ask("DEVICE_STATE(" + phone + ")");
    if (AgentPhones.phoneState(state) == PhoneState.UNKNOWN) {
      bad(
          "phone",
          "Asterisk does not know %s. Add its [%s](switchroom-browser) to pjsip.conf, as in pbx/asterisk/pjsip_switchroom.conf, or correct browser-phone: of the agent."
              .formatted(phone, phone.substring(phone.indexOf('/') + 1)));
    } else {
      good("phone", phone + " is known; it is a browser's");
    }
  }

  private void checkPhone(String phone) throws IOException, TimeoutException {
    String state = ask("DEVICE_STATE(" + phone + ")");
    switch (AgentPhones.phoneState(state)) {
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
      case AVAILABLE, RINGING, RINGING_IN_USE, IN_USE, DO_NOT_DISTURB ->
          good("phone", phone + " is " + state + doNotDisturb(phone));
    }
  }

  /// Its agent may wonder why no call comes.
  private String doNotDisturb(String phone) throws IOException, TimeoutException {
    Optional<String> device = AgentPhones.doNotDisturb(phone);
    if (device.isEmpty() || !AgentPhones.isLit(ask("DEVICE_STATE(" + device.get() + ")")))
      return "";
    return ", and does not want to be disturbed (%s)".formatted(device.get());
  }

  /// Empty: it has no value.
  private String ask(String question) throws IOException, TimeoutException {
    String value = connection.sendAction(AmiActions.get(question)).getAttribute("value");
    return value == null ? "" : value;
  }

  private void good(String what, String text) {
    findings.add(new Finding(true, what, text));
  }

  private void bad(String what, String text) {
    findings.add(new Finding(false, what, text));
  }
}
