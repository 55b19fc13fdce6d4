/// A script drawn as a diagram.
package org.switchroom.ivr.picture;
