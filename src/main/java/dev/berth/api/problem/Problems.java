package dev.berth.api.problem;

import dev.berth.identity.ChainVerdict;
import dev.berth.inventory.Change;
import dev.berth.inventory.InvalidValueException;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.store.InvalidCursorException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which problem each refusal of the domain is on the wire; the one place where the two meet. */
public final class Problems {
    /** An operator has to act before a pool has an instance again, so devices need not ask often. */
    static final Duration POOL_EMPTY_RETRY_AFTER = Duration.ofMinutes(5);

    private Problems() {}

    public static Problem of(ChainVerdict.Refused refused) {
        return Problem.of(type(refused.reason()), refused.detail());
    }

    /** Empty if the answer is no problem: the device has something to do. */
    public static Optional<Problem> of(IdScopeAnswer answer) {
        return switch (answer) {
            case IdScopeAnswer.Register _, IdScopeAnswer.Connect _ -> Optional.empty();
            case IdScopeAnswer.Queued queued ->
                Optional.of(Problem.of(ProblemType.QUEUED, "The place in the queue is kept; ask again after the wait.")
                        .retryAfter(queued.retryAfter())
                        .with("ticket", queued.ticket())
                        .with("ahead", queued.ahead()));
            case IdScopeAnswer.PoolEmpty(var reason) ->
                Optional.of(Problem.of(ProblemType.POOL_EMPTY, reason).retryAfter(POOL_EMPTY_RETRY_AFTER));
            case IdScopeAnswer.PoolFull(var wait) ->
                Optional.of(Problem.of(ProblemType.POOL_FULL).retryAfter(wait));
            case IdScopeAnswer.PoolUnavailable(var wait) ->
                Optional.of(Problem.of(ProblemType.POOL_UNAVAILABLE).retryAfter(wait));
            case IdScopeAnswer.DeviceBlocked() -> Optional.of(Problem.of(ProblemType.DEVICE_BLOCKED));
            case IdScopeAnswer.RegistrationIdTaken() -> Optional.of(Problem.of(ProblemType.REGISTRATION_ID_TAKEN));
            case IdScopeAnswer.AskedTooOften(var wait) ->
                Optional.of(Problem.of(
                                ProblemType.QUEUED,
                                "This device used up the fresh slots that one device may have in an hour.")
                        .retryAfter(wait));
        };
    }

    /** Empty if the change is done. */
    public static Optional<Problem> of(Change<?> change) {
        return switch (change) {
            case Change.Done<?> done -> Optional.empty();
            case Change.Exists<?> exists ->
                Optional.of(Problem.of(
                        ProblemType.PRECONDITION_REQUIRED,
                        "It exists; send If-Match with the ETag of the version that the change is based on."));
            case Change.Stale<?> stale ->
                Optional.of(Problem.of(ProblemType.PRECONDITION_FAILED, "It has changed; get it again."));
            case Change.Missing<?>(var detail) -> Optional.of(Problem.of(ProblemType.NOT_FOUND, detail));
            case Change.Refused<?>(var detail) -> Optional.of(Problem.of(ProblemType.CONFLICT, detail));
            case Change.Invalid<?>(var violations) -> Optional.of(invalid(violations));
        };
    }

    /** What is not expected is a plain 500: its detail stays in the log, under the request ID. */
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case ProblemException expected -> expected.problem();
            case InvalidValueException invalid -> invalid(invalid.violations());
            case RepositoryUnavailableException store ->
                Problem.of(ProblemType.STORE_UNAVAILABLE).retryAfter(store.retryAfter());
            case InvalidCursorException cursor ->
                Problem.validation(
                        List.of(new Violation(Violation.Part.QUERY, "/cursor", "does not belong to this list")));
            default -> Problem.of(ProblemType.INTERNAL);
        };
    }

    private static Problem invalid(List<dev.berth.inventory.Violation> violations) {
        return Problem.validation(violations.stream()
                .map(found -> Violation.body(found.pointer(), found.detail()))
                .toList());
    }

    private static ProblemType type(ChainVerdict.Reason reason) {
        return switch (reason) {
            case CERTIFICATE_MISSING -> ProblemType.CERTIFICATE_MISSING;
            case CERTIFICATE_UNTRUSTED -> ProblemType.CERTIFICATE_UNTRUSTED;
            case CERTIFICATE_EXPIRED -> ProblemType.CERTIFICATE_EXPIRED;
            case CERTIFICATE_NOT_YET_VALID -> ProblemType.CERTIFICATE_NOT_YET_VALID;
            case CERTIFICATE_REVOKED -> ProblemType.CERTIFICATE_REVOKED;
            case CERTIFICATE_USAGE -> ProblemType.CERTIFICATE_USAGE;
            case CERTIFICATE_CHAIN_INCOMPLETE -> ProblemType.CERTIFICATE_CHAIN_INCOMPLETE;
            case CERTIFICATE_CHAIN_INVALID -> ProblemType.CERTIFICATE_CHAIN_INVALID;
            case CERTIFICATE_CHAIN_TOO_LONG -> ProblemType.CERTIFICATE_CHAIN_TOO_LONG;
            case REGISTRATION_ID_INVALID -> ProblemType.REGISTRATION_ID_INVALID;
        };
    }
}
