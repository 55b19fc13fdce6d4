package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.Heart;
import org.switchroom.cti.testkit.LinkProxy;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SimulatedRig;

/// Of two servers on one PBX one serves, and the other does nothing there.
class OneServerTest {
  private static final String PHONE = "PJSIP/1001";
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final PbxOwner PILOT = new PbxOwner("pilot", "run-2", "process 2 on there");

  @Nested
  class OnTheSimulatedPbx extends Contract {
    @Override
    PbxRig openRig() {
      return new SimulatedRig();
    }
  }

  @Nested
  @NeedsAsterisk
  class OnAsterisk extends Contract {
    @Override
    PbxRig openRig() {
      return new RealAsterisk();
    }
  }

  /// A server with its engine's heartbeat.
  private static final class Server implements AutoCloseable {
    final Facts<PbxEvent> facts = new Facts<>();
    final AsteriskPbx pbx;
    private final Heart heart;

    Server(AmiSettings settings, PbxOwner owner) {
      pbx = new AsteriskPbx(settings, owner, InstantSource.system());
      heart = new Heart(pbx, Set.of(PHONE), facts);
    }

    void serves() {
      facts.await(PbxEvent.Synchronized.class);
    }

    String isRefused() {
      return facts.await(PbxEvent.Disconnected.class).reason();
    }

    long links() {
      return facts.count(PbxEvent.Synchronized.class, _ -> true);
    }

    /// As a process that stands still: it beats no more, and has said nothing.
    void standsStill() {
      heart.close();
    }

    @Override
    public void close() {
      heart.close();
      pbx.close();
    }
  }

  abstract static class Contract {
    private final List<Server> servers = new ArrayList<>();
    private PbxRig rig;
    private Server first;

    /// The first one's, which can be broken.
    private LinkProxy link;

    abstract PbxRig openRig();

    @BeforeEach
    void open() {
      rig = openRig();
      link = new LinkProxy(settings().port());
      first = server(through(link), new PbxOwner("live", "run-1", "process 1 on here"));
      first.serves();
    }

    @AfterEach
    void close() {
      servers.forEach(Server::close);
      link.close();
      rig.close();
    }

    private AmiSettings settings() {
      return settings(rig.ami().port());
    }

    private AmiSettings settings(int port) {
      return rig.ami().withPort(port).withPatience(PATIENCE);
    }

    private AmiSettings through(LinkProxy proxy) {
      return settings(proxy.port());
    }

    private Server server(PbxOwner owner) {
      return server(settings(), owner);
    }

    private Server server(AmiSettings settings, PbxOwner owner) {
      var server = new Server(settings, owner);
      servers.add(server);
      return server;
    }

    @Test
    void aSecondOneIsToldWhoServes() throws Exception {
      assertThat(AsteriskPbx.refusal(settings(), PILOT).orElseThrow())
          .startsWith("Another Switchroom serves the callers of switchroom@127.0.0.1:")
          .contains("process 1 on here, since 20", "ledger live", "stop that one");
    }

    @Test
    void aRestartedOneIsTheSameAtOnce() throws Exception {
      var again = new PbxOwner("live", "run-2", "process 3 on here");
      assertThat(AsteriskPbx.refusal(settings(), again)).isEmpty();
      first.standsStill();
      server(again).serves();
    }

    @Test
    void whoHasStoppedHasGivenItAway() throws Exception {
      first.close();
      assertThat(AsteriskPbx.refusal(settings(), PILOT)).isEmpty();
      server(PILOT).serves();
    }

    /// As with a ledger that goes with the process, which was killed.
    @Test
    void whoDoesNotBeatAnyMoreIsWaitedFor() throws Exception {
      first.standsStill();
      assertThat(AsteriskPbx.refusal(settings(), PILOT)).isEmpty();
      server(PILOT).serves();
    }

    /// It was killed, and then the PBX's clock was set back by an hour.
    @Test
    void whoseHeartbeatIsOfAnHourToComeIsWaitedForAsAnybody() throws Exception {
      first.standsStill();
      var connection = new AmiConnection(settings(), _ -> {}, () -> {}, _ -> {});
      connection.login("off");
      String toCome = Long.toString(System.currentTimeMillis() / 1_000 + 3_600);
      connection.sendAction(AmiActions.setGlobal(Kit.GLOBAL_HEARTBEAT, toCome));
      connection.drop();
      assertThat(AsteriskPbx.refusal(settings(), PILOT)).isEmpty();
      server(PILOT).serves();
    }

    @Test
    void theLinkOfASecondOneStaysDown() {
      try (var log = new LogWatch(Ownership.class)) {
        Server second = server(PILOT);
        assertThat(second.isRefused()).contains("process 1 on here");
        rig.call("+886223000001", '2', Duration.ofSeconds(30));
        CallId call = first.facts.await(PbxEvent.CallArrived.class).call();
        second.pbx.send(new PbxCommand.HangUpCall(call));
        first.facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
        // It has tried again, and is told the same.
        second.facts.await(
            PbxEvent.Disconnected.class, e -> !e.equals(second.facts.all().getFirst()));
        assertThat(second.links()).isZero();
        assertThat(first.links()).isOne();
        assertThat(first.facts.count(PbxEvent.Disconnected.class, _ -> true)).isZero();
        assertThat(first.facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
        assertThat(log.said(Level.ERROR)).singleElement().asString().contains("Another Switchroom");
        assertThat(log.said(Level.WARN)).isEmpty();
        first.close();
        second.serves();
      }
    }

    /// One that stood still for longer than it is waited for, and lives.
    @Test
    void whoWasTakenForDeadFindsAnotherAndHangsUpNobody() {
      rig.phone(PHONE, PbxRig.Manner.ANSWERS);
      rig.call("+886223000001", '2', Duration.ofSeconds(60));
      CallId call = first.facts.await(PbxEvent.CallArrived.class).call();
      first.facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
      LegId leg = LegId.ofOffer(1);
      first.pbx.send(
          new PbxCommand.RingAgent(
              call, leg, PHONE, "ann", new PhoneNumber("+886212345678"), PATIENCE, ""));
      first.facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
      first.standsStill();
      Server second = server(PILOT);
      second.serves();
      try (var log = new LogWatch(Ownership.class)) {
        first.pbx.send(new PbxCommand.Heartbeat());
        assertThat(first.isRefused()).contains("process 2 on there");
        first.pbx.send(new PbxCommand.HangUpLeg(leg));
        first.pbx.send(new PbxCommand.HangUpCall(call));
        second.facts.forget();
        second.pbx.send(new PbxCommand.Compare());
        second.facts.await(
            PbxEvent.Compared.class,
            e -> e.calls().stream().anyMatch(live -> live.call().equals(call)));
        assertThat(second.facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
        assertThat(second.facts.count(PbxEvent.Disconnected.class, _ -> true)).isZero();
        assertThat(log.said(Level.ERROR)).singleElement().asString().contains("process 2 on there");
      }
    }

    /// The ledger of a center was copied, as for a trial: the server on it is no restart of it.
    @Test
    void ofTwoOnCopiesOfALedgerTheLastServesAndTheyDoNotFight() {
      Server copy = server(new PbxOwner("live", "run-2", "process 2 on a copy"));
      copy.serves();
      assertThat(first.isRefused()).contains("process 2 on a copy");
      first.facts.await(PbxEvent.Disconnected.class, e -> !e.equals(gone(first)));
      assertThat(first.links()).isOne();
      assertThat(copy.links()).isOne();
      assertThat(copy.facts.count(PbxEvent.Disconnected.class, _ -> true)).isZero();
    }

    /// Its global variables are gone; whoever had it is the owner, whoever comes first.
    @Test
    void whoHasServedDoesSoAfterARestartOfThePbx() throws Exception {
      Server second = server(PILOT);
      second.isRefused();
      first.facts.forget();
      rig.stopAndStart();
      first.serves();
      assertThat(AsteriskPbx.refusal(settings(), PILOT).orElseThrow())
          .contains("process 1 on here");
      assertThat(second.links()).isZero();
      first.close();
      second.serves();
    }

    /// Who does not come back has lost it.
    @Test
    void whoDoesNotComeBackAfterARestartOfThePbxIsWaitedFor() throws Exception {
      link.breakOff();
      rig.stopAndStart();
      assertThat(AsteriskPbx.refusal(settings(), PILOT)).isEmpty();
      server(PILOT).serves();
    }

    private static PbxEvent gone(Server server) {
      return server.facts.await(PbxEvent.Disconnected.class);
    }
  }
}
