package org.switchroom.ivr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;
import org.switchroom.ivr.speech.Language;

/// A caller on the way through a script, as a step sees them.
public interface Walker {
  /// In characters. What is longer is cut before it goes to a service.
  int LONGEST_VALUE = 500;

  Caller caller();

  Services services();

  /// Of the script in which the caller is. They may be changed.
  Map<String, Object> variables();

  /// What time it is, for expressions, from here on.
  void setClock();

  /// From here on.
  void speak(Language language);

  List<Prompt> prompts(Saying saying);

  /// @param saying empty: nothing
  default List<Prompt> prompts(Optional<Saying> saying) {
    return saying.map(this::prompts).orElse(List.of());
  }

  /// Notes in the trail what the caller did here, or what was found.
  void went(String choice);

  /// Notes what was collected from the caller.
  void answered(String variable, String answer);

  /// The caller has left a message, or asked for a callback.
  void hasLeftSomething();

  /// Takes an exit although the caller hung up. Without that the runner does it.
  void leave(Onward.Exit exit);

  /// The caller is in a menu, where others can lead back to.
  void enterMenu();

  /// The menu before this one; in the first it is this one.
  String menuBefore();

  /// What the caller did until now.
  Outcome.Walk walked();

  /// Where the script goes on when the caller comes back to it.
  Outcome.Resume resumeAt(String step);

  /// As text; empty where it has no value or cannot be worked out.
  default String evaluated(Expression expression) {
    try {
      return text(expression.evaluate(variables()));
    } catch (ExpressionFault e) {
      return "";
    }
  }

  /// Empty where there is no value.
  static String text(Optional<Object> value) {
    String text = value.map(Object::toString).orElse("");
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
  }
}
