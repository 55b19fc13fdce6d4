package org.switchroom.cti.history;

import java.time.Instant;

/// A turn whose rows the database did not take; they are in none of its tables but `refused`.
///
/// @param turn its number in the ledger
/// @param why the database's own words
public record RefusedTurn(String ledger, long turn, Instant at, String why) {}
