package org.switchroom.cti.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Which real parts this machine has.
public final class RealParts {
  private RealParts() {}

  /// Where `pbx/test-asterisk install` has put it.
  public static Path asteriskRoot() {
    String named = System.getenv("SWITCHROOM_ASTERISK");
    return Path.of(named == null ? "/var/cache/switchroom/asterisk" : named);
  }

  public static Path chromium() {
    return Path.of("/usr/bin/chromium");
  }

  static final class Asterisk implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      var missing = new ArrayList<String>();
      if (!Files.exists(asteriskRoot().resolve(".complete"))) {
        missing.add("Asterisk (pbx/test-asterisk install " + asteriskRoot() + ")");
      }
      if (!onPath("sipp")) missing.add("SIPp (package sip-tester)");
      if (!"root".equals(System.getProperty("user.name"))) missing.add("root, for its chroot");
      return decide(context, missing);
    }
  }

  static final class Browser implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      var missing = new ArrayList<String>();
      if (!Files.isExecutable(chromium())) missing.add("Chromium (package chromium)");
      if (!onPath("node")) missing.add("Node.js");
      return decide(context, missing);
    }
  }

  static final class SoftPhones implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      var missing = new ArrayList<String>();
      if (!Files.isExecutable(asteriskRoot().resolve("usr/bin/baresip"))) {
        missing.add("Baresip (pbx/test-asterisk install " + asteriskRoot() + ")");
      }
      if (!onPath("linphonec")) missing.add("Linphone (package linphone-cli)");
      return decide(context, missing);
    }
  }

  static final class Relay implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return decide(
          context, onPath("turnserver") ? List.of() : List.of("a TURN server (package coturn)"));
    }
  }

  static final class Voice implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return decide(
          context, onPath("espeak-ng") ? List.of() : List.of("a voice (package espeak-ng)"));
    }
  }

  private static ConditionEvaluationResult decide(ExtensionContext context, List<String> missing) {
    if (missing.isEmpty()) return ConditionEvaluationResult.enabled("all real parts are here");
    String text = context.getDisplayName() + " needs " + String.join(" and ", missing);
    if (System.getenv("CI") != null) {
      throw new IllegalStateException(text + ", and where CI is set nothing may be left out.");
    }
    System.err.println("LEFT OUT: " + text);
    return ConditionEvaluationResult.disabled(text);
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) return true;
    }
    return false;
  }
}
