package org.switchroom.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.acd.plan.Staffed;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.center.AutoAnswer;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.HoldCare;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.center.RecordingPlan;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.pbx.asterisk.AmiTls;
import org.switchroom.cti.pbx.asterisk.IpRange;
import org.switchroom.cti.testkit.TestCertificate;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.yaml.FaultsException;

class SettingsLoaderTest {
  private static final String HASH = SecretHash.of("a long password");

  private static final String GOOD =
      """
      title: Formosa Books
      region: TW
      time-zone: Asia/Taipei
      web: {address: 127.0.0.1, port: 8090}
      pbx: {host: 127.0.0.1, port: 5038, user: switchroom, secret: one of our own}
      script: builtin:survey
      default-queue: general
      queues:
        - {name: orders, ask: orders >= 3, wrap-up: {mode: timed, limit: 45s}, dispositions: [status]}
        - {name: billing}
        - {name: general, ask: any}
      users:
        - name: ann
          roles: [agent, supervisor]
          phone: PJSIP/1001
          password-hash: %s
          skills: {orders: 7, billing: 3}
      lines: {"+886227001234": Main line}
      """
          .formatted(HASH);

  @TempDir Path folder;

  private Settings load(String yaml) throws Exception {
    Path file = folder.resolve("switchroom.yaml");
    Files.writeString(file, yaml);
    return SettingsLoader.load(file);
  }

  private void refuses(String from, String to, int line, String message) {
    String wrong = GOOD.replace(from, to);
    assertThat(wrong).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> load(wrong))
        .isInstanceOf(FaultsException.class)
        .hasMessageContaining("switchroom.yaml:" + line + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void aGoodFileIsRead() throws Exception {
    Settings settings = load(GOOD);
    assertThat(settings.web()).isEqualTo(new Settings.Web("127.0.0.1", 8090));
    assertThat(settings.queues().getFirst().routing().wrapUp())
        .isEqualTo(new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(45)));
    assertThat(settings.users().getFirst().skills().in("orders")).isEqualTo(7);
    assertThat(settings.pbx().agiAddress()).isEqualTo("127.0.0.1:4573");
    assertThat(settings.database().url()).contains("WRITE_DELAY=0");
  }

  /// Of the manager's connection.
  @Test
  void tlsTrustsTheMachineAFileOrAFingerprint() throws Exception {
    String secret = "secret: one of our own";
    assertThat(load(GOOD).pbx().tls()).isEqualTo(AmiTls.NONE);
    assertThat(load(GOOD.replace(secret, secret + ", tls: false")).pbx().tls())
        .isEqualTo(AmiTls.NONE);
    assertThat(load(GOOD.replace(secret, secret + ", tls: true")).pbx().tls())
        .isEqualTo(AmiTls.MACHINE);
    var certificate = TestCertificate.selfSigned(folder).certificate();
    Files.writeString(folder.resolve("ca.pem"), TestCertificate.pem(certificate));
    assertThat(load(GOOD.replace(secret, secret + ", tls: {trust: ca.pem}")).pbx().tls())
        .isEqualTo(new AmiTls.SignedBy(List.of(certificate)));
    String fingerprint = AmiTls.fingerprint(certificate);
    String pinned = secret + ", tls: {fingerprint: \"" + fingerprint + "\"}";
    assertThat(load(GOOD.replace(secret, pinned)).pbx().tls())
        .isEqualTo(AmiTls.Pinned.of(fingerprint).orElseThrow());
  }

  @Test
  void fromWhereCallersMayBeBrought() throws Exception {
    assertThat(load(GOOD).pbx().agiPeers()).isEmpty();
    String peers = "our own, agi-peers: [10.0.0.5, 10.0.1.0/24]";
    assertThat(load(GOOD.replace("our own", peers)).pbx().agiPeers())
        .extracting(IpRange::toString)
        .containsExactly("10.0.0.5/32", "10.0.1.0/24");
    refuses("our own", "our own, agi-peers: [10.0.0.5, pbx]", 5, "\"agi-peers\" has pbx; write");
    refuses("our own", "our own, agi-peers: []", 5, "\"agi-peers\" has no address");
    refuses("our own", "our own, agi-peers: 10.0.0.5", 5, "\"agi-peers\" must be a list");
  }

  @Test
  void tlsThatTrustsNobodyIsRefused() throws Exception {
    Files.writeString(folder.resolve("no.pem"), "hello");
    String secret = "our own";
    refuses(secret, secret + ", tls: yes", 5, "\"tls\" is yes; write true, false");
    refuses(secret, secret + ", tls: {}", 5, "none of trust and fingerprint");
    refuses(secret, secret + ", tls: {trust: a, fingerprint: b}", 5, "both of trust and");
    refuses(secret, secret + ", tls: {trust: nowhere.pem}", 5, "nowhere.pem");
    refuses(secret, secret + ", tls: {trust: no.pem}", 5, "no certificates in PEM");
    refuses(secret, secret + ", tls: {fingerprint: abc}", 5, "\"fingerprint\" is abc; write");
    refuses(secret, secret + ", tls: {pin: abc}", 5, "\"pin\" is not known here");
  }

  /// But for what everybody must choose.
  @Test
  void theShippedExampleIsGood() throws Exception {
    Path example = Path.of("../docs/switchroom.example.yaml");
    String sample =
        Files.readString(example)
            .replaceAll("password-hash: .*", Matcher.quoteReplacement("password-hash: " + HASH));
    assertThatThrownBy(() -> load(sample))
        .isInstanceOf(FaultsException.class)
        .hasMessageContaining("switchroom.yaml:%d: ".formatted(line(sample, "  secret: ")))
        .hasMessageContaining("\"secret\" is still the sample's")
        .hasMessageContaining("manager_switchroom.conf");
    String yaml = sample.replaceAll("(?m)^  secret: .*", "  secret: one of our own");
    assertThat(load(yaml).queues()).isNotEmpty();
  }

  @Test
  void aCertificateIsLookedAtBeforeItIsServed(@TempDir Path keys) throws Exception {
    var one = TestCertificate.selfSigned(keys);
    var other = TestCertificate.selfSigned(keys);
    var old = TestCertificate.selfSigned(keys, "-startdate", "2001/01/01", "-validity", "30");
    Path both = Files.writeString(keys.resolve("one.pem"), one.pem());
    Path others = Files.writeString(keys.resolve("other.pem"), other.pem());
    Path olds = Files.writeString(keys.resolve("old.pem"), old.pem());
    Path nothing = Files.writeString(keys.resolve("nothing.pem"), "");
    refusesOf(GOOD, WEB, tls(both, others), "The key in %s is not that of".formatted(others));
    refusesOf(GOOD, WEB, tls(olds, olds), "is not valid now");
    refusesOf(GOOD, WEB, tls(nothing, both), "has no certificate as PEM");
    refusesOf(GOOD, WEB, tls(both, nothing), "openssl pkcs8 -topk8");
    refusesOf(GOOD, WEB, tls(keys.resolve("none"), both), "cannot be read");
  }

  private static final String WEB = "web: {address: 127.0.0.1, port: 8090}";

  private static String tls(Path certificate, Path key) {
    return "web: {tls: {certificate: %s, key: %s}}".formatted(certificate, key);
  }

  private static long line(String yaml, String begin) {
    return 1 + yaml.lines().takeWhile(line -> !line.startsWith(begin)).count();
  }

  @Test
  void everyMistakeIsNamedWithItsLineAndWhatWouldBeRight() {
    refuses(
        "ask: orders >= 3",
        "ask: orders >= 30",
        9,
        "column 11: expected a proficiency from 1 to 10");
    refuses("mode: timed", "mode: lazy", 9, "none, optional, timed or mandatory");
    refuses(
        "name: billing", "name: billing, music: 'a b'", 10, "write a class of musiconhold.conf");
    refuses("name: billing", "name: billing, alert-info: 'a,b'", 10, "write what your phones know");
    refuses("\"+886227001234\"", "\"sales desk\"", 18, "or a name such as sales");
    refuses("limit: 45s", "limit: 45", 9, "write a time such as 5s");
    refuses("port: 5038", "port: 99999", 5, "from 1 to 65535");
    refuses("port: 5038", "port: 5038, fallback-after: 1s", 5, "from 3s to 10m");
    refuses("default-queue: general", "default-queue: sales", 7, "There is no queue sales");
    refuses("time-zone: Asia/Taipei", "time-zone: Mars/Base", 3, "such as Asia/Taipei");
    refuses("roles: [agent, supervisor]", "roles: [boss]", 14, "Role boss is not known");
    refuses("phone: PJSIP/1001", "phone: 1001", 15, "such as PJSIP/1001");
    refuses("password-hash: " + HASH, "password-hash: secret", 16, "./switchroom password");
    refuses("password-hash: " + HASH, "password-hash: $argon2id$…", 16, "./switchroom password");
    refuses("orders: 7", "orders: 70", 17, "from 1 to 10");
    refuses("region: TW", "regoin: TW", 2, "\"regoin\" is not known here");
    refuses("script: builtin:survey", "script: builtin:none", 6, "There is no script none");
    refuses("name: ann", "name: \"ann,x=1\"", 13, "letters, digits, dot, dash or underscore");
    refuses("{name: billing}", "{name: billing, ask: french}", 10, "which no agent has");
  }

  @Test
  void whatCountsOnlyInSomeCasesIsKnownInAll() throws Exception {
    String yaml =
        GOOD.replace(
                "{name: billing}", "{name: billing, announce: {more: true}, wrap-up: {limit: 9s}}")
            + "routing: {weights: {wait: 2}, shadow-weights: {idle: 2}}\n";
    assertThat(load(yaml).queues()).hasSize(3);
    refuses("mode: timed, limit: 45s", "mode: lazy, limit: 45s, less: 1s", 9, "[limit, mode]");
  }

  @Test
  void anAgentSitsAtAHotDeskWhoHasNoPhone() throws Exception {
    String without = GOOD.replace("    phone: PJSIP/1001\n", "");
    assertThatThrownBy(() -> load(without))
        .hasMessageContaining("or name phones at which anybody may sit in \"hot-desks\"");
    Settings settings = load(without + "hot-desks: [PJSIP/3001, PJSIP/3002]\n");
    assertThat(settings.forCenter().hotDesks()).containsExactly("PJSIP/3001", "PJSIP/3002");
    assertThat(settings.forCenter().agents().getFirst().phone()).isEmpty();
    assertThat(settings.forCenter().withoutTalk()).isEmpty();
    assertThat(load(GOOD + "without-talk: [PJSIP/1001]\n").forCenter().withoutTalk())
        .containsExactly("PJSIP/1001");
    assertThatThrownBy(() -> load(GOOD + "without-talk: [PJSIP/1999]\n"))
        .hasMessageContaining("nobody's \"phone\"");
    assertThatThrownBy(() -> load(GOOD + "hot-desks: [PJSIP/1001]\n"))
        .hasMessageContaining("Leave it out here or there");
    assertThatThrownBy(() -> load(GOOD + "hot-desks: [3001]\n"))
        .hasMessageContaining("such as PJSIP/3001");
    assertThatThrownBy(() -> load(GOOD + "hot-desks: [PJSIP/3001, PJSIP/3001]\n"))
        .hasMessageContaining("stands twice");
  }

  @Test
  void whichTalksAreRecordedAndWhereIsRead() throws Exception {
    assertThat(load(GOOD).recordsTalks()).isFalse();
    assertThat(recording("always")).isEqualTo(RecordingPlan.ALWAYS);
    assertThat(recording("on-demand")).isEqualTo(RecordingPlan.ON_DEMAND);
    assertThat(recording("20%")).isEqualTo(new RecordingPlan(20, false));
    assertThat(recording("never")).isEqualTo(RecordingPlan.NEVER);
    queue("record: 0%", "\"record\" is 0%; it must be always, never, on-demand, or a share");
    queue("record: sometimes", "or a share of the calls from 1% to 99%");
    var talks =
        load(GOOD
                + "call-recordings: {folder: /var/talks, reached-at: /mnt/talks, keep-days: 30}\n")
            .callRecordings()
            .orElseThrow();
    assertThat(talks.folder()).isEqualTo(Path.of("/var/talks"));
    assertThat(talks.reachedAt()).isEqualTo("/mnt/talks");
    assertThat(talks.keepDays()).contains(30);
    assertThat(load(GOOD + "call-recordings: {folder: /var/talks}\n").pbx().recordings())
        .isEqualTo("/var/talks");
    for (String bad : List.of("/a b", "/a,b", "/$(id)", "talks", "/a;b")) {
      assertThatThrownBy(
              () ->
                  load(GOOD + "call-recordings: {folder: /v, reached-at: \"%s\"}\n".formatted(bad)))
          .as(bad)
          .hasMessageContaining("Asterisk is to write into " + bad);
    }
    assertThatThrownBy(() -> load(GOOD + "call-recordings: {keep-days: 0}\n"))
        .hasMessageContaining("\"keep-days\" is 0");
  }

  @Test
  void whosePhoneAnswersByItselfIsRead() throws Exception {
    assertThat(load(GOOD).queues().get(1).autoAnswer()).isFalse();
    assertThat(load(GOOD).users().getFirst().autoAnswer()).isEqualTo(AutoAnswer.BY_QUEUE);
    String ann = "phone: PJSIP/1001";
    String never =
        GOOD.replace("{name: billing}", "{name: billing, auto-answer: true}")
            .replace(ann, ann + "\n    auto-answer: false");
    assertThat(load(never).queues().get(1).autoAnswer()).isTrue();
    assertThat(load(never).forCenter().agents().getFirst().autoAnswer())
        .isEqualTo(AutoAnswer.NEVER);
    String always = GOOD.replace(ann, ann + "\n    auto-answer: true");
    assertThat(load(always).users().getFirst().autoAnswer()).isEqualTo(AutoAnswer.ALWAYS);
    queue("auto-answer: at once", "\"auto-answer\" is at once; it must be true or false");
    queue("strategy: ring-all, auto-answer: true", "does nothing with \"strategy: ring-all\"");
    refuses(ann, "phone: SIP/1001\n    auto-answer: true", 16, "such as PJSIP/1001, and SIP/1001");
    refuses(ann, "auto-answer: true", 15, "and there is no \"phone\"");
  }

  private RecordingPlan recording(String record) throws Exception {
    String text = GOOD.replace("{name: billing}", "{name: billing, ask: orders, record: %s}");
    return load(text.formatted(record)).queues().get(1).recording();
  }

  @Test
  void routingIsReadAndItsMistakesAreNamed() throws Exception {
    String rich =
        GOOD.replace(
            "{name: billing}",
            "{name: billing, ask: orders, steps: [{for: 5s, when: waiting > 3}, {broaden: any}],"
                + " hours: {mon-fri: \"09:00-18:00\"}, strategy: linear, misses: 3,"
                + " hold: {reminder: 0s, return: 90s},"
                + " overflow: [{waited: 1m, to-queue: general}]}");
    Queue billing = load(rich).queues().get(1).routing();
    assertThat(billing.steps()).hasSize(2);
    assertThat(billing.strategy().kind()).isEqualTo(Strategy.Kind.LINEAR);
    assertThat(billing.misses()).isEqualTo(3);
    assertThat(load(rich).queues().get(1).hold())
        .isEqualTo(new HoldCare(Duration.ZERO, Duration.ofSeconds(90)));
    assertThat(load(rich).queues().getFirst().hold()).isEqualTo(HoldCare.REMINDS);
    assertThat(load(rich).queues().getFirst().routing().misses()).isEqualTo(1);
    assertThat(billing.hours().orElseThrow().week()).hasSize(5);
    assertThat(billing.overflow()).hasSize(1);
    refuses(
        "{name: billing}",
        "{name: billing, ask: orders, strategy: fair}",
        10,
        "Known are [longest-idle");
    refuses(
        "{name: billing}",
        "{name: billing, ask: orders, steps: [{when: waiting >}]}",
        10,
        "column 10: expected a whole number");
    refuses(
        "{name: billing}",
        "{name: billing, ask: orders, overflow: [{waited: 1m, to-queue: sales}]}",
        10,
        "There is no queue sales");
    refuses(
        "{name: billing}",
        "{name: billing, ask: orders, hours: {someday: closed}}",
        10,
        "write mon, mon-fri, a date");
  }

  @Test
  void whoLeavesAQueueCountsAsItsConfigurationSays() throws Exception {
    assertThat(load(GOOD).queues().getFirst().serviceLevelRule())
        .isEqualTo(ServiceLevelRule.DEFAULT);
    String other =
        GOOD.replace(
            "{name: billing}",
            "{name: billing, ask: orders, service-level:"
                + " {abandoned: ignored, overflowed: in-favour, chose: against}}");
    assertThat(load(other).queues().get(1).serviceLevelRule())
        .isEqualTo(new ServiceLevelRule(Treatment.IGNORED, Treatment.IN_FAVOUR, Treatment.AGAINST));
    queue(
        "service-level: {overflowed: positive}",
        "\"overflowed\" is positive; it must be against (they were not served), ignored");
  }

  /// Each of its fields is right; all of them together are not.
  @Test
  void whatIsNeverReachedOrNeverHappensIsAMistake() {
    queue("overflow: [{waited: 1m, to-queue: billing}]", "Queue billing overflows to itself");
    queue("overflow: [{closed: join, to-queue: general}]", "Queue billing never closes");
    queue("steps: [{lower: {orders: 1}}, {for: 5s, broaden: any}]", "This step is never reached");
    queue("strategy: ring-all, tries: [latin >= 3]", "No agent has the skill latin");
    queue("overflow: [{full: 0, to-queue: general}]", "from 1 to");
    queue("strategy: ring-all, misses: 2", "does nothing with \"strategy: ring-all\"");
    refuses(
        "skills: {orders: 7,",
        "capacity: {voice: 1, exclusive: [chat]}\n    skills: {orders: 7,",
        17,
        "\"chat\" is no channel of this agent. Channels that may be exclusive here: voice.");
    queue("hold: {reminder: 5s}", "\"reminder\" must be from 10s to 110m, or 0s: never");
    queue("hold: {return: 2h}", "\"return\" must be from 10s to 110m");
    queue("hold: {reminder: 3m, return: 1m}", "The caller is back before the \"reminder\"");
    queue("misses: 0", "\"misses\" is 0; it must be a whole number from 1 to 100");
    queue(
        "channel: task, overflow: [{waited: 1m, to-queue: general}]",
        "Queue billing is for task, and general for voice");
    refuses("{name: general,", "{name: general, channel: chat,", 7, "Queue general takes no calls");
    refuses("roles: [agent, supervisor]", "roles: [supervisor]", 9, "which no agent has");
    refuses("{name: general,", "{name: billing,", 11, "Queue billing stands already in line 10");
    String noZone = GOOD.replace("time-zone: Asia/Taipei\n", "");
    assertThatThrownBy(() -> load(noZone + "calendars: {office: {mon-fri: \"09:00-18:00\"}}\n"))
        .hasMessageContaining("There are opening hours, and no \"time-zone\"");
  }

  @Test
  void whoCountsAsStaffedIsRead() throws Exception {
    assertThat(load(GOOD).routing().staffed()).isEqualTo(Staffed.AT_DESK);
    String rich = GOOD + "routing: {staffed: ready-or-busy}\n";
    assertThat(load(rich).routing().staffed()).isEqualTo(Staffed.READY_OR_BUSY);
    int line = (int) rich.lines().count();
    assertThatThrownBy(() -> load(rich.replace("ready-or-busy", "here")))
        .hasMessageContaining(":" + line)
        .hasMessageContaining("\"staffed\" is here; it must be logged-in (whoever is), at-desk");
  }

  @Test
  void aStepWithAConditionMayBePassedOver() throws Exception {
    load(
        GOOD.replace(
            "{name: billing}",
            "{name: billing, ask: orders, steps: [{when: waiting > 3, lower: {orders: 1}},"
                + " {broaden: any}]}"));
  }

  private void queue(String with, String message) {
    refuses("{name: billing}", "{name: billing, ask: orders, " + with + "}", 10, message);
  }

  @Test
  void whatCallersMeetIsReadAndItsMistakesAreNamed() throws Exception {
    Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(
        folder.resolve("scripts/night.yaml"),
        """
        name: night
        start: a
        steps:
          a: {hours: office, open: b, closed: c}
          b: {queue: orders, ask: orders >= 5}
          c: {voicemail: Speak., queue: messages, next: d, otherwise: d, failure: d}
          d: {hangup: true}
        """);
    String rich =
        GOOD.replace("script: builtin:survey", "script: night\nscripts: scripts")
            .replace(
                "{name: billing}",
                "{name: billing, after: survey, hours: office, announce: {position: true,"
                    + " position-limit: 5, expected-wait: true, messages: [{say: {en: Hello.,"
                    + " zh-Hant: 您好。, zh-Hans: 您好。}}], offers: {1: callback, 2: voicemail}},"
                    + " overflow: [{closed: join, to-script: night}, {waited: 9m, to-number:"
                    + " \"(02) 2345-0000\"}, {full: 9, voicemail: true}]}\n"
                    + "  - {name: messages, ask: any, channel: task}\n"
                    + "  - {name: callbacks, ask: any, channel: task}")
            .replace("\"+886227001234\": Main line", "\"8001\": {title: Night, script: night}")
            .concat(
                """
                calendars: {office: {mon-fri: "09:00-18:00"}}
                dial: {through: "PJSIP/{number}@trunk", allow: ["+886"], limits: {length: 1h, a-day: 7}}
                http-hosts: [crm.example]
                prompts: {voices: {en: "say -o {file} -f {text-file}"}}
                """);
    Settings settings = load(rich);
    assertThat(settings.ivr().scriptOf()).containsEntry("", "night").containsEntry("8001", "night");
    assertThat(settings.ivr().files()).containsKeys("night", "survey", "callback", "voicemail");
    assertThat(settings.ivr().files()).doesNotContainKey("bookshop");
    QueueSettings billing = settings.queues().get(1);
    assertThat(billing.after()).isEqualTo("survey");
    assertThat(billing.announcements().offers()).containsOnlyKeys('1', '2');
    assertThat(billing.announcements().sayings())
        .as("what a recording is called: the queue's own words, or the shipped ones")
        .extracting(Saying::name)
        .contains("queue-billing-message-1", "waiting-position", "waiting-callback");
    assertThat(billing.routing().overflow()).hasSize(3);
    assertThat(settings.dialing().allow()).containsExactly(new DialPattern("+886"));
    assertThat(settings.dialing().through("+886223456789")).isEqualTo("PJSIP/+886223456789@trunk");
    assertThat(settings.dialing().limits())
        .isEqualTo(new Dialing.Limits(Duration.ofHours(1), 20, 7, 1, 100));
    assertThat(settings.dialing().limits().warning()).isEqualTo(Duration.ofMinutes(1));

    refusesOf(rich, "to-script: night", "to-script: day", "There is no script day");
    refusesOf(rich, "(02) 2345-0000", "+1 900 555 1234", "+1 900 555 1234 is never dialed");
    refusesOf(rich, "(02) 2345-0000", "119", "It is an emergency number");
    refusesOf(rich, "(02) 2345-0000", "0203123456", "has to name it digit by digit");
    refusesOf(rich, "allow: [\"+886\"]", "prefixes: [\"+886\"]", "Say in \"allow\" which");
    refusesOf(rich, "allow: [\"+886\"]", "allow: [\"0\"]", "\"0\" names no numbers");
    refusesOf(rich, "voicemail: true}]", "voicemail: true, hang-up: true}]", "it has 2");
    refusesOf(rich, "hours: office,", "hours: moon,", "There is no calendar moon");
    refusesOf(rich, "after: survey", "after: lost", "There is no script lost");
    refusesOf(rich, "{1: callback,", "{11: callback,", "\"11\" is not a key");
    refusesOf(rich, "{1: callback,", "{1: night,", "Say what is offered");
    refusesOf(rich, "zh-Hans: 您好。", "zh-Hans: ''", "says nothing in zh-Hans");
    refusesOf(rich, "PJSIP/{number}@trunk", "PJSIP/@trunk", "with {number}");
    refusesOf(rich, "-f {text-file}", "", "where it finds the text");
    refusesOf(
        rich,
        "any, channel: task}\n  - {name: callbacks",
        "any}\n  - {name: callbacks",
        "channel: task");
    Path script = folder.resolve("scripts/night.yaml");
    String good = Files.readString(script);
    Files.writeString(script, good.replace("orders >= 5", "latin >= 5"));
    assertThatThrownBy(() -> load(rich))
        .hasMessageContaining("night.yaml:5: No agent has the skill latin");
    Files.writeString(script, good.replace("queue: orders", "queue: gone"));
    assertThatThrownBy(() -> load(rich)).hasMessageContaining("There is no queue gone");
  }

  private void refusesOf(String yaml, String from, String to, String message) {
    assertThat(yaml).contains(from);
    assertThatThrownBy(() -> load(yaml.replace(from, to)))
        .isInstanceOf(FaultsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aMistakeDoesNotHideTheRest() throws Exception {
    Path file = folder.resolve("switchroom.yaml");
    Files.writeString(file, GOOD.replace("ask: orders >= 3", "ask: orders >= 30"));
    var reading = SettingsLoader.read(file);
    assertThat(reading.faults()).hasSize(1);
    assertThat(reading.settings().pbx().port()).isEqualTo(5038);
  }

  @Test
  void aMissingFileIsSaidSo() {
    assertThatThrownBy(() -> SettingsLoader.load(folder.resolve("none.yaml")))
        .hasMessageContaining("none.yaml:1: The file cannot be read");
  }
}
