package org.switchroom.cti.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.FastAgiFront;
import org.switchroom.cti.pbx.asterisk.PbxOwner;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.HeardMusic;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;

/// What an agent's phone is told with the call, and what the caller hears meanwhile, on a real
/// Asterisk.
@NeedsAsterisk
class PhoneDisplayTest {
  private static final String PHONE = "PJSIP/1001";
  private static final Duration RING = Duration.ofSeconds(20);

  @Test
  void thePhoneShowsWhoItIsAndRingsAsTheQueueWishesAndTheRecordSaysSo() throws Exception {
    var facts = new Facts<PbxEvent>();
    BlockingQueue<SipCall> rung = new LinkedBlockingQueue<>();
    try (var rig = new RealAsterisk();
        var _ = new SipUser("1001", rig.phonePort(PHONE), rig.sipPort(), rung::add);
        var trunk = new SipUser("+886223000001", 0, rig.sipPort(), SipCall::hangUp);
        var pbx = new AsteriskPbx(rig.ami(), PbxOwner.of("test"), InstantSource.system());
        var music = new HeardMusic(rig.listening());
        var agi =
            new FastAgiFront(
                pbx.admission(),
                InetAddress.getLoopbackAddress(),
                0,
                rig.recordings(),
                (_, _) -> new IvrGate.Placement.Hold("orders", 0, "", "en", 1, "rising"),
                _ -> {})) {
      agi.start();
      pbx.start(Set.of(PHONE), facts, agi.port());
      facts.await(PbxEvent.Synchronized.class);
      trunk.call("8001");
      CallId call = facts.await(PbxEvent.CallQueued.class).call();
      music.await(call, "default");
      String channel =
          rig.console("core show channels concise").lines().findFirst().orElseThrow().split("!")[0];
      assertThat(rig.console("core show channel " + channel)).contains("SR_MUSIC=rising");
      pbx.send(
          new PbxCommand.RingAgent(
              call,
              LegId.ofOffer(System.currentTimeMillis()),
              PHONE,
              "ann",
              new PhoneNumber("+886212345678"),
              RING,
              "",
              "林\"雅<婷>, VIP · Orders",
              "<http://127.0.0.1/>;info=Bellcore-dr2",
              true,
              "billing",
              Optional.empty()));
      SipCall rings = rung.poll(10, TimeUnit.SECONDS);
      assertThat(rings).isNotNull();
      assertThat(rings.header("From")).startsWith("\"林雅婷, VIP · Orders\" <sip:+886212345678@");
      assertThat(rings.headers("Alert-Info"))
          .as("what says answer, and the queue's own")
          .containsExactly(
              "<http://127.0.0.1>;info=alert-autoanswer;delay=0",
              "<http://127.0.0.1/>;info=Bellcore-dr2");
      assertThat(rings.headers("Call-Info")).containsExactly("<sip:127.0.0.1>;answer-after=0");
      pbx.send(new PbxCommand.Music(call, "another"));
      rings.answer();
      facts.await(PbxEvent.LegConnected.class);
      assertThat(rig.console("core show channel " + channel)).contains("SR_MUSIC=another");
      rings.hangUp();
      facts.await(PbxEvent.CallEnded.class, e -> e.call().equals(call));
      // The next one hangs up themselves.
      SipCall caller = trunk.call("8001");
      CallId second = facts.await(PbxEvent.CallQueued.class, e -> !e.call().equals(call)).call();
      LegId leg = LegId.ofOffer(System.currentTimeMillis());
      pbx.send(
          new PbxCommand.RingAgent(
              second, leg, PHONE, "ann", new PhoneNumber("+886212345678"), RING, ""));
      SipCall plain = rung.poll(10, TimeUnit.SECONDS);
      assertThat(plain.headers("Alert-Info")).isEmpty();
      assertThat(plain.headers("Call-Info")).isEmpty();
      plain.answer();
      facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
      caller.hangUp();
      facts.await(PbxEvent.CallEnded.class, e -> e.call().equals(second));
      assertThat(rig.stopsGracefully()).isTrue();
      assertThat(Files.readAllLines(rig.callRecords()))
          .as("Asterisk's own records: one of each talk, and no other")
          .hasSize(2)
          .allMatch(line -> line.contains("\"+886223000001\""))
          .allMatch(line -> line.contains("\"switchroom-talk\""))
          .allMatch(line -> line.contains("\"PJSIP/1001-"))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .as("where they were answered")
                      .endsWith("\"dialed=8001 queue=billing agent=ann\""),
              line ->
                  assertThat(line)
                      .as("where their script has sent them")
                      .endsWith("\"dialed=8001 queue=orders agent=ann\""));
    }
  }
}
