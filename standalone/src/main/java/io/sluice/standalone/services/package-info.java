/// The three services of an instance: in this JVM, or each as a process of its own.
@NullMarked
package io.sluice.standalone.services;

import org.jspecify.annotations.NullMarked;
