/// Runs the shell scripts of the repository in made-up surroundings.
@NullMarked
package io.sluice.standalone.script;

import org.jspecify.annotations.NullMarked;
