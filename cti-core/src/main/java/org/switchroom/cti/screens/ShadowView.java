package org.switchroom.cti.screens;

/// What the policy in the shadow would have done.
///
/// @param policy by its name in the configuration; empty: there is none
/// @param asked choices since it was set
/// @param otherwise those in which it would have chosen somebody else
/// @param last the last of them, for people; empty: none
public record ShadowView(String policy, long asked, long otherwise, String last) {}
