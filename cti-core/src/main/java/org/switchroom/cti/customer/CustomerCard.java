package org.switchroom.cti.customer;

import java.util.List;

/// A customer as an agent sees them: the fixed data, and the newest of their history first.
public record CustomerCard(Customer customer, List<String> numbers, List<TimelineEntry> timeline) {}
