package dev.berth.store.embedded;

import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeClassInitialization;
import org.graalvm.nativeimage.hosted.RuntimeResourceAccess;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.util.Environment;

/**
 * Puts RocksDB's library into a native image: the one for the machine that the image is built for. Which one that is, is settled then; at each
 * start RocksDB would run a shell to ask for the C library.
 */
final class RocksDbFeature implements Feature {
    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        RuntimeResourceAccess.addResource(
                RocksDbFeature.class.getModule(), Environment.getJniLibraryFileName("rocksdb"));
        RuntimeClassInitialization.initializeAtBuildTime(Environment.class, NativeLibraryLoader.class);
    }
}
