/** What DPS instances really hold of a tenant's enrollments and registrations, and how Berth keeps the two in step. */
@NullMarked
package dev.berth.enrollment;

import org.jspecify.annotations.NullMarked;
