/// What agents can do, what contacts ask for, and the conditions that routing steps may have.
package org.switchroom.acd.skill;
