// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads orders, a line each, words separated by tabs; answers each with a line of {@code key=value}
 * separated by tabs.
 */
final class Orders implements Runnable {
  static final String PREFIX = "demo: ";
  private static final Logger LOG = LoggerFactory.getLogger("airports");

  /** Carries out one order. */
  @FunctionalInterface
  interface Order {
    Map<String, ?> carryOut(List<String> words) throws Exception;
  }

  private final InputStream in;
  private final PrintStream out;
  private final Map<String, Order> orders;
  private final Runnable end;

  /**
   * @param end called when nobody will give orders any more
   */
  Orders(InputStream in, PrintStream out, Map<String, Order> orders, Runnable end) {
    this.in = in;
    this.out = out;
    this.orders = orders;
    this.end = end;
  }

  @Override
  public void run() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine())
        out.println(PREFIX + answer(List.of(line.split("\t"))));
    } catch (IOException e) {
      LOG.warn("no more orders can be read", e);
    }
    end.run();
  }

  private String answer(List<String> words) {
    Order order = orders.get(words.get(0));
    if (order == null) return "failed=no such order: " + words.get(0);
    try {
      return order.carryOut(words.subList(1, words.size())).entrySet().stream()
          .map(entry -> entry.getKey() + "=" + oneLine(entry.getValue()))
          .collect(Collectors.joining("\t"));
    } catch (Exception e) { // an order may fail in any way; whoever gave it is told
      LOG.warn("order {} failed", words, e);
      return "failed=" + oneLine(e);
    }
  }

  private static String oneLine(Object value) {
    return Arrays.stream(value.toString().split("[\t\r\n]+")).collect(Collectors.joining(" "));
  }
}
