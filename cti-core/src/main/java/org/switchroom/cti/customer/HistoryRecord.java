package org.switchroom.cti.customer;

/// Something that is written down and never changed: into the history, or for a server that starts
/// again.
public sealed interface HistoryRecord
    permits CallSeen,
        ContactRecord,
        CustomerChosen,
        DispositionRecord,
        ScriptRun,
        SeatChanged,
        SurveyAnswer,
        TaskClosed {
  String call();
}
