package org.switchroom.ivr.step;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.switchroom.ivr.yaml.Yaml;

/// Every kind of step there is. A new one is a class beside these, and a line here.
public final class StepKinds {
  public static final List<StepKind> ALL =
      List.of(
          SayStep.KIND,
          NoticeStep.KIND,
          TalkRecordingStep.KIND,
          MenuStep.KIND,
          CollectStep.KIND,
          PinStep.KIND,
          SurveyStep.KIND,
          RecordCallerStep.KIND,
          LookupStep.KIND,
          BranchStep.KIND,
          SetVariablesStep.KIND,
          SpeakStep.KIND,
          OpeningHoursStep.KIND,
          HttpRequestStep.KIND,
          OpenTicketStep.KIND,
          VoicemailStep.KIND,
          CallbackStep.KIND,
          SubScriptStep.KIND,
          ToQueueStep.KIND,
          TransferStep.KIND,
          HangUpStep.KIND,
          ReturnStep.KIND);

  private StepKinds() {}

  /// What a step is; empty: it is of no kind, or of several.
  public static Optional<StepKind> of(Yaml fields) {
    List<StepKind> named = ALL.stream().filter(kind -> fields.isWritten(kind.word())).toList();
    return named.stream().filter(kind -> named.stream().allMatch(kind::goesWith)).findFirst();
  }

  public static SortedSet<String> words() {
    return ALL.stream().map(StepKind::word).collect(Collectors.toCollection(TreeSet::new));
  }
}
