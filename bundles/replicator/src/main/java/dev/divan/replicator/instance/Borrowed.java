// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.database.ConflictResolver;
import dev.divan.instance.Need;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.conversation.AwayException;
import dev.divan.tls.TLSIdentity;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A service that is looked up each time it is asked, and never kept. While there is none, and if it
 * fails because it is just being withdrawn, that is no answer: {@link AwayException}.
 *
 * @param words what it is, for people
 */
record Borrowed<T>(String words, Supplier<? extends @Nullable T> source) {

  static <T> Borrowed<T> by(Need<T> need) {
    return new Borrowed<>(need.toString(), need::now);
  }

  <R extends @Nullable Object> R ask(Function<? super T, ? extends R> question) {
    T service = source.get();
    if (service == null) throw new AwayException("there is no " + words);
    try {
      return question.apply(service);
    } catch (RuntimeException | Error e) {
      if (source.get() == service) throw e;
      throw new AwayException(words + " went while it was asked");
    }
  }

  static @Nullable ReplicationFilter filter(@Nullable Borrowed<ReplicationFilter> filter) {
    return filter == null
        ? null
        : (document, flags, peer) -> filter.ask(now -> now.filtered(document, flags, peer));
  }

  static @Nullable ConflictResolver resolver(@Nullable Borrowed<ConflictResolver> resolver) {
    return resolver == null ? null : conflict -> resolver.ask(now -> now.resolve(conflict));
  }

  static @Nullable Authenticator authenticator(@Nullable Borrowed<Authenticator> authenticator) {
    return authenticator == null ? null : new BorrowedAuthenticator(authenticator);
  }

  private record BorrowedAuthenticator(Borrowed<Authenticator> authenticator)
      implements Authenticator {
    @Override
    public Map<String, String> headers() {
      return authenticator.ask(Authenticator::headers);
    }

    @Override
    public @Nullable Map<String, String> answer(List<String> challenges) {
      return authenticator.<@Nullable Map<String, String>>ask(now -> now.answer(challenges));
    }

    @Override
    public @Nullable TLSIdentity identity() {
      return authenticator.ask(Authenticator::identity);
    }
  }
}
