package dev.berth.api.device;

import dev.berth.identity.ChainVerdict;
import dev.berth.identity.PresentedChain;

/** Judges the certificates a device showed, against the trust anchors and the clock of this moment. */
@FunctionalInterface
public interface ChainJudge {
    /** Whatever is wrong with {@code chain} is a refusal, never an exception. */
    ChainVerdict judge(PresentedChain chain);
}
