/// Staging and object store on anything that speaks S3: one client, its failures named, nothing digested twice.
@NullMarked
package io.sluice.storage.s3;

import org.jspecify.annotations.NullMarked;
