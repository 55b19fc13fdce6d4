package org.switchroom.cti.center;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CalledNumber;
import org.switchroom.cti.pbx.TalkLimit;

/// How numbers outside are reached, and which may be: whatever a caller keys in, nothing else is
/// ever dialed.
///
/// A number is made international first, and what is dialed is what came of that. Of the patterns
/// that match it the longest decides, and `deny` before `allow` where both are as long. What costs
/// more than a call is dialed only where `allow` names it digit by digit.
///
/// @param through as the PBX dials it, with `{number}`: `PJSIP/{number}@trunk`; empty: not at all
/// @param callerId the number that whoever is called by an agent sees; empty: whatever the trunk
///   shows
/// @param queue by whose rules agents call somebody; empty: the default one
/// @param region where numbers without a country code belong, such as `TW`
public record Dialing(
    String through,
    String callerId,
    Optional<QueueId> queue,
    String region,
    List<DialPattern> allow,
    List<DialPattern> deny,
    Limits limits) {
  /// Nothing is dialed, and a callback's number only has to be one that can be.
  public static Dialing nowhere(String region) {
    return new Dialing("", "", Optional.empty(), region, List.of(), List.of(), Limits.DEFAULT);
  }

  /// With the trunk's own number shown, and by the default queue.
  public Dialing(
      String through,
      String region,
      List<DialPattern> allow,
      List<DialPattern> deny,
      Limits limits) {
    this(through, "", Optional.empty(), region, allow, deny, limits);
  }

  public Dialing {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /// @param length of a call that an agent makes; it ends so long after it was answered
  /// @param warning so long before an end it is told; zero: it is not
  /// @param callerLength of a caller's talk with a number outside, from when that has answered:
  ///   whoever was called is let go, so that no line is forgotten for ever, and the caller waits
  ///   again
  /// @param atOnce calls to numbers outside in all
  /// @param aDay in all
  public record Limits(
      Duration length,
      Duration warning,
      Duration callerLength,
      int atOnce,
      int aDay,
      int agentAtOnce,
      int agentADay) {
    public static final Limits DEFAULT = new Limits(Duration.ofHours(2), 20, 500, 1, 100);

    /// With what is usual beside a length.
    public Limits(Duration length, int atOnce, int aDay, int agentAtOnce, int agentADay) {
      this(length, usualWarning(length), Duration.ofHours(8), atOnce, aDay, agentAtOnce, agentADay);
    }

    /// A minute, or half of what is less than two.
    public static Duration usualWarning(Duration length) {
      Duration half = length.dividedBy(2);
      return half.compareTo(Duration.ofMinutes(1)) < 0 ? half : Duration.ofMinutes(1);
    }

    /// Of a call that an agent makes.
    TalkLimit talk(Dialed.Allowed number) {
      return number.limited() ? made() : given();
    }

    TalkLimit made() {
      return new TalkLimit(length, warning);
    }

    /// Of a number that a caller is given to, or that is asked for their sake.
    public TalkLimit given() {
      Duration half = callerLength.dividedBy(2);
      return new TalkLimit(callerLength, warning.compareTo(half) < 0 ? warning : half);
    }
  }

  /// Who wants a number called.
  public enum Wish {
    /// Somebody at a desk, by hand.
    PERSON,
    /// A script's `transfer`.
    SCRIPT,
    /// A queue's overflow.
    OVERFLOW,
    /// A caller, who wants to be called back at it.
    CALLBACK
  }

  /// What becomes of a number.
  public sealed interface Dialed {
    /// @param number to be dialed
    /// @param limited false: whatever the limits are
    record Allowed(String number, boolean limited) implements Dialed {}

    record Refused(NotDialed why) implements Dialed {}
  }

  /// Whether a number may be dialed, as far as the number itself says.
  public Dialed dial(String written, Wish wish) {
    CalledNumber number = CalledNumber.of(written, region);
    return switch (number.kind()) {
      case NONE -> refused(NotDialed.NO_NUMBER);
      case EMERGENCY -> emergency(number, wish);
      case INTERNATIONAL, SHORT -> ordinary(number, wish);
    };
  }

  /// A person is never kept from help. A script calls for it only where it was told so, also when
  /// all else is used up; that nobody is waited for there on somebody's behalf is not for a queue
  /// or a caller to change.
  private Dialed emergency(CalledNumber number, Wish wish) {
    boolean may =
        switch (wish) {
          case PERSON -> true;
          case SCRIPT -> longest(allow, number) > longest(deny, number);
          case OVERFLOW, CALLBACK -> false;
        };
    if (!may) return refused(NotDialed.EMERGENCY);
    return through.isEmpty()
        ? refused(NotDialed.NOWHERE)
        : new Dialed.Allowed(number.digits(), false);
  }

  private Dialed ordinary(CalledNumber number, Wish wish) {
    boolean byHand = wish == Wish.CALLBACK && through.isEmpty();
    if (through.isEmpty() && !byHand) return refused(NotDialed.NOWHERE);
    if (wish == Wish.CALLBACK && number.mayBeEmergency(region)) {
      return refused(NotDialed.EMERGENCY);
    }
    boolean opened =
        number.costs() == 0
            || allow.stream().anyMatch(one -> one.names(number.digits(), number.costs()));
    if (!opened) return refused(NotDialed.COSTLY);
    boolean may =
        byHand
            ? number.kind() == CalledNumber.Kind.INTERNATIONAL
            : longest(allow, number) > longest(deny, number);
    return may ? new Dialed.Allowed(number.digits(), true) : refused(NotDialed.NOT_ALLOWED);
  }

  private static Dialed refused(NotDialed why) {
    return new Dialed.Refused(why);
  }

  /// 0: none matches.
  private static int longest(List<DialPattern> patterns, CalledNumber number) {
    return patterns.stream()
        .filter(one -> one.matches(number))
        .mapToInt(DialPattern::length)
        .max()
        .orElse(0);
  }

  /// What the PBX dials for a number that is [Dialed.Allowed].
  public String through(String number) {
    return through.replace("{number}", number);
  }
}
