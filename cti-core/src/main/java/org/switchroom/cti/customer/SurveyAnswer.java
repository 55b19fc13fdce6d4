package org.switchroom.cti.customer;

import java.time.Instant;

/// What a caller answered after the call.
///
/// @param customer null: not known
/// @param queue empty: none
/// @param agent empty: none
/// @param score from 1 to `most`
public record SurveyAnswer(
    String call,
    Long customer,
    String queue,
    String agent,
    String question,
    int score,
    int most,
    Instant at)
    implements HistoryRecord {}
