package org.switchroom.desktop.planted;

/// Knows who knows it.
public record PlantedCircle(PlantedViolations other) {}
