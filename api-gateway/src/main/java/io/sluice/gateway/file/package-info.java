/// Files: uploads of one request, the list of what there is, metadata, deletion.
@NullMarked
package io.sluice.gateway.file;

import org.jspecify.annotations.NullMarked;
