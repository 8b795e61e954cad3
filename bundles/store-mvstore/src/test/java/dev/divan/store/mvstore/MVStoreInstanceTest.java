// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import dev.divan.testkit.store.StoreInstanceSuite;
import java.util.Map;
import org.osgi.framework.BundleContext;

class MVStoreInstanceTest extends StoreInstanceSuite {
  MVStoreInstanceTest() {
    super("dev.divan.store.mvstore", "divan-mvstore", MVStoreInstance.RANKING);
  }

  @Override
  protected Runnable activate(BundleContext context, Map<String, Object> properties) {
    return new MVStoreInstance(context, properties)::deactivate;
  }
}
