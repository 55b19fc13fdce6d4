package org.switchroom.desktop.demo;

/// Names for simulated colleagues.
final class ColleagueNames {
  private static final String[] NAMES = {
    "Bella 陳",
    "Chris Wu",
    "Dora 林",
    "Eric Huang",
    "Fay 王",
    "Gary Lin",
    "Helen 張",
    "Ivan Lee",
    "Joy 吳",
    "Ken Tsai",
    "Lily 楊",
    "Max Hsu"
  };

  private ColleagueNames() {}

  static String of(int index) {
    String name = NAMES[index % NAMES.length];
    return index < NAMES.length ? name : name + " " + (index / NAMES.length + 1);
  }
}
