package dev.berth.api.admin;

import dev.berth.api.contract.Contract;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the contract once. */
@Singleton
final class ContractProducer {
    @Produces
    @Singleton
    Contract contract() {
        return Contract.load();
    }
}
