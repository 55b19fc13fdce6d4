/// Around the engine: what keeps its turns and brings them back.
package org.switchroom.cti.runtime;
