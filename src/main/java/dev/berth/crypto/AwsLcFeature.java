package dev.berth.crypto;

import java.security.Security;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Makes {@link AwsLc} known while a native image is built: the image trusts no provider of key agreements but the objects that were
 * registered then. The real provider cannot be that object, since it loads a library and starts a thread.
 */
final class AwsLcFeature implements Feature {
    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        Security.addProvider(new AwsLc());
    }
}
