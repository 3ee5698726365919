package dev.berth.api.device;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemPage;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Problems;
import dev.berth.identity.ChainVerdict;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.PresentedChain;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.ReportAnswer;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Answers devices; plain blocking code that knows nothing of sockets. */
final class DeviceApi {
    private static final Logger LOG = Logger.getLogger(DeviceApi.class);

    private final ChainJudge judge;
    private final Provisioner provisioner;
    private final ReportReader reports;

    DeviceApi(ChainJudge judge, Provisioner provisioner, ReportReader reports) {
        this.reports = reports;
        this.judge = judge;
        this.provisioner = provisioner;
    }

    /** Never throws: a failure nobody expected becomes a problem without detail, and a log line with all of it. */
    Reply answer(DeviceCall call, PresentedChain shown) {
        try {
            return switch (call) {
                case DeviceCall.AskIdScope(var registerAgain) ->
                    identified(shown, device -> reply(device, provisioner.idScope(device, registerAgain)));
                case DeviceCall.ReportResult(var body) ->
                    identified(shown, device -> reply(provisioner.report(device, reports.read(body))));
                case DeviceCall.ReadProblems() ->
                    new Reply.Content(200, Map.of("Content-Type", ProblemPage.MEDIA_TYPE), ProblemPage.markdown());
            };
        } catch (RuntimeException e) {
            var problem = Problems.of(e);
            if (problem.type() == ProblemType.INTERNAL) {
                LOG.error("a device's request failed", e);
            }
            return new Reply.Refusal(problem);
        }
    }

    private Reply identified(PresentedChain shown, Function<DeviceIdentity, Reply> then) {
        return switch (judge.judge(shown)) {
            case ChainVerdict.Trusted(var device) -> {
                LogContext.device(device);
                yield then.apply(device);
            }
            case ChainVerdict.Refused refused -> new Reply.Refusal(Problems.of(refused));
        };
    }

    private static Reply reply(DeviceIdentity device, IdScopeAnswer answer) {
        return switch (answer) {
            case IdScopeAnswer.Register register ->
                Reply.Content.json(IdScopeDocument.write(device.registrationId(), register));
            case IdScopeAnswer.Connect connect ->
                Reply.Content.json(IdScopeDocument.write(device.registrationId(), connect));
            case IdScopeAnswer refused -> new Reply.Refusal(Problems.of(refused).orElseThrow());
        };
    }

    private static Reply reply(ReportAnswer answer) {
        return switch (answer) {
            case ReportAnswer.Recorded _ -> Reply.Content.none(Map.of("Cache-Control", "no-store"));
            case ReportAnswer.UnknownDevice _ ->
                refusal(ProblemType.NOT_FOUND, "Berth does not know this device: ask for the ID scope first.");
            case ReportAnswer.NotTold _ ->
                refusal(
                        ProblemType.CONFLICT,
                        "The device has not been told where to register: ask for the ID scope first.");
            case ReportAnswer.RegistrationIdTaken _ ->
                refusal(
                        ProblemType.REGISTRATION_ID_TAKEN,
                        "The certificate comes from another trust anchor than that of the device known by this registration ID.");
        };
    }

    private static Reply refusal(ProblemType type, String detail) {
        return new Reply.Refusal(Problem.of(type, detail));
    }
}
