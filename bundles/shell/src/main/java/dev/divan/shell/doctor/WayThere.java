// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The name, the route, the port. */
final class WayThere {
  private final World world;
  private final Patient patient;

  WayThere(World world, Patient patient) {
    this.world = world;
    this.patient = patient;
  }

  /** The address that answers; null if none does. */
  @Nullable InetSocketAddress check(Consumer<Finding> told) {
    String host = patient.host();
    List<InetAddress> addresses;
    try {
      addresses = world.addresses(host);
    } catch (UnknownHostException e) {
      told.accept(
          Finding.bad(
              "name",
              "nobody knows a host " + host,
              "Correct the URL, or the DNS of this machine; an IP address works without a name."));
      return null;
    }
    String list =
        addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    told.accept(
        Finding.good("name", list.equals(host) ? host + " is an address" : host + " is " + list));
    return port(addresses, told);
  }

  private @Nullable InetSocketAddress port(List<InetAddress> addresses, Consumer<Finding> told) {
    int port = patient.port();
    List<String> failures = new ArrayList<>();
    IOException worst = new IOException("the name has no address");
    for (InetAddress each : addresses) {
      InetSocketAddress address = new InetSocketAddress(each, port);
      Instant before = world.now();
      try (World.Line line = world.plain(address)) {
        long millis = Duration.between(before, world.now()).toMillis();
        String there = each.getHostAddress() + " port " + port + " answers after " + millis + " ms";
        told.accept(
            failures.isEmpty()
                ? Finding.good("port", there)
                : Finding.doubt(
                    "port",
                    there + ", but not " + String.join(", ", failures),
                    "Each attempt loses time at the address that does not answer; take it out of"
                        + " the DNS, or give the address that answers."));
        return address;
      } catch (IOException e) {
        worst = e;
        failures.add(each.getHostAddress());
      }
    }
    told.accept(closed(worst, String.join(", ", failures), port));
    return null;
  }

  private Finding closed(IOException e, String where, int port) {
    if (e instanceof SocketTimeoutException)
      return Finding.bad(
          "port",
          where + " does not answer on port " + port,
          "The machine is off, or a firewall drops what comes to this port. Open it there, or"
              + " correct the address.");
    if (e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused"))
      return Finding.bad(
          "port",
          where + " is there, but nobody listens on port " + port,
          "Start the listener, or correct the port: divan:listener-list on the other machine shows"
              + " its URLs. A listener with networkInterface set is reached by that interface only.");
    return Finding.bad(
        "route",
        "there is no way to " + where + ": " + Doctor.said(e),
        "Look at this machine's network: cable, Wi-Fi, VPN, routes.");
  }
}
