package dev.berth.app;

import dev.berth.region.RegionId;
import dev.berth.store.StoreListener;
import org.jboss.logging.Logger;

/** Logs when the store of another region goes and comes. Health and metrics of the store are about the own region's. */
final class RemoteStoreListener implements StoreListener {
    private static final Logger LOG = Logger.getLogger(RemoteStoreListener.class);

    private final RegionId region;

    RemoteStoreListener(RegionId region) {
        this.region = region;
    }

    @Override
    public void suspended(String reason) {
        LOG.warnf("the store of region %s is suspended: %s", region, reason);
    }

    @Override
    public void resumed() {
        LOG.infof("the store of region %s is there again", region);
    }
}
