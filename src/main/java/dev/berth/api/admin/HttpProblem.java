package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemType;

/** The problem that a bare HTTP status of the framework stands for. */
final class HttpProblem {
    private HttpProblem() {}

    static Problem of(int status) {
        return Problem.of(
                switch (status) {
                    case 401 -> ProblemType.UNAUTHENTICATED;
                    case 403 -> ProblemType.FORBIDDEN;
                    case 404 -> ProblemType.NOT_FOUND;
                    case 405 -> ProblemType.METHOD_NOT_ALLOWED;
                    case 406 -> ProblemType.NOT_ACCEPTABLE;
                    case 408 -> ProblemType.REQUEST_TIMEOUT;
                    case 413 -> ProblemType.CONTENT_TOO_LARGE;
                    case 414 -> ProblemType.URI_TOO_LONG;
                    case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
                    case 431 -> ProblemType.HEADERS_TOO_LARGE;
                    case 503 -> ProblemType.OVERLOADED;
                    default -> status >= 400 && status < 500 ? ProblemType.MALFORMED : ProblemType.INTERNAL;
                });
    }
}
