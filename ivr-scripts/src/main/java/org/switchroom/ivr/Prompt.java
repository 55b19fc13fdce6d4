package org.switchroom.ivr;

/// Something to be heard.
///
/// @param text what is said, for people who read
/// @param file the sound file to play, without its ending; null: nothing is recorded for it
public record Prompt(String text, String file) {}
