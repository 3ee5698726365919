package dev.berth.enrollment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some entries, and the opaque continuation that the next call goes on from (null: there are no more). It may have none and yet go on. */
public record RemotePage<T>(List<T> values, @Nullable String continuation) {
    public RemotePage {
        values = List.copyOf(values);
    }
}
