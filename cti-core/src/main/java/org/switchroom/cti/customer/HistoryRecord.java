package org.switchroom.cti.customer;

/// Something that is written into the history and never changed.
public sealed interface HistoryRecord
    permits ContactRecord, DispositionRecord, ScriptRun, SeatChanged, SurveyAnswer, TaskClosed {
  String call();
}
