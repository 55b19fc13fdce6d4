/// What agents can do, what contacts ask for, and the conditions that routing steps may have.
@NullMarked
package org.switchroom.acd.skill;

import org.jspecify.annotations.NullMarked;
