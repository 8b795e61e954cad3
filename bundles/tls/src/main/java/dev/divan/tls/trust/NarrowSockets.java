// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets for dialling, as narrow as engines. */
final class NarrowSockets extends SSLSocketFactory {
  private final SSLSocketFactory wide;

  NarrowSockets(SSLSocketFactory wide) {
    this.wide = wide;
  }

  private static Socket narrowed(Socket socket) {
    SSLSocket tls = (SSLSocket) socket;
    tls.setSSLParameters(Narrow.narrowed(tls.getSSLParameters()));
    return tls;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return getSupportedCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Narrow.suites(wide.getSupportedCipherSuites());
  }

  @Override
  public Socket createSocket() throws IOException {
    return narrowed(wide.createSocket());
  }

  @Override
  public Socket createSocket(@Nullable Socket below, String host, int port, boolean autoClose)
      throws IOException {
    return narrowed(wide.createSocket(below, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return narrowed(wide.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return narrowed(wide.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return narrowed(wide.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return narrowed(wide.createSocket(host, port, from, fromPort));
  }
}
