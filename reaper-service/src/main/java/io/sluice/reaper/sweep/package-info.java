/// Removes bytes that no row owns: staged, in open multipart uploads, and whole objects.
@NullMarked
package io.sluice.reaper.sweep;

import org.jspecify.annotations.NullMarked;
