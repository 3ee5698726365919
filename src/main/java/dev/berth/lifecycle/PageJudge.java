package dev.berth.lifecycle;

import dev.berth.enrollment.RemoteRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Judges the registrations of one page, some at a time: a write waits for the disk, and a remote store for its network, while the next
 * ones could be read.
 */
final class PageJudge {
    /** At most so many at a time, and so many documents that wait to be written. */
    static final int AT_ONCE_MAX = 64;

    private final RegistrationJudge judge;
    private final Executor threads;

    PageJudge(RegistrationJudge judge, Executor threads) {
        this.judge = judge;
        this.threads = threads;
    }

    /** What the registrations were found to be; in the order of the page where they disagree. */
    record Result(Tally tally, List<Finding> findings) {}

    Result judge(List<RemoteRegistration> page) {
        int each = Math.ceilDiv(page.size(), AT_ONCE_MAX);
        var parts = new ArrayList<CompletableFuture<Result>>();
        for (int from = 0; from < page.size(); from += each) {
            var part = page.subList(from, Math.min(page.size(), from + each));
            parts.add(CompletableFuture.supplyAsync(() -> one(part), threads));
        }
        return parts.stream().map(PageJudge::joined).reduce(new Result(Tally.NONE, List.of()), PageJudge::sum);
    }

    private Result one(List<RemoteRegistration> part) {
        var tally = Tally.NONE;
        var findings = new ArrayList<Finding>();
        for (var registration : part) {
            switch (judge.judge(registration)) {
                case Verdict.Known() -> {}
                case Verdict.Changed changed -> tally = tally.plus(Tally.of(changed));
                case Verdict.Disagreed(Finding finding) -> findings.add(finding);
            }
        }
        return new Result(tally, findings);
    }

    private static Result joined(CompletableFuture<Result> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Result sum(Result a, Result b) {
        if (b.findings().isEmpty() && b.tally().equals(Tally.NONE)) {
            return a;
        }
        var findings = new ArrayList<>(a.findings());
        findings.addAll(b.findings());
        return new Result(a.tally().plus(b.tally()), findings);
    }
}
