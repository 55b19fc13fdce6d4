/// A running server: floors of parts, each wired by a class of its own, and [Switchroom], which
/// stacks them.
///
/// ```
///   Stores        what is in the database
///   Voices        what callers hear
///   EngineFloor   the engine, its PBX, its history
///   IvrFloor      callers in scripts
///   web.Desks     screens
/// ```
@NullMarked
package org.switchroom.desktop.server;

import org.jspecify.annotations.NullMarked;
