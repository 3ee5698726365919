package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Versioned;

/** The DPS instance that a path names, for what is told of it or done at it. */
record DpsInstances(Inventory inventory) {
    DpsInstance require(Call call) {
        return inventory
                .dpsInstances()
                .find(call.tenant(), call.name())
                .map(Versioned::value)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
    }
}
