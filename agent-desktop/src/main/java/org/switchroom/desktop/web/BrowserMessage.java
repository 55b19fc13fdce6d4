package org.switchroom.desktop.web;

/// What is written as JSON for browsers.
interface BrowserMessage {}
