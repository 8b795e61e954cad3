// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.felix;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** A test that runs inside a Felix of its own: one for all methods of a class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class InFelix {
  /** Where the build has copied all bundles to. */
  private static final Path BUNDLES = Path.of("target", "bundles");

  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;
  Node node;

  /** Runs outside, before the framework starts. */
  @Configuration
  public Option[] framework() throws IOException {
    return new Option[] {workingDirectory("target/exam"), junitBundles(), bundles()};
  }

  private static Option bundles() throws IOException {
    try (Stream<Path> jars = Files.list(BUNDLES)) {
      return composite(jars.map(jar -> bundle(jar.toUri().toString())).toArray(Option[]::new));
    }
  }

  @Before
  public void open() {
    node = new Node(context, configurations);
  }

  /** Leaves nothing to the next method. */
  @After
  public void close() throws Exception {
    node.close();
  }
}
