// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import dev.divan.transport.DialRequest;
import dev.divan.transport.PeerFacts;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeDecision.Accept;
import dev.divan.transport.UpgradeDecision.Refuse;
import dev.divan.transport.UpgradeRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt to get in: the way there, the doorkeeper's decision, the way back. */
final class LoopbackDial {

  /** Makes both ends of the connection and gives the dialer's. */
  interface Joint {
    LoopbackChannel join(LoopbackBinding binding, DialRequest request, String protocol);
  }

  private final DialRequest request;
  private final CompletableFuture<Channel> answer;
  private final Timeline timeline;
  private final Impairment impairment;

  LoopbackDial(
      DialRequest request,
      CompletableFuture<Channel> answer,
      Timeline timeline,
      Impairment impairment) {
    this.request = request;
    this.answer = answer;
    this.timeline = timeline;
    this.impairment = impairment;
  }

  void begin(Supplier<@Nullable LoopbackBinding> listeners, Joint joint) {
    timeline.after(
        request.connectTimeout(),
        () -> fail(Reason.TIMEOUT, "no answer from " + request.uri() + " in time"));
    timeline.after(
        impairment.latency(),
        () -> {
          LoopbackBinding binding = listeners.get();
          if (answer.isDone()) {
            return;
          }
          if (binding == null) {
            fail(Reason.REFUSED, "nobody listens at " + request.uri());
          } else {
            knock(binding, joint);
          }
        });
  }

  private void knock(LoopbackBinding binding, Joint joint) {
    Map<String, List<String>> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(lower(name), List.of(value)));
    String path = request.uri().getPath();
    PeerFacts nobody = new PeerFacts(null, List.of());
    binding
        .doorkeeper
        .knock(new UpgradeRequest(path, headers, request.protocols(), nobody))
        .whenComplete(
            (decision, failure) ->
                timeline.after(impairment.latency(), () -> decided(binding, joint, decision)));
  }

  private void decided(LoopbackBinding binding, Joint joint, @Nullable UpgradeDecision decision) {
    if (decision instanceof Accept accept) {
      enter(binding, joint, accept);
    } else if (decision instanceof Refuse refuse) {
      refuse(refuse);
    } else {
      refuse(new Refuse(500, Map.of(), "the doorkeeper failed"));
    }
  }

  private void enter(LoopbackBinding binding, Joint joint, Accept accept) {
    if (!request.protocols().contains(accept.protocol())) {
      fail(Reason.PROTOCOL, "the peer chose a protocol that was not offered: " + accept.protocol());
      return;
    }
    if (answer.isDone()) {
      return;
    }
    if (binding.full()) {
      refuse(new Refuse(503, Map.of(), "too many connections"));
      return;
    }
    LoopbackChannel dialed = joint.join(binding, request, accept.protocol());
    // The other end opens first: if the dialer gave up in between, it sees the channel end.
    accept.opened().accept(dialed.otherEnd());
    if (!answer.complete(dialed)) {
      dialed.abort();
    }
  }

  private void refuse(Refuse refuse) {
    Map<String, List<String>> headers = new HashMap<>();
    refuse.headers().forEach((name, value) -> headers.put(lower(name), List.of(value)));
    answer.completeExceptionally(
        new DialException(refuse.status(), Map.copyOf(headers), refuse.text()));
  }

  private void fail(Reason reason, String message) {
    answer.completeExceptionally(new DialException(reason, message, null));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
