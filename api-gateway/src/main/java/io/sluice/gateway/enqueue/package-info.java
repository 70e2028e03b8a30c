/// Jobs for parts that are staged, within the window of their upload.
@NullMarked
package io.sluice.gateway.enqueue;

import org.jspecify.annotations.NullMarked;
