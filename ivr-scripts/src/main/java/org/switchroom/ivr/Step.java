package org.switchroom.ivr;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.speech.Language;

/// One step of a script. Each step that can fail names where the caller goes then.
public sealed interface Step {
  /// A menu's key that leads to the menu before.
  String BACK = "back";

  /// Where a caller can go from here: the exit's name, and the step it leads to.
  default SequencedMap<String, String> exits() {
    return new LinkedHashMap<>();
  }

  /// The exits that are only taken by a caller who does something, such as pressing a right key.
  default List<String> byCaller() {
    return List.of();
  }

  /// What is said here; none where nothing is.
  default List<Saying> sayings() {
    return List.of();
  }

  /// The word by which a script names it.
  String kind();

  private static SequencedMap<String, String> to(String... pairs) {
    var exits = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) exits.put(pairs[i], pairs[i + 1]);
    return exits;
  }

  private static List<Saying> said(@Nullable Saying... sayings) {
    return Arrays.stream(sayings).filter(Objects::nonNull).toList();
  }

  record Say(Saying saying, String next) implements Step {
    @Override
    public String kind() {
      return "say";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next);
    }

    @Override
    public List<Saying> sayings() {
      return said(saying);
    }
  }

  /// @param keys the step of each key, or [#BACK]
  /// @param retries how often the menu is said again after a wrong key or silence
  /// @param invalid said after a wrong key; null: nothing
  /// @param otherwise where a caller goes who never pressed a right key
  record Menu(
      Saying saying,
      SequencedMap<Character, String> keys,
      Duration timeout,
      int retries,
      @Nullable Saying invalid,
      String otherwise)
      implements Step {
    @Override
    public String kind() {
      return "menu";
    }

    @Override
    public SequencedMap<String, String> exits() {
      var exits = new LinkedHashMap<String, String>();
      keys.forEach(
          (key, step) -> {
            if (!step.equals(BACK)) exits.put(key.toString(), step);
          });
      exits.put("otherwise", otherwise);
      return exits;
    }

    @Override
    public List<String> byCaller() {
      return keys.keySet().stream().map(Object::toString).toList();
    }

    @Override
    public List<Saying> sayings() {
      return said(saying, invalid);
    }
  }

  /// How digits are read.
  ///
  /// @param end the key that ends the input early
  /// @param retries how often it is asked again
  /// @param invalid said when there were too few; null: nothing
  record Digits(
      int fewest, int most, char end, Duration timeout, int retries, @Nullable Saying invalid) {}

  /// @param as the variable that keeps the digits
  record Collect(Saying saying, String as, Digits digits, String next, String otherwise)
      implements Step {
    @Override
    public String kind() {
      return "collect";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next, "otherwise", otherwise);
    }

    @Override
    public List<String> byCaller() {
      return List.of("next");
    }

    @Override
    public List<Saying> sayings() {
      return said(saying, digits.invalid());
    }
  }

  /// Asks for a PIN and checks it. The digits are kept nowhere.
  ///
  /// @param of whose PIN: the customer's number, such as `customer.id`
  record Pin(
      Saying saying, Expression of, Digits digits, String right, String wrong, String failure)
      implements Step {
    @Override
    public String kind() {
      return "pin";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("right", right, "wrong", wrong, "failure", failure);
    }

    @Override
    public List<String> byCaller() {
      return List.of("right");
    }

    @Override
    public List<Saying> sayings() {
      return said(saying, digits.invalid());
    }
  }

  /// @param longest of the recording
  /// @param silence ends it
  record Limits(Duration longest, Duration silence, char end) {}

  /// @param as the variable that keeps the recording's name
  /// @param otherwise nothing was said
  record Record(Saying saying, String as, Limits limits, String next, String otherwise)
      implements Step {
    @Override
    public String kind() {
      return "record";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next, "otherwise", otherwise);
    }

    @Override
    public List<String> byCaller() {
      return List.of("next");
    }

    @Override
    public List<Saying> sayings() {
      return said(saying);
    }
  }

  /// @param by the key to look up; null: as the kind has it
  /// @param as the variable that keeps what is found
  record Lookup(
      Services.Kind what,
      @Nullable Expression by,
      String as,
      String found,
      String notFound,
      String failure)
      implements Step {
    @Override
    public String kind() {
      return "lookup";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("found", found, "not-found", notFound, "failure", failure);
    }
  }

  /// @param when the first that is true says where to go
  record Branch(SequencedMap<Expression, String> when, String otherwise, String failure)
      implements Step {
    @Override
    public String kind() {
      return "branch";
    }

    @Override
    public SequencedMap<String, String> exits() {
      var exits = new LinkedHashMap<String, String>();
      when.forEach((expression, step) -> exits.put(expression.toString(), step));
      exits.put("otherwise", otherwise);
      if (!failure.equals(otherwise)) exits.put("failure", failure);
      return exits;
    }
  }

  record SetVariables(SequencedMap<String, Expression> values, String next, String failure)
      implements Step {
    @Override
    public String kind() {
      return "set";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return next.equals(failure) ? to("next", next) : to("next", next, "failure", failure);
    }
  }

  record Speak(Language language, String next) implements Step {
    @Override
    public String kind() {
      return "language";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next);
    }
  }

  record Hours(String calendar, String open, String closed) implements Step {
    @Override
    public String kind() {
      return "hours";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("open", open, "closed", closed);
    }
  }

  /// @param as the variable that keeps what was answered, as JSON has it
  record Http(
      String method,
      Template url,
      SequencedMap<String, Expression> body,
      @Nullable String as,
      Duration timeout,
      String next,
      String failure)
      implements Step {
    @Override
    public String kind() {
      return "http";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next, "failure", failure);
    }
  }

  /// @param priority added to the queue's own
  /// @param ask skills beside those that the queue asks for; null: none
  /// @param prefer the agent to be asked first; null: nobody
  /// @param preferFor for how long
  record ToQueue(
      String queue,
      int priority,
      @Nullable String ask,
      @Nullable Expression prefer,
      Duration preferFor)
      implements Step {
    @Override
    public String kind() {
      return "queue";
    }
  }

  /// @param ring how long the other side may ring
  /// @param failure it was busy, did not answer, or could not be reached
  record Transfer(Template number, Duration ring, String failure) implements Step {
    @Override
    public String kind() {
      return "transfer";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("failure", failure);
    }
  }

  /// Records a message and gives it to a queue as work.
  ///
  /// @param otherwise nothing was said
  record Voicemail(
      Saying saying, String queue, Limits limits, String next, String otherwise, String failure)
      implements Step {
    @Override
    public String kind() {
      return "voicemail";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next, "otherwise", otherwise, "failure", failure);
    }

    @Override
    public List<String> byCaller() {
      return List.of("next");
    }

    @Override
    public List<Saying> sayings() {
      return said(saying);
    }
  }

  /// @param number to be called
  record Callback(String queue, Expression number, String next, String failure) implements Step {
    @Override
    public String kind() {
      return "callback";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next, "failure", failure);
    }
  }

  /// @param recording the variable of a recording that belongs to it; null: none
  /// @param as the variable that keeps the ticket
  record Ticket(
      Template subject,
      String priority,
      @Nullable String recording,
      String as,
      String next,
      String failure)
      implements Step {
    @Override
    public String kind() {
      return "ticket";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next, "failure", failure);
    }
  }

  /// A question that is answered with a key from 1 to `most`.
  ///
  /// @param question its name in the figures
  record Survey(
      String question,
      Saying saying,
      int most,
      Duration timeout,
      int retries,
      String next,
      String otherwise)
      implements Step {
    @Override
    public String kind() {
      return "survey";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next, "otherwise", otherwise);
    }

    @Override
    public List<String> byCaller() {
      return List.of("next");
    }

    @Override
    public List<Saying> sayings() {
      return said(saying);
    }
  }

  /// @param with what the script's arguments are
  record SubScript(String script, SequencedMap<String, Expression> with, String next)
      implements Step {
    @Override
    public String kind() {
      return "script";
    }

    @Override
    public SequencedMap<String, String> exits() {
      return to("next", next);
    }
  }

  /// The end of a sub-script. In a script that nobody called, the end of the call.
  record Return() implements Step {
    @Override
    public String kind() {
      return "return";
    }
  }

  /// @param saying said before; null: nothing
  record HangUp(@Nullable Saying saying) implements Step {
    @Override
    public String kind() {
      return "hangup";
    }

    @Override
    public List<Saying> sayings() {
      return said(saying);
    }
  }
}
