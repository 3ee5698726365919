package dev.berth.api.admin;

import dev.berth.api.problem.ProblemPage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** The page that the {@code help} of every problem links to. */
@Path(ProblemPage.PATH)
class ProblemPageResource {
    private final byte[] page = ProblemPage.markdown();

    @GET
    @Produces(ProblemPage.MEDIA_TYPE)
    public byte[] getProblemPage() {
        return page;
    }
}
