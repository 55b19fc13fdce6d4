/// Telephones in browsers: what goes between one and the PBX is read here, and only what an agent's
/// telephone may say goes on. It knows no socket.
@NullMarked
package org.switchroom.desktop.phone;

import org.jspecify.annotations.NullMarked;
