/** openapi.yaml at run time: the check of requests against the contract. */
@NullMarked
package dev.berth.api.contract;

import org.jspecify.annotations.NullMarked;
