/// An upload: its identity, its states, and the table that says which event may move it where.
@NullMarked
package io.sluice.model.upload;

import org.jspecify.annotations.NullMarked;
