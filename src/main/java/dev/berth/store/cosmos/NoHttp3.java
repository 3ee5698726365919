package dev.berth.store.cosmos;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * In a native image, HTTP/3 does not exist: its classes have to be there for the image to be built, and the HTTP client would take that for the
 * whole of it and load a library that is not there.
 */
@TargetClass(className = "reactor.netty.http.internal.Http3")
final class NoHttp3 {
    private NoHttp3() {}

    @Substitute
    public static boolean isHttp3Available() {
        return false;
    }
}
