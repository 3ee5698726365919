package dev.berth.store.cosmos;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs where the local Cosmos DB can, and is reported as skipped elsewhere. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.berth.store.cosmos.LocalAccount#canRun",
        disabledReason = "the local Cosmos DB needs Node.js: there is no node or no npm on this machine")
public @interface NeedsLocalCosmos {}
