// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.listener.ListenerException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** This machine's addresses: which to bind for a name, and which to print. */
final class Addresses {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:.*");

  /** Around an IPv6 address, as in a URL. */
  private static final Pattern BRACKETS = Pattern.compile("^\\[(.*)]$");

  private static final Comparator<InetAddress> BEST_FIRST =
      Comparator.comparing(InetAddress::isLoopbackAddress)
          .thenComparing(InetAddress::isLinkLocalAddress)
          .thenComparing(Inet6Address.class::isInstance);

  private Addresses() {}

  /**
   * The address to bind.
   *
   * @param nameOrAddress of an interface of this machine; null, {@code 0.0.0.0} and {@code ::} for
   *     all
   * @return null for all
   */
  static @Nullable InetAddress resolve(@Nullable String nameOrAddress) throws ListenerException {
    if (nameOrAddress == null || nameOrAddress.isBlank()) {
      return null;
    }
    String text = BRACKETS.matcher(nameOrAddress.strip()).replaceFirst("$1");
    try {
      if (text.equalsIgnoreCase("localhost")) {
        return InetAddress.getLoopbackAddress();
      }
      if (LITERAL.matcher(text).matches()) {
        InetAddress address = InetAddress.getByName(text);
        if (address.isAnyLocalAddress()) {
          return null;
        }
        if (NetworkInterface.getByInetAddress(address) == null && !address.isLoopbackAddress()) {
          throw new ListenerException(
              "networkInterface: no interface of this machine has the address " + text, null);
        }
        return address;
      }
      NetworkInterface network = NetworkInterface.getByName(text);
      if (network == null) {
        throw new ListenerException(
            "networkInterface: this machine has no interface "
                + text
                + "; it has "
                + NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList(),
            null);
      }
      return network
          .inetAddresses()
          .min(BEST_FIRST)
          .orElseThrow(
              () ->
                  new ListenerException(
                      "networkInterface: the interface " + text + " has no address", null));
    } catch (UnknownHostException e) {
      throw new ListenerException("networkInterface: " + text + " is no IP address", e);
    } catch (SocketException e) {
      throw new ListenerException("networkInterface: " + text + ": " + e.getMessage(), e);
    }
  }

  /** Where a socket bound so can be reached, the loopback last. */
  static List<InetAddress> reachable(@Nullable InetAddress bound) {
    if (bound != null) {
      return List.of(bound);
    }
    Set<InetAddress> all = new LinkedHashSet<>();
    try {
      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (network.isUp()) {
          network.inetAddresses().forEach(all::add);
        }
      }
    } catch (SocketException e) {
      all.add(InetAddress.getLoopbackAddress());
    }
    return all.stream().sorted(BEST_FIRST).toList();
  }

  /** As it stands in a URL. A zone means nothing to others and is left out. */
  static String literal(InetAddress address) {
    String text = address.getHostAddress();
    if (!(address instanceof Inet6Address)) {
      return text;
    }
    int zone = text.indexOf('%');
    return "[" + (zone < 0 ? text : text.substring(0, zone)) + "]";
  }
}
