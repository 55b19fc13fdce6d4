package org.switchroom.desktop.web;

/// An account that the log-in page may name, because it opens nothing but the demo.
public record LogInHint(String name, String password, String title) {}
