package org.switchroom.desktop.settings;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.AutoAnswer;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.ivr.yaml.Yaml;

/// Reads who may log in, and what an agent takes.
final class UserLoader {
  private static final Pattern PHONE = Pattern.compile("[A-Za-z0-9]+/[A-Za-z0-9_.@-]{1,60}");

  private static final Pattern BROWSER_PHONE = Pattern.compile("PJSIP/[A-Za-z0-9_-]{1,40}");

  private final Names names;
  private final boolean browserPhones;
  private final List<String> hotDesks;

  /// @param browserPhones whether browsers can be telephones
  UserLoader(Names names, boolean browserPhones, List<String> hotDesks) {
    this.names = names;
    this.browserPhones = browserPhones;
    this.hotDesks = hotDesks;
  }

  /// Phones at which any agent may sit.
  static List<String> hotDesks(Yaml all) {
    List<String> phones = all.texts("hot-desks");
    var seen = new HashSet<String>();
    for (String phone : phones) {
      if (!PHONE.matcher(phone).matches()) {
        all.fault(
            "hot-desks",
            "\"hot-desks\" has %s; write technology/name, such as PJSIP/3001.".formatted(phone));
      } else if (!seen.add(phone)) {
        all.fault("hot-desks", "Phone %s stands twice in \"hot-desks\".".formatted(phone));
      }
    }
    return phones;
  }

  List<User> users(Yaml all) {
    var seen = new HashMap<String, Integer>();
    var phones = new HashMap<String, String>();
    var users = new ArrayList<User>();
    for (Yaml fields : all.mappings("users")) {
      User user = user(fields, users.size());
      Integer before = seen.putIfAbsent(user.name(), fields.line());
      if (before != null)
        fields.fault("name", "User %s stands already in line %d.".formatted(user.name(), before));
      user.phone()
          .ifPresent(
              phone -> {
                String other = phones.putIfAbsent(phone, user.name());
                if (other != null)
                  fields.fault("phone", "Phone %s is %s's already.".formatted(phone, other));
              });
      users.add(user);
    }
    if (users.isEmpty()) all.fault("users", "There must be at least one user in \"users\".");
    return users;
  }

  private User user(Yaml fields, int order) {
    String name = Values.name(fields);
    var roles = EnumSet.noneOf(User.Role.class);
    String known = Stream.of(User.Role.values()).map(User.Role::word).collect(joining(", "));
    for (String word : fields.texts("roles")) {
      Optional<User.Role> role =
          Stream.of(User.Role.values()).filter(one -> one.word().equals(word)).findFirst();
      role.ifPresentOrElse(
          roles::add,
          () ->
              fields.fault("roles", "Role %s is not known. Known are %s.".formatted(word, known)));
    }
    if (roles.isEmpty()) {
      fields.fault("roles", "\"roles\" must name at least one of %s.".formatted(known));
    }
    Optional<String> browser = browserPhone(fields);
    notAtAHotDesk(fields, "phone", fields.text("phone"));
    notAtAHotDesk(fields, "browser-phone", browser);
    Optional<String> phone = fields.text("phone").or(() -> browser);
    if (roles.contains(User.Role.AGENT) && phone.isEmpty() && hotDesks.isEmpty()) {
      fields.fault(
          "phone",
          "An agent needs a \"phone\", such as PJSIP/1001, or a \"browser-phone\", such as"
              + " PJSIP/2001; or name phones at which anybody may sit in \"hot-desks\".");
    } else if (phone.isPresent() && !PHONE.matcher(phone.get()).matches()) {
      fields.fault(
          "phone",
          "\"phone\" is %s; write technology/name, such as PJSIP/1001.".formatted(phone.get()));
    }
    String hash = fields.required("password-hash");
    if (!hash.isEmpty() && !SecretHash.isOne(hash)) {
      fields.fault(
          "password-hash", "This is not an argon2id hash. Make one with ./switchroom password.");
    }
    var profile =
        new AgentProfile(
            new AgentId(name.isEmpty() ? "?" : name),
            new Skills(Values.levels(fields, "skills")),
            capacity(fields),
            order,
            prefers(fields));
    return new User(
        name,
        fields.text("title", name),
        hash,
        roles,
        phone,
        profile,
        browser,
        autoAnswer(fields, phone));
  }

  private static AutoAnswer autoAnswer(Yaml fields, Optional<String> phone) {
    Optional<Boolean> said = Values.yes(fields, "auto-answer");
    if (said.isEmpty()) return AutoAnswer.BY_QUEUE;
    if (said.get() && phone.filter(one -> one.startsWith("PJSIP/")).isEmpty()) {
      fields.fault(
          "auto-answer",
          "\"auto-answer\" is told to a phone of PJSIP, such as PJSIP/1001, and %s."
              .formatted(phone.map(one -> one + " is none").orElse("there is no \"phone\"")));
    }
    return said.get() ? AutoAnswer.ALWAYS : AutoAnswer.NEVER;
  }

  private void notAtAHotDesk(Yaml fields, String field, Optional<String> phone) {
    phone
        .filter(hotDesks::contains)
        .ifPresent(
            one ->
                fields.fault(
                    field,
                    "Phone %s is in \"hot-desks\", where anybody may sit. Leave it out here or there."
                        .formatted(one)));
  }

  private Optional<String> browserPhone(Yaml fields) {
    Optional<String> phone = fields.text("browser-phone");
    if (phone.isEmpty()) return phone;
    if (!browserPhones) {
      fields.fault(
          "browser-phone",
          "There is no \"browser-phones\", which says how Asterisk is reached by browsers.");
    } else if (!BROWSER_PHONE.matcher(phone.get()).matches()) {
      fields.fault(
          "browser-phone",
          "\"browser-phone\" is %s; write an endpoint of PJSIP, such as PJSIP/2001."
              .formatted(phone.get()));
    }
    return phone;
  }

  private static Capacity capacity(Yaml fields) {
    if (!fields.has("capacity")) return Capacity.ONE_CALL;
    Yaml capacity = fields.mapping("capacity");
    var each = new EnumMap<Channel, Integer>(Channel.class);
    int sum = 0;
    for (Channel channel : Channel.values()) {
      int most =
          capacity.number(Values.word(channel), channel == Channel.VOICE ? 1 : 0, 0, Capacity.MOST);
      each.put(channel, most);
      sum += most;
    }
    int total = capacity.number("total", Math.clamp(sum, 1, Capacity.MOST), 1, Capacity.MOST);
    return new Capacity(each, total, exclusive(capacity, each));
  }

  private static Set<Channel> exclusive(Yaml capacity, Map<Channel, Integer> each) {
    var exclusive = EnumSet.noneOf(Channel.class);
    for (String name : capacity.texts("exclusive")) {
      Optional<Channel> named =
          each.keySet().stream().filter(channel -> Values.word(channel).equals(name)).findAny();
      if (named.isEmpty() || each.getOrDefault(named.get(), 0) == 0) {
        capacity.fault(
            "exclusive",
            "\"%s\" is no channel of this agent. Channels that may be exclusive here: %s."
                .formatted(
                    name,
                    each.keySet().stream()
                        .filter(channel -> each.getOrDefault(channel, 0) > 0)
                        .map(Values::word)
                        .collect(joining(", "))));
      } else {
        exclusive.add(named.get());
      }
    }
    return exclusive;
  }

  private List<QueueId> prefers(Yaml fields) {
    var prefers = new ArrayList<QueueId>();
    for (String queue : fields.texts("prefers")) {
      names.queue(fields, "prefers", queue);
      if (!queue.isBlank()) prefers.add(new QueueId(queue));
    }
    return prefers;
  }
}
