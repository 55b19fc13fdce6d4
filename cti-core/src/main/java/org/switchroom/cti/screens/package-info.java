/// What desks and wallboards show: a projection that is given turns and nothing else, and the port
/// to the screens.
package org.switchroom.cti.screens;
