package org.switchroom.desktop.web;

import org.switchroom.cti.audio.TalkFolder;
import org.switchroom.cti.history.TalkIndex;

/// Where recordings of talks are, and which there were.
public record RecordedTalks(TalkFolder folder, TalkIndex index) {}
