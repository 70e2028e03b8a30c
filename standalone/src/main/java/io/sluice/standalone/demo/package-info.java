/// `sluice demo`: a client that uploads a file, is interrupted, resumes, and gets the same bytes back.
@NullMarked
package io.sluice.standalone.demo;

import org.jspecify.annotations.NullMarked;
