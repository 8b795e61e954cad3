// SPDX-License-Identifier: Apache-2.0

/**
 * The URL endpoint listener as applications use it: its configuration, its status, and the factory
 * that makes one.
 *
 * <p>Applications make a {@link dev.divan.listener.URLEndpointListenerConfiguration} and give it to
 * {@link dev.divan.listener.URLEndpointListenerFactory}, or write a configuration file.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.listener;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
