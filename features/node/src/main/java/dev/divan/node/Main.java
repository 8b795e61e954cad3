// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.osgi.framework.BundleException;

/** {@code java -jar divan-node.jar}. */
public final class Main {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static volatile int status;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    Options options = null;
    try {
      options = Options.parse(List.of(arguments));
    } catch (Options.UsageException e) {
      System.err.println("divan-node: " + e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(MISUSED);
    }
    if (options == null) {
      System.out.print(Options.USAGE);
      return;
    }
    // Standard output carries only what is promised; whoever else prints there, prints to stderr.
    PrintStream promised = System.out;
    if (!options.shell()) System.setOut(System.err);
    try (HomeLock lock = HomeLock.take(options.home())) {
      run(options, promised);
    } catch (IOException | BundleException e) {
      System.err.println("divan-node: " + e.getMessage() + reason(e));
      status = FAILED;
    }
    System.exit(status);
  }

  private static void run(Options options, PrintStream promised)
      throws IOException, BundleException, InterruptedException {
    Logging.configure(options.log());
    Samples.write(options.home().resolve("etc"));
    Node node = new Node(options, promised);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "divan-stop"));
    node.start();
    node.waitForStop();
  }

  /** A JVM that ends on a signal reports the signal; having stopped cleanly is success. */
  private static void stop(Node node) {
    Runtime.getRuntime().halt(node.stop() ? status : FAILED);
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) root = root.getCause();
    return root == e ? "" : " (" + root.getMessage() + ")";
  }
}
